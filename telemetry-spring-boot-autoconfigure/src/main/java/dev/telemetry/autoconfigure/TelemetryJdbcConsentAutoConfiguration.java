package dev.telemetry.autoconfigure;

import java.util.List;

import javax.sql.DataSource;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.InitializeSchema;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PlatformPlaceholderDatabaseDriverResolver;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;

/**
 * {@link AutoConfiguration Auto-configuration} for the tables of the record of consent:
 * the scripts that create them, run by Spring Boot's own means. Whether they are wanted
 * is asked at run time.
 */
@AutoConfiguration(before = TelemetryAutoConfiguration.class)
@ConditionalOnClass(DataSourceScriptDatabaseInitializer.class)
public final class TelemetryJdbcConsentAutoConfiguration {

	private static final String SCRIPTS = "classpath:dev/telemetry/consent/schema-@@platform@@.sql";

	@Bean
	ConsentSchema telemetryConsentSchema(ResourceLoader resources) {
		return (dataSource, when) -> initializer(dataSource, when, resources).initializeDatabase();
	}

	private static DataSourceScriptDatabaseInitializer initializer(DataSource dataSource, InitializeSchema when,
			ResourceLoader resources) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(switch (when) {
			case EMBEDDED -> DatabaseInitializationMode.EMBEDDED;
			case ALWAYS -> DatabaseInitializationMode.ALWAYS;
			case NEVER -> DatabaseInitializationMode.NEVER;
		});
		if (when != InitializeSchema.NEVER) {
			settings
				.setSchemaLocations(new PlatformPlaceholderDatabaseDriverResolver().resolveAll(dataSource, SCRIPTS));
		}
		DataSourceScriptDatabaseInitializer initializer = new DataSourceScriptDatabaseInitializer(dataSource, settings);
		initializer.setResourceLoader(resources);
		return initializer;
	}

}
