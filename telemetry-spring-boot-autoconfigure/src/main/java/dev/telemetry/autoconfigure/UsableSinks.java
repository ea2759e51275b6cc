package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import dev.telemetry.problem.Problem;
import dev.telemetry.sink.TelemetrySinkFactory;

import org.springframework.util.ClassUtils;

/**
 * Leaves out sinks that cannot be told apart, and factories of the application that fail
 * before any sink is made: neither may stop the application.
 *
 * @param problems takes what is wrong
 */
record UsableSinks(Consumer<Problem> problems) {

	private static final String OTLP = "dev.telemetry.sink.otlp.OtlpSinkFactory";

	/**
	 * Choose the sinks that can be used.
	 * @param factories all of them, those that win first
	 * @return those with a name of their own
	 */
	List<TelemetrySinkFactory> of(List<TelemetrySinkFactory> factories) {
		List<TelemetrySinkFactory> usable = new ArrayList<>();
		Set<String> names = new HashSet<>();
		for (TelemetrySinkFactory factory : factories) {
			if (isUsable(factory, names)) {
				usable.add(factory);
			}
		}
		return usable;
	}

	/**
	 * Return whether OTLP can be spoken; if not, it is a problem.
	 * @return whether the module {@code telemetry-otlp} is there
	 */
	boolean hasOtlp() {
		boolean present = ClassUtils.isPresent(OTLP, UsableSinks.class.getClassLoader());
		if (!present) {
			this.problems.accept(new Problem("telemetry.endpoint", null,
					"is set, but the module telemetry-otlp is not there, so that nothing is sent by OTLP",
					"add the dependency dev.telemetry:telemetry-otlp"));
		}
		return present;
	}

	private boolean isUsable(TelemetrySinkFactory factory, Set<String> names) {
		try {
			String name = Objects.requireNonNull(factory.name(), "'name' must not be null");
			Objects.requireNonNull(factory.target(), "'target' must not be null");
			factory.remote();
			if (names.add(name)) {
				return true;
			}
			report(factory, "there is a sink '" + name + "' already, so this one is left out", "give it another name");
		}
		catch (RuntimeException | LinkageError ex) {
			report(factory, "it is left out because it fails with " + ex.getClass().getName(),
					"see what its methods name, target and remote do");
		}
		return false;
	}

	private void report(TelemetrySinkFactory factory, String problem, String action) {
		this.problems.accept(new Problem("sink", factory.getClass().getName(), problem, action));
	}

}
