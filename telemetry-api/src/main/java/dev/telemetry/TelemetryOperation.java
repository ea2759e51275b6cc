package dev.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * An operation of the application, such as placing an order, of which each run is
 * recorded: by its success event, or by its failure event when it fails, is rejected or
 * is given up. Both have {@code duration_ms}, {@code success} and {@code outcome}
 * ({@code ok}, {@code error}, {@code rejected} or {@code cancelled}), and the failure
 * event the simple name of the exception's class as {@code error}; of messages and stack
 * traces nothing is read. Their other attributes are taken from input, output and the
 * class of the exception by functions; one that throws or returns {@code null} leaves its
 * attribute out.
 * <p>
 * Made once, usually as a constant, and safe for use by several threads. While consent is
 * off a run costs one look, and no function is asked. What the work returns or throws
 * reaches the caller unchanged.
 *
 * @param <I> the type of the input
 * @param <O> the type of the output
 */
public final class TelemetryOperation<I extends @Nullable Object, O extends @Nullable Object> {

	private final EventType success;

	private final EventType failure;

	private final List<Mapping<I>> inputs;

	private final List<Mapping<O>> outputs;

	private final List<Mapping<Class<? extends Throwable>>> errors;

	private final Predicate<Throwable> rejection;

	private TelemetryOperation(Builder<I, O> builder) {
		this.success = builder.success;
		this.failure = builder.failure;
		this.inputs = List.copyOf(builder.inputs);
		this.outputs = List.copyOf(builder.outputs);
		this.errors = List.copyOf(builder.errors);
		this.rejection = builder.rejection;
	}

	/**
	 * Start an operation.
	 * @param success the event of a run that succeeds
	 * @param failure the event of any other run; may be the same one
	 * @param <I> the type of the input
	 * @param <O> the type of the output
	 * @return a builder
	 */
	public static <I extends @Nullable Object, O extends @Nullable Object> Builder<I, O> builder(EventType success,
			EventType failure) {
		return new Builder<>(success, failure);
	}

	/**
	 * Run the operation and record how it went when it returns.
	 * @param context where to record it
	 * @param input what to work on
	 * @param work the operation itself
	 * @param <X> the type of exception the work may throw
	 * @return what the work returned
	 * @throws X what the work threw
	 */
	public <X extends Throwable> O call(TelemetryContext context, I input, Work<I, O, X> work) throws X {
		if (!context.isCollecting()) {
			return work.run(input);
		}
		try (EventScope scope = context.start(this.success, this.failure)) {
			O output = run(scope, input, work);
			read(scope, this.inputs, input);
			read(scope, this.outputs, output);
			return output;
		}
	}

	/**
	 * Run an operation that goes on after it returned, and record how it went when its
	 * stage completes. The input is read when the work has returned.
	 * @param context where to record it
	 * @param input what to work on
	 * @param work the operation itself
	 * @param <S> the type of the stage
	 * @param <X> the type of exception the work may throw
	 * @return the stage the work returned, not a dependent one
	 * @throws X what the work threw
	 */
	public <S extends CompletionStage<? extends O>, X extends Throwable> S callAsync(TelemetryContext context, I input,
			Work<I, S, X> work) throws X {
		if (!context.isCollecting()) {
			return work.run(input);
		}
		EventScope scope = context.start(this.success, this.failure);
		S stage;
		try {
			stage = run(scope, input, work);
		}
		catch (Throwable ex) {
			scope.close();
			throw ex;
		}
		read(scope, this.inputs, input);
		try {
			stage.whenComplete((output, cause) -> completed(scope, output, cause));
		}
		catch (RuntimeException ex) {
			// No stage, or one that cannot be watched: how the run ends is unknown
			scope.cancelled().close();
		}
		return stage;
	}

	private void completed(EventScope scope, O output, @Nullable Throwable cause) {
		try (scope) {
			if (cause != null) {
				ended(scope, unwrap(cause));
			}
			else {
				read(scope, this.outputs, output);
			}
		}
	}

