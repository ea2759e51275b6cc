package dev.telemetry.sink.posthog;

import java.util.Locale;
import java.util.Set;

import dev.telemetry.event.Event;
import dev.telemetry.event.JsonObjectWriter;
import dev.telemetry.sink.http.BatchFormat;
import dev.telemetry.sink.http.EventProperties;
import dev.telemetry.sink.http.JsonAnswer;
import dev.telemetry.sink.http.Refusal;
import dev.telemetry.sink.http.SecretSpan;
import dev.telemetry.sink.http.StatusReaction;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /batch/}, see "Capture and batch API endpoints" of PostHog's
 * documentation: {@code {"api_key":…,"batch":[…]}}. No event makes or changes a person's
 * profile, none is located by the address it comes from, and none has one. The
 * {@code uuid} is the event's id, by which PostHog recognises what it has already.
 */
final class PostHogFormat implements BatchFormat {

	/**
	 * As {@code BATCH_BODY_SIZE} of PostHog's ingestion: 20 MiB; our own bound is less.
	 */
	private static final int MAX_BODY_BYTES = 20 * 1024 * 1024;

	/** PostHog's pipeline takes messages of up to 1 MB. */
	private static final int MAX_EVENT_BYTES = 1_000_000;

	/** Properties by which PostHog would attribute an event to another origin. */
	private static final Set<String> RESERVED = Set.of("distinct_id", "token");

	/** ASCII, so characters are bytes. */
	private static final String BEFORE_KEY = "{\"api_key\":\"";

	private static final Set<String> TAKEN = Set.of("ok", "1");

	private final JsonObjectWriter json = new JsonObjectWriter();

	private final EventProperties properties = new EventProperties(PostHogFormat::plain);

	private final String head;

	private final SecretSpan secret;

	PostHogFormat(String apiKey) {
		this.head = BEFORE_KEY + apiKey + "\",\"batch\":[";
		this.secret = new SecretSpan(BEFORE_KEY.length(), apiKey.length());
	}

	@Override
	public String head() {
		return this.head;
	}

	@Override
	public SecretSpan secret() {
		return this.secret;
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
	 * Return a name as one of ours. A name that begins with a dollar sign is an
	 * instruction to PostHog, such as {@code $set} or {@code $ip}, and no consent covers
	 * those.
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

	/** {@code {"status":"Ok"}}, formerly {@code {"status":1}}. */
	@Override
	public @Nullable Refusal refusal(byte[] body) {
		JsonAnswer answer = JsonAnswer.read(body);
		if (answer == null) {
			return Refusal.NO_JSON;
		}
		if (answer.holds("quota_limited")) {
			return new Refusal(StatusReaction.TEMPORARY, "'quota_limited': the quota of the project is used up");
		}
		String status = answer.text("status");
		boolean taken = status == null || TAKEN.contains(status.toLowerCase(Locale.ROOT));
		return (taken && !answer.holds("error")) ? null : new Refusal(StatusReaction.CREDENTIALS, "a refusal");
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
