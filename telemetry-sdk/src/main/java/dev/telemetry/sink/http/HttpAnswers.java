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

	private final String credentials;

	/**
	 * Create the table for one receiver.
	 * @param settings how it is reached
	 * @param kind the kind of its failures
	 * @param expected what it has to do, for messages: {@code speaks OTLP over HTTP}
	 * @param text finds what the receiver says in the body of a failure
	 */
	public HttpAnswers(HttpSettings settings, Kind kind, String expected, Function<byte[], String> text) {
		this(settings, kind, expected, text, "headers");
	}

	/**
	 * Create the table for one receiver that is told in a way of its own who we are.
	 * @param settings how it is reached
	 * @param kind the kind of its failures
	 * @param expected what it has to do
	 * @param text finds what the receiver says in the body of a failure
	 * @param credentials the property that says who we are, beside the one with the
	 * address
	 */
	HttpAnswers(HttpSettings settings, Kind kind, String expected, Function<byte[], String> text, String credentials) {
		this.settings = settings;
		this.kind = kind;
		this.expected = expected;
		this.text = text;
		this.credentials = credentials;
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
		return refusal(StatusReaction.of(answer.status()), String.valueOf(answer.status()),
				this.text.apply(answer.body()), RetryAfter.read(answer.retryAfter(), answer.date()));
	}

	/**
	 * Return what to make of a refusal.
	 * @param reaction what it asks for
	 * @param status what was answered, for messages
	 * @param text what the receiver says about it
	 * @param retryAfter how long it asks to be left alone, or {@code null}
	 * @return the failure
	 */
	public TelemetryException refusal(StatusReaction reaction, String status, String text,
			@Nullable Duration retryAfter) {
		String message = this.settings.hostAndPort() + " answered " + status + rest(reaction, text);
		return failure(message, reaction.reaction(), (reaction.reaction() != Reaction.HOLD) ? retryAfter : null, null);
	}

	private String rest(StatusReaction reaction, String text) {
		return switch (reaction) {
			case REDIRECT ->
				", a redirect, which is not followed; set '" + this.settings.property() + "' to the final address";
			case CREDENTIALS -> "; check '" + this.settings.propertyBeside(this.credentials) + "'";
			case ADDRESS -> "; check the path of '" + this.settings.property() + "' and that it " + this.expected;
			case TEMPORARY, BROKEN, REFUSED -> ServerText.quote(text);
		};
	}

	private TelemetryException failure(String message, Reaction reaction, @Nullable Duration retryAfter,
			@Nullable Throwable cause) {
		return new TelemetryException(this.kind, message, reaction, retryAfter, cause);
	}

}
