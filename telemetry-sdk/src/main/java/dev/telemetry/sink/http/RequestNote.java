package dev.telemetry.sink.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import dev.telemetry.sent.SentBody;
import dev.telemetry.sent.SentHead;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sent.SentRequest;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One request for the log of what was sent. The body is hashed when this is made, and
 * remembered when the request begins: a transport that was aborted meanwhile begins none.
 * Used by one thread.
 */
public final class RequestNote {

	private final HttpSettings settings;

	private final @Nullable SentHead head;

	private final @Nullable SentBody body;

	private @Nullable SentRequest request;

	private RequestNote(HttpSettings settings, @Nullable SentHead head, @Nullable SentBody body) {
		this.settings = settings;
		this.head = head;
		this.body = body;
	}

	/**
	 * Prepare a note.
	 * @param settings where and how the request is sent
	 * @param body what it carries
	 * @param wire the same as it goes over the wire; must not be changed
	 * @param describe tells the rest, if it is to be remembered
	 * @return the note
	 * @throws IOException if the body cannot be written
	 */
	public static RequestNote of(HttpSettings settings, HttpBody body, byte[] wire, Description describe)
			throws IOException {
		if (!settings.sent().log().isOn()) {
			return new RequestNote(settings, null, null);
		}
		return new RequestNote(settings, describe.head(settings.sent().destination()),
				sentBody(body, wire, settings.gzip()));
	}

	private static SentBody sentBody(HttpBody body, byte[] wire, boolean gzip) throws IOException {
		SecretSpan secret = body.secret();
		if (secret.isEmpty()) {
			return SentBody.of(wire, gzip, body.text());
		}
		ByteArrayOutputStream plain = new ByteArrayOutputStream(body.length());
		body.writeTo(plain);
		byte[] shown = plain.toByteArray();
		secret.mask(shown);
		return SentBody.masked(wire, shown, gzip, body.text());
	}

	/** Remember the request: it is handed to the transport now. */
	public void begin() {
		SentLog log = this.settings.sent().log();
		if (this.head != null && this.body != null) {
			this.request = log.add(this.head, this.body);
		}
	}

	/**
	 * Remember the answer.
	 * @param status the status of the protocol
	 */
	public void answered(int status) {
		if (this.request != null) {
			this.request.answered(status);
		}
	}

	/**
	 * Remember what came of it.
	 * @param answer the answer, or why there is none
	 */
	public void ended(HttpAnswer answer) {
		if (this.request == null) {
			return;
		}
		if (answer.status() > 0) {
			this.request.answered(answer.status());
			return;
		}
		@Nullable TelemetryException failure = new HttpAnswers(this.settings, Kind.HTTP, "", (body) -> "").failure(answer);
		this.request.failed((failure != null) ? String.valueOf(failure.getMessage()) : "no answer");
	}

	/** Tells what is known of a request beside its body. */
	@FunctionalInterface
	public interface Description {

		/**
		 * Describe the request.
		 * @param destination the name of the destination
		 * @return the description
		 */
		SentHead head(String destination);

	}

}
