package dev.telemetry.aspect;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.telemetry.EventScope;
import org.jspecify.annotations.Nullable;

/**
 * Ends the event scope of one call, once. Nothing here throws.
 */
/*
 * A call may begin on one thread and end on another, and the end of a stream may race
 * with its cancellation: the thread that sets "ended" first owns the event scope from
 * then on, the other does nothing. What the first thread wrote to the event scope is seen
 * by the second, because the future or stream hands over between them.
 */
final class Recording {

	private final @Nullable EventScope scope;

	private final RecordedCall call;

	private final AtomicBoolean ended = new AtomicBoolean();

	private boolean argumentsRead;

	Recording(@Nullable EventScope scope, RecordedCall call) {
		this.scope = scope;
		this.call = call;
	}

	/**
	 * Read the arguments now, while the caller cannot have changed them yet. To be called
	 * before another thread may end the call.
	 */
	void readArguments() {
		if (this.scope != null && !this.argumentsRead) {
			this.argumentsRead = true;
			for (RecordedArgument argument : this.call.method().arguments()) {
				read(this.scope, argument.value(), this.call.argument(argument.index()));
			}
		}
	}

	/**
	 * Record that the call succeeded.
	 * @param result what it returned or resolved to
	 */
	void succeeded(@Nullable Object result) {
		end((scope) -> {
			RecordedValue attribute = this.call.method().result();
			if (attribute != null) {
				read(scope, attribute, this.call.resolved(result));
			}
		});
	}

	/**
	 * Record that the call threw an exception.
	 * @param cause what it threw
	 */
	void failed(Throwable cause) {
		end((scope) -> scope.failed(unwrap(cause)));
	}

	/**
	 * Record that what the call began ended with an exception, or was cancelled.
	 * @param cause what it ended with
	 */
	void endedWith(Throwable cause) {
		Throwable unwrapped = unwrap(cause);
		if (unwrapped instanceof CancellationException) {
			cancelled();
		}
		else {
			failed(unwrapped);
		}
	}

	/** Record that the call was given up. */
	void cancelled() {
		end(EventScope::cancelled);
	}

	/** Record nothing of the call: how it ends will not be known. */
	void abandon() {
		this.ended.set(true);
	}

	private void end(Consumer<EventScope> outcome) {
		EventScope scope = this.scope;
		if (scope == null || !this.ended.compareAndSet(false, true)) {
			return;
		}
		try (scope) {
			readArguments();
			outcome.accept(scope);
		}
		catch (Throwable ex) {
			this.call.couldNotRecord(ex);
		}
	}

	private void read(EventScope scope, RecordedValue attribute, @Nullable Object value) {
		Object part;
		try {
			part = attribute.path().read(value);
		}
		catch (Throwable ex) {
			this.call.cannotBeRead(attribute, ex);
			return;
		}
		if (part != null) {
			set(scope, attribute, part);
		}
	}

	private void set(EventScope scope, RecordedValue attribute, Object part) {
		try {
			scope.attribute(attribute.key(), part);
		}
		catch (Throwable ex) {
			this.call.couldNotRecord(ex);
		}
	}

	private static Throwable unwrap(Throwable failure) {
		Throwable unwrapped = failure;
		while (isWrapper(unwrapped)) {
			Throwable cause = unwrapped.getCause();
			if (cause == null) {
				break;
			}
			unwrapped = cause;
		}
		return unwrapped;
	}

	private static boolean isWrapper(Throwable failure) {
		return failure instanceof CompletionException || failure instanceof ExecutionException;
	}

}
