package dev.telemetry.sink.otlp;

import dev.telemetry.sink.http.HttpAnswer;
import org.jspecify.annotations.Nullable;

/** What came of one call: a status, or a failure before there was one. */
final class GrpcAnswer {

	private static final byte[] NONE = new byte[0];

	private final @Nullable HttpAnswer unanswered;

	private final int code;

	private final String description;

	/**
	 * The encoded {@code google.rpc.Status} of a failure, or the response of a success.
	 */
	private final byte[] content;

	private GrpcAnswer(@Nullable HttpAnswer unanswered, int code, String description, byte[] content) {
		this.unanswered = unanswered;
		this.code = code;
		this.description = description;
		this.content = content;
	}

	static GrpcAnswer unanswered(HttpAnswer why) {
		return new GrpcAnswer(why, -1, "", NONE);
	}

	static GrpcAnswer failed(Throwable failure) {
		return unanswered(HttpAnswer.failed(failure));
	}

	static GrpcAnswer ok(byte @Nullable [] response) {
		return new GrpcAnswer(null, 0, "", (response != null) ? response : NONE);
	}

	static GrpcAnswer refused(int code, @Nullable String description, byte @Nullable [] details) {
		return new GrpcAnswer(null, code, (description != null) ? description : "", (details != null) ? details : NONE);
	}

	/** Return why there is no status, or {@code null}. */
	@Nullable HttpAnswer unanswered() {
		return this.unanswered;
	}

	/** Return the status code of gRPC, 0 for success. */
	int code() {
		return this.code;
	}

	/** Return the message of the destination about a failure. */
	String description() {
		return this.description;
	}

	/** Return what came with the status. */
	byte[] content() {
		return this.content;
	}

}
