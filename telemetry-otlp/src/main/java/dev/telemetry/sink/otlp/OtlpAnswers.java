package dev.telemetry.sink.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.http.HttpAnswer;
import dev.telemetry.sink.http.HttpAnswers;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.JsonAnswer;
import dev.telemetry.sink.http.Refusal;
import dev.telemetry.sink.http.StatusReaction;
import org.jspecify.annotations.Nullable;

/**
 * Says what a collector's answer means: what any HTTP answer means, and what a collector
 * says in spite of accepting a request.
 */
final class OtlpAnswers {

	/** The field of google.rpc.Status that holds its message. */
	private static final int STATUS_MESSAGE = 2;

	private static final Refusal NO_OTLP = new Refusal(StatusReaction.FOREIGN, "a body that is not OTLP");

	/** The last is what servers say that do not know better. */
	private static final Set<String> PROTOBUF = Set.of("application/x-protobuf", "application/protobuf",
			"application/vnd.google.protobuf", "application/octet-stream");

	private final HttpAnswers answers;

	private final AcceptedRequests accepted;

	OtlpAnswers(HttpSettings settings) {
		this.answers = new HttpAnswers(settings, Kind.OTLP, "speaks OTLP over HTTP", OtlpAnswers::statusMessage);
		this.accepted = new AcceptedRequests(settings);
	}

	/**
	 * Return the message of the Status that an OTLP destination sends with an error; or,
	 * if a proxy before the destination answered, the text itself.
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
		if (failure != null) {
			return failure;
		}
		PartialSuccess partial = partialSuccess(answer);
		return (partial != null) ? this.accepted.failure(partial, events) : this.answers.refusal(answer, NO_OTLP);
	}

	/** Without a body, all were accepted. Some destinations always answer in JSON. */
	private static @Nullable PartialSuccess partialSuccess(HttpAnswer answer) {
		byte[] body = answer.body();
		if (body.length == 0) {
			return PartialSuccess.NONE;
		}
		String mediaType = answer.mediaType();
		if (mediaType == null || PROTOBUF.contains(mediaType)) {
			return PartialSuccess.read(body);
		}
		JsonAnswer json = mediaType.endsWith("json") ? JsonAnswer.read(body) : null;
		return (json != null) ? PartialSuccess.read(json) : null;
	}

}
