package dev.telemetry.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.telemetry.sent.SentBody;
import dev.telemetry.sent.SentHead;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sent.SentRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** Shows what was sent. Changes nothing. */
public final class SentView {

	private final SentLog log;

	/**
	 * Create a view.
	 * @param log remembers what was sent
	 */
	public SentView(SentLog log) {
		this.log = log;
	}

	/**
	 * Return the newest requests.
	 * @param limit how many, 1 to 1000; without it 100
	 * @return the requests, the newest first
	 */
	public SentDescriptor list(@Nullable Integer limit) {
		int wanted = TelemetryViews.limit(limit);
		return new SentDescriptor(this.log.since(), this.log.maxBytes(), this.log.forgotten(),
				this.log.newest(wanted).stream().map(RequestDescriptor::of).toList());
	}

	/**
	 * Return the body of a request.
	 * @param id the id of the request
	 * @param form {@code wire} or nothing for the bytes, {@code decoded} for text
	 * @return the body, or why it is not there
	 */
	BodyAnswer body(String id, @Nullable String form) {
		if (form != null && !form.equals("wire") && !form.equals("decoded")) {
			return BodyAnswer.refused(WebEndpointResponse.STATUS_BAD_REQUEST, "invalid-form",
					"'form' must be wire or decoded");
		}
		SentRequest request = this.log.find(id);
		if (request == null) {
			return BodyAnswer.refused(WebEndpointResponse.STATUS_NOT_FOUND, "unknown-request",
					"there is no request of that id, or no longer: what was sent is remembered in memory since this"
							+ " process started, up to telemetry.sent-log.max-size");
		}
		byte[] bytes = request.body().bytes();
		if (bytes == null) {
			return BodyAnswer.refused(WebEndpointResponse.STATUS_NOT_FOUND, "no-body",
					(request.body().form() == SentBody.Form.UNSEEN)
							? "a sink of the application sent this: its requests are not seen on the wire"
							: "the body is larger than telemetry.sent-log.max-size");
		}
		return "decoded".equals(form) ? BodyAnswer.of(String.valueOf(text(request)).getBytes(StandardCharsets.UTF_8),
				MimeTypeUtils.APPLICATION_JSON) : BodyAnswer.of(bytes, MimeTypeUtils.APPLICATION_OCTET_STREAM);
	}

	/**
	 * Return the body of a request as text.
	 * @param id the id of the request
	 * @return JSON, or {@code null} if there is none
	 */
	public @Nullable String text(String id) {
		SentRequest request = this.log.find(id);
		return (request != null) ? text(request) : null;
	}

	private static @Nullable String text(SentRequest request) {
		try {
			return request.body().text();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("What was compressed here cannot be decompressed", ex);
		}
	}

	/**
	 * The body of a request, or why there is none.
	 *
	 * @param content the body, empty when there is none
	 * @param type what it is
	 * @param refused why there is none, or {@code null}
	 */
	record BodyAnswer(Resource content, MimeType type, @Nullable Refusal refused) {

		static BodyAnswer of(byte[] content, MimeType type) {
			return new BodyAnswer(new ByteArrayResource(content), type, null);
		}

		static BodyAnswer refused(int status, String code, String reason) {
			return new BodyAnswer(new ByteArrayResource(new byte[0]), MimeTypeUtils.APPLICATION_JSON,
					new Refusal(status, code, reason));
		}

	}

	/**
	 * Why there is no body.
	 *
	 * @param status for HTTP
	 * @param code for programs
	 * @param reason for people
	 */
	record Refusal(int status, String code, String reason) {

	}

	/**
	 * What was sent by this process.
	 *
	 * @param since since when it is remembered
	 * @param maxBytes the most that is remembered; 0 for nothing
	 * @param forgotten how many older requests had to make room
	 * @param requests the newest, the newest first
	 */
	public record SentDescriptor(Instant since, long maxBytes, long forgotten, List<RequestDescriptor> requests) {

	}

	/**
	 * One request.
	 *
	 * @param id its id
	 * @param time when it was handed to the transport
	 * @param destination the name of the sink, or {@code deletion}
	 * @param target where it went, without a query
	 * @param protocol {@code http}, {@code grpc}, {@code kafka} or {@code unknown}
	 * @param method the method, absent where there is none
	 * @param path the path without its query, absent where there is none
	 * @param headers the names of the header fields
	 * @param events how many events it held
	 * @param size how many bytes its body had on the wire, absent if that is not known
	 * @param sha256 the SHA-256 of these bytes, secrets included, absent likewise
	 * @param body what can be read of the body: {@code wire}, {@code wire_gzip},
	 * {@code masked}, {@code masked_unzipped}, {@code not_kept} or {@code unseen}
	 * @param status what was answered, absent without an answer
	 * @param taken {@code true} when it was taken by what has no status, else absent
	 * @param failure why there is no answer, absent otherwise
	 */
	@JsonInclude(Include.NON_NULL)
	public record RequestDescriptor(String id, Instant time, String destination, String target, String protocol,
			@Nullable String method, @Nullable String path, List<String> headers, int events, @Nullable Integer size,
			@Nullable String sha256, String body, @Nullable Integer status, @Nullable Boolean taken,
			@Nullable String failure) {

		static RequestDescriptor of(SentRequest request) {
			SentHead head = request.head();
			SentBody body = request.body();
			SentRequest.Outcome outcome = request.outcome();
			return new RequestDescriptor(request.id(), request.time(), head.destination(), head.target(),
					lowerCase(head.protocol()), head.method(), head.path(), head.headers(), head.events(),
					(body.size() >= 0) ? body.size() : null, body.sha256(), lowerCase(body.form()), outcome.status(),
					outcome.taken() ? Boolean.TRUE : null, outcome.failure());
		}

		private static String lowerCase(Enum<?> value) {
			return value.name().toLowerCase(Locale.ROOT);
		}

	}

}