	private <T extends @Nullable Object, X extends Throwable> T run(EventScope scope, I input, Work<I, T, X> work)
			throws X {
		try {
			return work.run(input);
		}
		catch (Throwable ex) {
			read(scope, this.inputs, input);
			ended(scope, unwrap(ex));
			throw ex;
		}
	}

	private void ended(EventScope scope, Throwable cause) {
		read(scope, this.errors, cause.getClass());
		if (cause instanceof CancellationException) {
			scope.cancelled();
		}
		else if (isRejection(cause)) {
			scope.rejected(cause);
		}
		else {
			scope.failed(cause);
		}
	}

	private boolean isRejection(Throwable cause) {
		try {
			return this.rejection.test(cause);
		}
		catch (Exception ex) {
			return false;
		}
	}

	private static <T extends @Nullable Object> void read(EventScope scope, List<Mapping<T>> mappings, T source) {
		for (Mapping<T> mapping : mappings) {
			try {
				scope.attribute(mapping.key(), mapping.value().apply(source));
			}
			catch (Exception ex) {
				// Left out: the application's work is not to fail for it
			}
		}
	}

	private static Throwable unwrap(Throwable failure) {
		Throwable unwrapped = failure;
		while (unwrapped instanceof CompletionException || unwrapped instanceof ExecutionException) {
			Throwable cause = unwrapped.getCause();
			if (cause == null) {
				break;
			}
			unwrapped = cause;
		}
		return unwrapped;
	}

	/**
	 * The work of an operation.
	 *
	 * @param <I> the type of the input
	 * @param <T> the type of what it returns
	 * @param <X> the type of exception
	 */
	@FunctionalInterface
	public interface Work<I extends @Nullable Object, T extends @Nullable Object, X extends Throwable> {

		/**
		 * Do it.
		 * @param input what to work on
		 * @return the result
		 * @throws X if it fails
		 */
		T run(I input) throws X;

	}

	/** Where an attribute comes from. */
	private record Mapping<T extends @Nullable Object>(String key,
			Function<? super T, ? extends @Nullable Object> value) {

	}

	/**
	 * Collects the parts of an operation. Not safe for use by several threads.
	 *
	 * @param <I> the type of the input
	 * @param <O> the type of the output
	 */
	public static final class Builder<I extends @Nullable Object, O extends @Nullable Object> {

		private final EventType success;

		private final EventType failure;

		private final List<Mapping<I>> inputs = new ArrayList<>();

		private final List<Mapping<O>> outputs = new ArrayList<>();

		private final List<Mapping<Class<? extends Throwable>>> errors = new ArrayList<>();

		private Predicate<Throwable> rejection = (cause) -> false;

		private Builder(EventType success, EventType failure) {
			this.success = success;
			this.failure = failure;
		}

		/**
		 * Take an attribute of both events from the input.
		 * @param key the key of the attribute
		 * @param value reads it
		 * @return this builder
		 */
		public Builder<I, O> input(String key, Function<? super I, ? extends @Nullable Object> value) {
			this.inputs.add(new Mapping<>(key, value));
			return this;
		}

		/**
		 * Take an attribute of the success event from the output.
		 * @param key the key of the attribute
		 * @param value reads it
		 * @return this builder
		 */
		public Builder<I, O> output(String key, Function<? super O, ? extends @Nullable Object> value) {
			this.outputs.add(new Mapping<>(key, value));
			return this;
		}

		/**
		 * Take an attribute of the failure event from the class of the exception.
		 * @param key the key of the attribute
		 * @param value reads it
		 * @return this builder
		 */
		public Builder<I, O> error(String key,
				Function<? super Class<? extends Throwable>, ? extends @Nullable Object> value) {
			this.errors.add(new Mapping<>(key, value));
			return this;
		}

		/**
		 * Say which exceptions mean that the operation refused its input, instead of
		 * failing.
		 * @param rejection tells them by what was thrown; none by default
		 * @return this builder
		 */
		public Builder<I, O> rejectedOn(Predicate<Throwable> rejection) {
			this.rejection = rejection;
			return this;
		}

		/**
		 * Build the operation.
		 * @return the operation
		 */
		public TelemetryOperation<I, O> build() {
			return new TelemetryOperation<>(this);
		}

	}

}
