package dev.telemetry.sink.otlp;

import java.nio.charset.StandardCharsets;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.http.HttpAnswer;
import dev.telemetry.sink.http.HttpAnswers;
import dev.telemetry.sink.http.HttpSettings;
import org.jspecify.annotations.Nullable;

/**
 * Says what a collector's answer means: what any HTTP answer means, and what a collector
 * says in spite of accepting a request.
 */
final class OtlpAnswers {

	/** The field of google.rpc.Status that holds its message. */
	private static final int STATUS_MESSAGE = 2;

	private final HttpAnswers answers;

	private final AcceptedRequests accepted;

	OtlpAnswers(HttpSettings settings) {
		this.answers = new HttpAnswers(settings, Kind.OTLP, "speaks OTLP over HTTP", OtlpAnswers::statusMessage);
		this.accepted = new AcceptedRequests(settings);
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
		return (failure != null) ? failure : this.accepted.failure(answer.body(), events);
	}

}
