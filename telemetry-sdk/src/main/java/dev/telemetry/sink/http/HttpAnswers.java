package dev.telemetry.sink.http;

import java.time.Duration;
import java.util.function.Function;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.TlsFailure;
import org.jspecify.annotations.Nullable;

/** States what the answer to a request means, as a message and for the lane. */
public final class HttpAnswers {

	private static final String TLS = "telemetry.ssl.bundle";

	private final HttpSettings settings;

	private final Kind kind;

	private final String expected;

	private final Function<byte[], String> text;

	private final String credentials;

	/**
	 * Create the table for one destination.
	 * @param settings how it is reached
	 * @param kind the kind of its failures
	 * @param expected what it has to do, for messages: {@code speaks OTLP over HTTP}
	 * @param text finds the message of the destination in the body of a failure
	 */
	public HttpAnswers(HttpSettings settings, Kind kind, String expected, Function<byte[], String> text) {
		this(settings, kind, expected, text, "headers");
	}

	/**
	 * Create the table for one destination that has its own way to authenticate us.
	 * @param settings how it is reached
	 * @param kind the kind of its failures
	 * @param expected what it has to do
	 * @param text finds the message of the destination in the body of a failure
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
	 * @return the failure, or {@code null} if the status is one of success and the body
	 * no page for people
	 */
	public @Nullable TelemetryException failure(HttpAnswer answer) {
		if (answer == HttpAnswer.TOO_LARGE) {
			return new TelemetryException(Kind.TOO_LARGE,
					"an event for " + this.settings.hostAndPort() + " is larger than a request may be", Reaction.BISECT,
					null, null);
		}
		Throwable failure = answer.failure();
		if (failure != null) {
			return unanswered(failure);
		}
		return (answer.status() / 100 == 2) ? unacknowledged(answer) : refusal(answer);
	}

	private TelemetryException unanswered(Throwable failure) {
		if (failure instanceof TelemetryException said) {
			return said;
		}
		@Nullable TlsFailure tls = (failure instanceof ClientCertificateException) ? TlsFailure.CLIENT_CERTIFICATE
				: TlsFailure.of(failure);
		if (tls != null) {
			return failure(tls.describe(this.settings.hostAndPort(), this.settings.property(), TLS), Reaction.HOLD,
					null, failure);
		}
		ConnectionFailure reason = ConnectionFailure.of(failure);
		return failure(reason.describe(this.settings), reason.reaction(), null, failure);
	}

	private @Nullable TelemetryException unacknowledged(HttpAnswer answer) {
		if (answer.isUnreadable()) {
			return refusal(answer, Refusal.UNREADABLE);
		}
		return answer.isWebPage() ? refusal(answer, Refusal.WEB_PAGE) : null;
	}

	/**
	 * Return what went wrong in spite of a status of success.
	 * @param answer the answer
	 * @param refusal what speaks against it
	 * @return the failure
	 */
	public TelemetryException refusal(HttpAnswer answer, Refusal refusal) {
		StatusReaction reaction = refusal.reaction();
		String message = this.settings.hostAndPort() + " answered " + answer.status() + " with " + refusal.text()
				+ advice(reaction);
		return failure(message, reaction.reaction(), RetryAfter.read(answer.retryAfter(), answer.date()), null);
	}

	private String advice(StatusReaction reaction) {
		return switch (reaction) {
			case CREDENTIALS -> "; check '" + this.settings.propertyBeside(this.credentials) + "'";
			case FOREIGN -> " in place of an acknowledgement; check '" + this.settings.property()
					+ "' and whether a proxy or a login page answers there";
			default -> "";
		};
	}

	private TelemetryException refusal(HttpAnswer answer) {
		return refusal(StatusReaction.of(answer.status()), String.valueOf(answer.status()),
				this.text.apply(answer.body()), RetryAfter.read(answer.retryAfter(), answer.date()));
	}

	/**
	 * Return the failure that a refusal leads to.
	 * @param reaction what it asks for
	 * @param status what was answered, for messages
	 * @param text the message of the destination about it
	 * @param retryAfter how long it asks to wait, or {@code null}
	 * @return the failure
	 */
	public TelemetryException refusal(StatusReaction reaction, String status, String text,
			@Nullable Duration retryAfter) {
		return failure(this.settings.hostAndPort() + " answered " + status + rest(reaction, text), reaction.reaction(),
				retryAfter, null);
	}

	private String rest(StatusReaction reaction, String text) {
		return switch (reaction) {
			case REDIRECT ->
				", a redirect, which is not followed; set '" + this.settings.property() + "' to the final address";
			case CREDENTIALS, FOREIGN -> advice(reaction);
			case ADDRESS -> "; check the path of '" + this.settings.property() + "' and that it " + this.expected;
			case TEMPORARY, BROKEN, REFUSED -> ServerText.quote(text);
		};
	}

	private TelemetryException failure(String message, Reaction reaction, @Nullable Duration retryAfter,
			@Nullable Throwable cause) {
		return new TelemetryException(this.kind, message, reaction, (reaction != Reaction.HOLD) ? retryAfter : null,
				cause);
	}

}
