package dev.telemetry.sink.datadog;

import java.util.StringJoiner;
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
 * The body of {@code POST /api/v2/logs}, see "Send logs" of Datadog's documentation: an
 * array of log entries, each with the event as its attributes. No entry names a host:
 * Datadog would show the installation as one.
 */
final class DatadogFormat implements BatchFormat {

	private static final int MAX_EVENTS = 1000;

	/** 5 MB. */
	private static final int MAX_BODY_BYTES = 5_000_000;

	/** 1 MB: a larger entry is cut although Datadog answers 202. */
	private static final int MAX_EVENT_BYTES = 1_000_000;

	private final JsonObjectWriter json = new JsonObjectWriter();

	private final EventProperties properties = new EventProperties(UnaryOperator.identity());

	@Override
	public String head() {
		return "[";
	}

	@Override
	public String tail() {
		return "]";
	}

	@Override
	public byte[] encode(Event event) {
		String type = event.type();
		this.json.start()
			.put("ddsource", "telemetry")
			.put("service", event.tool())
			.put("ddtags", tags(event))
			.put("status", Boolean.FALSE.equals(event.attribute("success")) ? "error" : "info")
			.put("message", (type != null) ? type + ": " + event.name() : event.name())
			.putTimestamp("timestamp", event.timestampMillis())
			.put("event_id", event.id().toString())
			.put("event", event.name())
			.put("anonymous_id", EventProperties.identity(event))
			.start("properties");
		this.properties.write(event, this.json);
		return this.json.end().end().toByteArray();
	}

	private static String tags(Event event) {
		StringJoiner tags = new StringJoiner(",");
		tag(tags, "event_type", event.type());
		tag(tags, "tool_version", event.toolVersion());
		tag(tags, "os", event.origin().os());
		tag(tags, "arch", event.origin().arch());
		return tags.toString();
	}

	/** A comma would begin another tag. */
	private static void tag(StringJoiner tags, String key, @Nullable String value) {
		if (value != null) {
			tags.add(key + ":" + value.replace(',', '_'));
		}
	}

	@Override
	public int maxEvents() {
		return MAX_EVENTS;
	}

	@Override
	public int maxEventBytes() {
		return MAX_EVENT_BYTES;
	}

	@Override
	public int maxBodyBytes() {
		return MAX_BODY_BYTES;
	}

	/** An empty object. */
	@Override
	public @Nullable Refusal refusal(byte[] body) {
		JsonAnswer answer = JsonAnswer.read(body);
		if (answer == null) {
			return Refusal.NO_JSON;
		}
		return answer.holds("errors") ? new Refusal(StatusReaction.CREDENTIALS, "errors") : null;
	}

	@Override
	public String expected() {
		return "takes logs of Datadog";
	}

	@Override
	public String credentials() {
		return "api-key";
	}

}
