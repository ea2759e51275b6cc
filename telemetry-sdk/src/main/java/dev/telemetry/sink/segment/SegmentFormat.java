package dev.telemetry.sink.segment;

import java.util.function.UnaryOperator;

import dev.telemetry.event.Event;
import dev.telemetry.event.JsonObjectWriter;
import dev.telemetry.sink.http.BatchFormat;
import dev.telemetry.sink.http.EventProperties;
import dev.telemetry.sink.http.JsonAnswer;
import dev.telemetry.sink.http.Refusal;
import dev.telemetry.sink.http.StatusReaction;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/batch}, see "HTTP API Source" of Segment's documentation:
 * {@code {"batch":[…]}}. Without {@code context.direct} Segment keeps no address of the
 * sender. The {@code messageId} is the event's id, by which Segment recognises what it
 * has already.
 */
final class SegmentFormat implements BatchFormat {

	/** 32 KB: a larger event is lost although Segment answers 200. */
	private static final int MAX_EVENT_BYTES = 32_000;

	/** 500 KB. Less than 2500 events, the other bound, since none has so few bytes. */
	private static final int MAX_BODY_BYTES = 500_000;

	private final JsonObjectWriter json = new JsonObjectWriter();

	private final EventProperties properties = new EventProperties(UnaryOperator.identity());

	@Override
	public String head() {
		return "{\"batch\":[";
	}

	@Override
	public byte[] encode(Event event) {
		this.json.start()
			.put("type", "track")
			.put("messageId", event.id().toString())
			.put("anonymousId", EventProperties.identity(event))
			.put("event", event.name())
			.putTimestamp("timestamp", event.timestampMillis())
			.start("properties");
		this.properties.write(event, this.json);
		return this.json.end().end().toByteArray();
	}

	@Override
	public int maxEventBytes() {
		return MAX_EVENT_BYTES;
	}

	@Override
	public int maxBodyBytes() {
		return MAX_BODY_BYTES;
	}

	/** {@code {"success":true}}. */
	@Override
	public @Nullable Refusal refusal(byte[] body) {
		JsonAnswer answer = JsonAnswer.read(body);
		if (answer == null) {
			return Refusal.NO_JSON;
		}
		boolean taken = !"false".equals(answer.text("success")) && !answer.holds("error");
		return taken ? null : new Refusal(StatusReaction.CREDENTIALS, "a refusal");
	}

	@Override
	public String expected() {
		return "takes batches of Segment";
	}

	@Override
	public String credentials() {
		return "write-key";
	}

}
