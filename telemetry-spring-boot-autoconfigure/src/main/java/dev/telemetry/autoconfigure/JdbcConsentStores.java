package dev.telemetry.autoconfigure;

import javax.sql.DataSource;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.InitializeSchema;
import dev.telemetry.consent.store.ConsentSchema;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.JdbcConsentStore;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/** Makes the store in the database of the application's {@link DataSource}. */
final class JdbcConsentStores implements SharedConsentStores {

	private final ObjectProvider<DataSource> dataSources;

	private final ObjectProvider<ConsentSchemaFactory> schemas;

	JdbcConsentStores(ObjectProvider<DataSource> dataSources, ObjectProvider<ConsentSchemaFactory> schemas) {
		this.dataSources = dataSources;
		this.schemas = schemas;
	}

	@Override
	public ConsentStore create(TelemetrySettings settings, Problems problems) {
		DataSource dataSource = this.dataSources.getIfUnique();
		if (dataSource == null) {
			return ConsentStores.unreachable("there is no single DataSource", "declare one, or mark one as primary",
					problems);
		}
		return JdbcConsentStore.of(dataSource, TelemetryWiring.toolName(settings), System::nanoTime,
				schema(dataSource, settings.consent().initializeSchema(), problems), problems);
	}

	private ConsentSchema schema(DataSource dataSource, InitializeSchema when, Problems problems) {
		@Nullable ConsentSchemaFactory factory = this.schemas.getIfAvailable();
		if (factory != null) {
			return factory.create(dataSource, when);
		}
		if (when == InitializeSchema.ALWAYS) {
			problems.report(new Problem("telemetry.consent.jdbc.initialize-schema", null,
					"the tables cannot be created: spring-boot-jdbc is not on the class path",
					"add it, or create the tables with the script in dev/telemetry/consent"));
		}
		return ConsentSchema.none();
	}

}
