package dev.telemetry.autoconfigure;

import javax.sql.DataSource;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.Store;
import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentPoller;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Chooses where the decision is kept. Chosen at run time, so that ahead-of-time
 * processing freezes nothing; what cannot be chosen is a fault, whatever a configuration
 * says.
 */
final class ConsentStores {

	private static final String STORE = "telemetry.consent.store";

	private final TelemetrySettings settings;

	private final Problems problems;

	ConsentStores(TelemetrySettings settings, Problems problems) {
		this.settings = settings;
		this.problems = problems;
	}

	/**
	 * What others decide is only seen by looking; the files of a home are looked at by
	 * who sends.
	 */
	static @Nullable ConsentPoller poller(TelemetrySettings settings, ConsentStore store, ConsentGate gate) {
		return (settings.consent().store() == Store.JDBC) ? new ConsentPoller(store, gate, Thread::new) : null;
	}

	ConsentStore create(ObjectProvider<DataSource> dataSources, ConsentSchema schema) {
		Store store = this.settings.consent().store();
		if (store == null) {
			return ConsentStore.unreachable("set " + STORE + " to file or jdbc");
		}
		return (store == Store.JDBC) ? jdbc(dataSources, schema) : file();
	}

	/** The one in the home. */
	ConsentStore file() {
		Home home = this.settings.home();
		return (home != null) ? ConsentStore.file(home, TelemetryWiring.toolName(this.settings))
				: ConsentStore.none("set telemetry.home");
	}

	private ConsentStore jdbc(ObjectProvider<DataSource> dataSources, ConsentSchema schema) {
		DataSource dataSource = dataSources.getIfUnique();
		if (dataSource == null) {
			String mend = "declare one, or mark one as primary";
			this.problems.report(new Problem(STORE, null, "is jdbc, but there is no single DataSource", mend));
			return ConsentStore.unreachable("there is no single DataSource for " + STORE + ": " + mend);
		}
		try {
			schema.create(dataSource, this.settings.consent().initializeSchema());
		}
		catch (RuntimeException ex) {
			// Without its message, which may quote the address of the database
			this.problems.report(new Problem("telemetry.consent.jdbc.initialize-schema", null,
					"the tables could not be created: " + ex.getClass().getSimpleName(),
					"create them with the script in dev/telemetry/consent, or let the user of the database do so"));
		}
		return ConsentStore.jdbc(dataSource, TelemetryWiring.toolName(this.settings), System::nanoTime);
	}

}
