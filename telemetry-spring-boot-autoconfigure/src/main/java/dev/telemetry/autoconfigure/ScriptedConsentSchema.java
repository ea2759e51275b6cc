package dev.telemetry.autoconfigure;

import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.InitializeSchema;
import dev.telemetry.consent.store.ConsentSchema;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PlatformPlaceholderDatabaseDriverResolver;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ResourceLoader;

/**
 * Creates the tables with our scripts, by Spring Boot's own means, after the
 * application's database migrations: to a migration tool a schema that holds our tables
 * would look like one that another tool has begun.
 */
final class ScriptedConsentSchema implements ConsentSchema {

	private static final String SCRIPTS = "classpath:dev/telemetry/consent/schema-@@platform@@.sql";

	private final DataSource dataSource;

	private final InitializeSchema when;

	private final ResourceLoader resources;

	private final BooleanSupplier migrated;

	ScriptedConsentSchema(DataSource dataSource, InitializeSchema when, ResourceLoader resources,
			BooleanSupplier migrated) {
		this.dataSource = dataSource;
		this.when = when;
		this.resources = resources;
		this.migrated = migrated;
	}

	@Override
	public Outcome create() {
		if (this.when == InitializeSchema.NEVER) {
			return Outcome.UNWANTED;
		}
		if (!this.migrated.getAsBoolean()) {
			return Outcome.NOT_YET;
		}
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode((this.when == InitializeSchema.ALWAYS) ? DatabaseInitializationMode.ALWAYS
				: DatabaseInitializationMode.EMBEDDED);
		settings
			.setSchemaLocations(new PlatformPlaceholderDatabaseDriverResolver().resolveAll(this.dataSource, SCRIPTS));
		DataSourceScriptDatabaseInitializer initializer = new DataSourceScriptDatabaseInitializer(this.dataSource,
				settings);
		initializer.setResourceLoader(this.resources);
		return initializer.initializeDatabase() ? Outcome.CREATED : Outcome.UNWANTED;
	}

}
