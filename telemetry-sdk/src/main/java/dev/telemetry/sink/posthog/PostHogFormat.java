package dev.telemetry.sink.posthog;

import java.util.Set;

import dev.telemetry.event.Event;
import dev.telemetry.event.JsonObjectWriter;
import dev.telemetry.sink.http.BatchFormat;
import dev.telemetry.sink.http.EventProperties;

/**
 * The body of {@code POST /batch/}, see "Capture and batch API endpoints" of PostHog's
 * documentation: {@code {"api_key":…,"batch":[…]}}. No event makes or changes a person's
 * profile, none is located by the address it comes from, and none has one. The
 * {@code uuid} is the event's id, by which PostHog recognises what it has already.
 */
final class PostHogFormat implements BatchFormat {

	/**
	 * As {@code BATCH_BODY_SIZE} of PostHog's receiver: 20 MiB; our own bound is less.
	 */
	private static final int MAX_BODY_BYTES = 20 * 1024 * 1024;

	/** PostHog's pipeline takes messages of up to 1 MB. */
	private static final int MAX_EVENT_BYTES = 1_000_000;

	/** Properties by which PostHog would take somebody else as the origin of an event. */
	private static final Set<String> RESERVED = Set.of("distinct_id", "token");

	private final JsonObjectWriter json = new JsonObjectWriter();

	private final EventProperties properties = new EventProperties(PostHogFormat::plain);

	private final String head;

	PostHogFormat(String apiKey) {
		this.head = "{\"api_key\":\"" + apiKey + "\",\"batch\":[";
	}

	@Override
	public String head() {
		return this.head;
	}

	@Override
	public byte[] encode(Event event) {
		this.json.start()
			.put("uuid", event.id().toString())
			.put("event", plain(event.name()))
			.put("distinct_id", EventProperties.identity(event))
			.putTimestamp("timestamp", event.timestampMillis())
			.start("properties")
			.put("$process_person_profile", false)
			.put("$geoip_disable", true);
		this.properties.write(event, this.json);
		return this.json.end().end().toByteArray();
	}

	/**
	 * Return a name as one of ours. What begins with a dollar sign is an instruction to
	 * PostHog, such as {@code $set} or {@code $ip}, and nobody agreed to those.
	 */
	private static String plain(String name) {
		return (name.startsWith("$") || RESERVED.contains(name)) ? "_" + name : name;
	}

	@Override
	public int maxEventBytes() {
		return MAX_EVENT_BYTES;
	}

	@Override
	public int maxBodyBytes() {
		return MAX_BODY_BYTES;
	}

	@Override
	public String expected() {
		return "takes batches of PostHog";
	}

	@Override
	public String credentials() {
		return "api-key";
	}

}
