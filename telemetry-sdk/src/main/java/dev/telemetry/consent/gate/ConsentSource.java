package dev.telemetry.consent;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * Says what was said about consent outside the record. Asked anew for every decision, so
 * a source must not keep what it read. A source can add a no, or a yes where its rule
 * allows one; it can never take another's no back.
 */
@FunctionalInterface
public interface ConsentSource {

	/**
	 * Read what is said right now.
	 * @return one input for each thing this source looks at, absent ones included
	 */
	List<ConsentInput> read();

	/**
	 * Create the source for what the environment of the process says: rules 3 to 6.
	 * @param environment gives an environment variable
	 * @param systemProperties gives a system property
	 * @return the source
	 */
	static ConsentSource environment(UnaryOperator<@Nullable String> environment,
			UnaryOperator<@Nullable String> systemProperties) {
		return new EnvironmentConsentSource(environment, systemProperties);
	}

	/**
	 * Create the source for the file {@code telemetry.opt-in} in the home: rule 12.
	 * @param home the home
	 * @param problems told when the file has to be ignored
	 * @return the source
	 */
	static ConsentSource optInFile(Home home, Problems problems) {
		return new OptInFileConsentSource(home, problems);
	}

}
