package dev.telemetry.autoconfigure;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * {@link AutoConfiguration Auto-configuration} for the record of consent in a database:
 * everything that needs the module {@code java.sql}. Whether it is wanted is asked at run
 * time.
 */
@AutoConfiguration(before = TelemetryAutoConfiguration.class)
@ConditionalOnClass(DataSource.class)
public final class TelemetryJdbcConsentAutoConfiguration {

	@Bean
	SharedConsentStores telemetrySharedConsentStores(ObjectProvider<DataSource> dataSources,
			ObjectProvider<ConsentSchemaFactory> schemas) {
		return new JdbcConsentStores(dataSources, schemas);
	}

	/** The scripts that create the tables, run by Spring Boot's own means. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DataSourceScriptDatabaseInitializer.class)
	static class SchemaConfiguration {

		@Bean
		ConsentSchemaFactory telemetryConsentSchema(ResourceLoader resources, ConfigurableListableBeanFactory beans,
				Environment environment) {
			DatabaseMigrations migrations = new DatabaseMigrations(beans, environment);
			return (dataSource, when) -> new ScriptedConsentSchema(dataSource, when, resources, migrations::areDone);
		}

	}

}
