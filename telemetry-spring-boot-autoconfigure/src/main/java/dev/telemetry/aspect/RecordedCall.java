package dev.telemetry.aspect;

import dev.telemetry.EventScope;
import dev.telemetry.TelemetryContext;
import dev.telemetry.problem.RecordingFailures;
import org.jspecify.annotations.Nullable;

/** One call of a recorded method, made while its context was collecting. */
final class RecordedCall {

	private final TelemetryContext context;

	private final RecordedMethod method;

	/** Not copied: only what is declared is ever read. */
	private final @Nullable Object[] arguments;

	private final RecordingFailures failures;

	/** What an attribute of the result is read from, if not from what it resolves to. */
	private @Nullable Object resolved;

	RecordedCall(TelemetryContext context, RecordedMethod method, @Nullable Object[] arguments,
			RecordingFailures failures) {
		this.context = context;
		this.method = method;
		this.arguments = arguments;
		this.failures = failures;
	}

	RecordedMethod method() {
		return this.method;
	}

	@Nullable Object argument(int index) {
		return this.arguments[index];
	}

	/**
	 * Read an attribute of the result from this, whatever part of it ends later. To be
	 * called before another thread may end the call.
	 * @param result what the method returned
	 */
	void resolveTo(Object result) {
		this.resolved = result;
	}

	@Nullable Object resolved(@Nullable Object value) {
		return (this.resolved != null) ? this.resolved : value;
	}

	/**
	 * Begin to measure the call, or one subscription to its result.
	 * @return the recording; one that does nothing if none could be begun
	 */
	Recording begin() {
		EventScope scope = null;
		try {
			scope = this.method.isSingle() ? this.context.start(this.method.success())
					: this.context.start(this.method.success(), this.method.failure());
		}
		catch (Throwable ex) {
			couldNotRecord(ex);
		}
		return new Recording(scope, this);
	}

	/**
	 * Return whether a subscription that begins now is to be recorded.
	 * @return {@code true} while the context is collecting
	 */
	boolean isCollecting() {
		try {
			return this.context.isCollecting();
		}
		catch (Throwable ex) {
			couldNotRecord(ex);
			return false;
		}
	}

	/** An attribute is left out, and the event is not. */
	void cannotBeRead(RecordedValue attribute, Throwable cause) {
		try {
			this.method.problems().unreadable(attribute.key(), cause);
		}
		catch (Throwable ex) {
			couldNotRecord(ex);
		}
	}

	void cannotBeMeasured(Class<?> result) {
		try {
			this.method.problems().unmeasured(result);
		}
		catch (Throwable ex) {
			couldNotRecord(ex);
		}
	}

	void couldNotRecord(Throwable cause) {
		this.failures.report(this.method.name(), cause);
	}

}
