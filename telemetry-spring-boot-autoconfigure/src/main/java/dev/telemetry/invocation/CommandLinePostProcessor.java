package dev.telemetry.invocation;

import java.util.function.Supplier;

import dev.telemetry.Internal;
import dev.telemetry.problem.RecordingFailures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

import org.springframework.beans.factory.config.BeanPostProcessor;

/** Records what is executed by each command line that is a bean. */
@Internal
public final class CommandLinePostProcessor implements BeanPostProcessor {

	private final RecordingFailures failures = new RecordingFailures(System::nanoTime);

	private final Supplier<? extends @Nullable TelemetryExecutionStrategy> strategy;

	/**
	 * Create a post-processor.
	 * @param strategy gives the strategy when the first command line is made
	 */
	public CommandLinePostProcessor(Supplier<? extends @Nullable TelemetryExecutionStrategy> strategy) {
		this.strategy = strategy;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof CommandLine commandLine) {
			try {
				TelemetryExecutionStrategy recording = this.strategy.get();
				if (recording != null) {
					recording.applyTo(commandLine);
				}
			}
			catch (RuntimeException | LinkageError ex) {
				this.failures.report("the command line '" + beanName + "'", ex);
			}
		}
		return bean;
	}

}
