package dev.telemetry.sink.otlp;

import java.time.Duration;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.http.HttpAnswers;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.StatusReaction;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Says what a status of gRPC means: the answer table of
 * {@code docs/delivery-protocol.md}.
 */
final class GrpcAnswers {

	/** What gRPC says of an answer with another media type, such as a web page. */
	private static final String NOT_GRPC = "invalid content-type";

	private final HttpAnswers answers;

	private final AcceptedRequests accepted;

	GrpcAnswers(HttpSettings settings) {
		this.answers = new HttpAnswers(settings, Kind.OTLP, "speaks OTLP over gRPC", (body) -> "");
		this.accepted = new AcceptedRequests(settings);
	}

	/**
	 * Return what went wrong.
	 * @param answer the answer to one call
	 * @param events how many events it held
	 * @return the failure, or {@code null} if all events were taken
	 */
	@Nullable TelemetryException failure(GrpcAnswer answer, int events) {
		if (answer.unanswered() != null) {
			return this.answers.failure(answer.unanswered());
		}
		Status.Code code = Status.fromCodeValue(answer.code()).getCode();
		if (code == Status.Code.OK) {
			PartialSuccess partial = PartialSuccess.read(answer.content());
			return (partial != null) ? this.accepted.failure(partial, events)
					: this.answers.refusal(StatusReaction.FOREIGN, "OK with a message that is not OTLP", "", null);
		}
		@Nullable Duration retryDelay = RetryInfo.read(answer.content());
		StatusReaction reaction = reaction(code, retryDelay != null);
		if (reaction == StatusReaction.REFUSED && answer.description().contains(NOT_GRPC)) {
			return this.answers.refusal(StatusReaction.FOREIGN, code.name() + " with something else than gRPC", "",
					null);
		}
		return this.answers.refusal(reaction, code.name(), answer.description(), retryDelay);
	}

	/** Exhausted for good, unless the destination states when to retry. */
	private static StatusReaction reaction(Status.Code code, boolean retryInfo) {
		return switch (code) {
			case UNAUTHENTICATED, PERMISSION_DENIED -> StatusReaction.CREDENTIALS;
			case UNIMPLEMENTED -> StatusReaction.ADDRESS;
			case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS ->
				StatusReaction.TEMPORARY;
			case RESOURCE_EXHAUSTED -> retryInfo ? StatusReaction.TEMPORARY : StatusReaction.REFUSED;
			default -> StatusReaction.REFUSED;
		};
	}

}
