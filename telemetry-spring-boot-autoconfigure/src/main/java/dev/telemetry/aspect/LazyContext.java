package dev.telemetry.aspect;

import java.util.function.Supplier;

import dev.telemetry.TelemetryContext;
import dev.telemetry.problem.RecordingFailures;
import org.jspecify.annotations.Nullable;

/**
 * The context, looked up on the first call of a recorded method: an advisor that held it
 * from the start would make it, and all it needs, too early to be proxied.
 */
/*
 * Any thread may call. "context" goes from null to the one bean; two threads that both
 * find null ask the supplier twice and get the same bean, which is harmless.
 */
final class LazyContext {

	private final Supplier<? extends @Nullable TelemetryContext> supplier;

	private final RecordingFailures failures;

	private volatile @Nullable TelemetryContext context;

	LazyContext(Supplier<? extends @Nullable TelemetryContext> supplier, RecordingFailures failures) {
		this.supplier = supplier;
		this.failures = failures;
	}

	/**
	 * Return the context if it is collecting now.
	 * @return the context or {@code null}, also when it cannot be had (yet)
	 */
	@Nullable TelemetryContext getIfCollecting() {
		try {
			TelemetryContext context = this.context;
			if (context == null) {
				context = this.supplier.get();
				this.context = context;
			}
			return (context != null && context.isCollecting()) ? context : null;
		}
		catch (Throwable ex) {
			this.failures.report("the telemetry context", ex);
			return null;
		}
	}

}
