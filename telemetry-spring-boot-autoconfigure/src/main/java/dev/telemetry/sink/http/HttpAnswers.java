package dev.telemetry.sink.http;

import java.time.Duration;
import java.util.function.Function;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetryException.Reaction;
import org.jspecify.annotations.Nullable;

/** Says what the answer to a request means, in words and for the lane. */
public final class HttpAnswers {

	private final HttpSettings settings;

	private final Kind kind;

	private final String expected;

	private final Function<byte[], String> text;

	/**
	 * Create the table for one receiver.
	 * @param settings how it is reached
	 * @param kind the kind of its failures
	 * @param expected what it has to do, for messages: {@code speaks OTLP over HTTP}
	 * @param text finds what the receiver says in the body of a failure
	 */
	public HttpAnswers(HttpSettings settings, Kind kind, String expected, Function<byte[], String> text) {
		this.settings = settings;
		this.kind = kind;
		this.expected = expected;
		this.text = text;
	}

	/**
	 * Return what went wrong.
	 * @param answer the answer to one request
	 * @return the failure, or {@code null} if the events were taken
	 */
	public @Nullable TelemetryException failure(HttpAnswer answer) {
		if (answer == HttpAnswer.TOO_LARGE) {
			return new TelemetryException(Kind.TOO_LARGE,
					"an event for " + this.settings.hostAndPort() + " is larger than a request may be", Reaction.BISECT,
					null, null);
		}
		Throwable failure = answer.failure();
		if (failure != null) {
			ConnectionFailure reason = ConnectionFailure.of(failure);
			return failure(reason.describe(this.settings), reason.reaction(), null, failure);
		}
		return (answer.status() / 100 == 2) ? null : refusal(answer);
	}

	private TelemetryException refusal(HttpAnswer answer) {
		StatusReaction reaction = StatusReaction.of(answer.status());
		String text = this.settings.hostAndPort() + " answered " + answer.status() + rest(reaction, answer);
		@Nullable Duration retryAfter = (reaction.reaction() != Reaction.HOLD)
				? RetryAfter.read(answer.retryAfter(), answer.date()) : null;
		return failure(text, reaction.reaction(), retryAfter, null);
	}

	private String rest(StatusReaction reaction, HttpAnswer answer) {
		return switch (reaction) {
			case REDIRECT ->
				", a redirect, which is not followed; set '" + this.settings.property() + "' to the final address";
			case CREDENTIALS -> "; check '" + this.settings.propertyBeside("headers") + "'";
			case ADDRESS -> "; check the path of '" + this.settings.property() + "' and that it " + this.expected;
			case TEMPORARY, BROKEN, REFUSED -> ServerText.quote(this.text.apply(answer.body()));
		};
	}

	private TelemetryException failure(String message, Reaction reaction, @Nullable Duration retryAfter,
			@Nullable Throwable cause) {
		return new TelemetryException(this.kind, message, reaction, retryAfter, cause);
	}

}
