package dev.telemetry.sink.otlp;

import java.nio.charset.StandardCharsets;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.http.HttpAnswer;
import dev.telemetry.sink.http.HttpAnswers;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.ServerText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Says what a collector's answer means: what any HTTP answer means, and what a collector
 * says in spite of accepting a request.
 */
final class OtlpAnswers {

	private static final Log logger = LogFactory.getLog(OtlpAnswers.class);

	/** The field of google.rpc.Status that holds its message. */
	private static final int STATUS_MESSAGE = 2;

	private final HttpSettings settings;

	private final HttpAnswers answers;

	private boolean told;

	OtlpAnswers(HttpSettings settings) {
		this.settings = settings;
		this.answers = new HttpAnswers(settings, Kind.OTLP, "speaks OTLP over HTTP", OtlpAnswers::statusMessage);
	}

	/**
	 * Return the message of the Status that an OTLP receiver sends with an error, or,
	 * from what stands between us and the receiver, the text itself.
	 */
	static String statusMessage(byte[] body) {
		ProtobufReader reader = new ProtobufReader(body, 0, body.length);
		while (reader.next()) {
			if (reader.field() == STATUS_MESSAGE && reader.isBytes()) {
				return reader.text();
			}
		}
		return new String(body, StandardCharsets.US_ASCII);
	}

	/**
	 * Return what went wrong.
	 * @param answer the answer to one request
	 * @param events how many events the request held
	 * @return the failure, or {@code null} if all events were taken
	 */
	@Nullable TelemetryException failure(HttpAnswer answer, int events) {
		TelemetryException failure = this.answers.failure(answer);
		return (failure != null) ? failure : partial(PartialSuccess.read(answer.body()), events);
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
		return new TelemetryException(Kind.OTLP, text, Reaction.BISECT, null, null).withProgress(events, rejected);
	}

}
