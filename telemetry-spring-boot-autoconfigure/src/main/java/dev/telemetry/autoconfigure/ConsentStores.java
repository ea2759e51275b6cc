package dev.telemetry.autoconfigure;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.Store;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentPoller;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * Chooses where the decision is stored. Chosen at run time, so that ahead-of-time
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
	 * A decision of another process is seen only by polling; the files of a home are
	 * checked by the code that sends.
	 */
	static @Nullable ConsentPoller poller(TelemetrySettings settings, ConsentStore store, ConsentGate gate) {
		return (settings.consent().store() == Store.JDBC) ? new ConsentPoller(store, gate, Thread::new) : null;
	}

	ConsentStore create(@Nullable SharedConsentStores shared) {
		Store store = this.settings.consent().store();
		if (store == null) {
			return ConsentStore.unreachable("set " + STORE + " to file or jdbc");
		}
		if (store != Store.JDBC) {
			return file();
		}
		return (shared != null) ? shared.create(this.settings, this.problems)
				: unreachable("this Java runtime has no module java.sql", "add it to the image", this.problems);
	}

	/**
	 * There is no fallback to a file: a denial stored in the database would be lost.
	 */
	static ConsentStore unreachable(String why, String action, Problems problems) {
		problems.report(new Problem(STORE, null, "is jdbc, but " + why, action));
		return ConsentStore.unreachable(why + " for " + STORE + ": " + action);
	}

	/** The one in the home. */
	ConsentStore file() {
		Home home = this.settings.home();
		return (home != null) ? ConsentStore.file(home, TelemetryWiring.toolName(this.settings))
				: ConsentStore.none("set telemetry.home");
	}

}
