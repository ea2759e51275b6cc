package dev.telemetry.sink.otlp;

import java.time.Duration;

import dev.telemetry.sink.TelemetryException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an answer means: taken, to be sent again, or refused for good. Follows the
 * OTLP specification, section "OTLP/HTTP Response", with three differences that keep
 * data: a receiver that is set up wrongly (redirects, 401, 404 …) is probed every five
 * minutes until somebody mends it; 408 and every 5xx are tried again.
 */
final class OtlpAnswers {

	private static final Log logger = LogFactory.getLog(OtlpAnswers.class);

	private static final Duration PROBE = Duration.ofMinutes(5);

	private final OtlpSettings settings;

	private boolean told;

	OtlpAnswers(OtlpSettings settings) {
		this.settings = settings;
	}

	/**
	 * Return what went wrong.
	 * @param answer the answer to one request
	 * @param events how many events the request held
	 * @return the failure, or {@code null} if all events were taken
	 */
	@Nullable TelemetryException failure(OtlpAnswer answer, int events) {
		Throwable failure = answer.failure();
		if (answer == OtlpAnswer.TOO_LARGE) {
			return failure("an event for " + this.settings.hostAndPort() + " is larger than a request may be", false,
					null, null);
		}
		if (failure != null) {
			ConnectionFailure reason = ConnectionFailure.of(failure);
			return failure(reason.describe(this.settings), true, reason.isMisconfiguration() ? PROBE : null, failure);
		}
		if (answer.status() / 100 == 2) {
			return partial(PartialSuccess.read(answer.body()), events);
		}
		return refusal(answer);
	}

	private @Nullable TelemetryException partial(PartialSuccess partial, int events) {
		int rejected = (int) Math.max(0, Math.min(partial.rejected(), events));
		if (rejected == 0) {
			if (!partial.message().isEmpty() && !this.told) {
				this.told = true;
				logger.info("Telemetry receiver " + this.settings.hostAndPort() + " says: "
						+ ServerText.of(partial.message()));
			}
			return null;
		}
		String text = this.settings.hostAndPort() + " rejected " + rejected + " of " + events + " events"
				+ ServerText.quote(partial.message());
		return failure(text, false, null, null).withProgress(events, rejected);
	}

	private TelemetryException refusal(OtlpAnswer answer) {
		String text = this.settings.hostAndPort() + " answered " + answer.status();
		return switch (answer.status()) {
			case 401, 403, 407 -> failure(text + "; check 'telemetry.headers'", true, PROBE, null);
			case 404, 405, 415, 501 ->
				failure(text + "; check the path of 'telemetry.endpoint' and that it speaks OTLP over HTTP", true,
						PROBE, null);
			case 408, 429 -> failure(text, true, RetryAfter.read(answer.retryAfter(), answer.date()), null);
			default -> other(answer, text);
		};
	}

	private TelemetryException other(OtlpAnswer answer, String text) {
		return switch (answer.status() / 100) {
			case 3 ->
				failure(text + ", a redirect, which is not followed; set 'telemetry.endpoint' to the final address",
						true, PROBE, null);
			case 5 -> failure(text + ServerText.quoteStatus(answer.body()), true,
					RetryAfter.read(answer.retryAfter(), answer.date()), null);
			default -> failure(text + ServerText.quoteStatus(answer.body()), false, null, null);
		};
	}

	private static TelemetryException failure(String message, boolean retryable, @Nullable Duration retryAfter,
			@Nullable Throwable cause) {
		return new TelemetryException(TelemetryException.Kind.OTLP, message, retryable, retryAfter, cause);
	}

}
