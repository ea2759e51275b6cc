package dev.telemetry.consent.gate;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.telemetry.Internal;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * Reads inputs about consent outside the record. Called anew for every decision, so a
 * source must not cache what it read. A source can add a denial, or a grant where its
 * rule allows one; it can never revoke the denial of another source.
 */
@FunctionalInterface
public interface ConsentSource {

	/**
	 * Read the current inputs.
	 * @return one input for each thing this source looks at, absent ones included
	 */
	List<ConsentInput> read();

	/**
	 * Create the source for what the environment of the process says: rules 3 to 6.
	 * @param environment returns an environment variable
	 * @param systemProperties returns a system property
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
	@Internal
	static ConsentSource optInFile(Home home, Problems problems) {
		return new OptInFileConsentSource(home, problems);
	}

}
