package dev.telemetry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.event.LineBuffer;

/**
 * What many installations of a shop have recorded, the same for the same seed: as local
 * logs, and as a Collector's file exporter writes it.
 */
final class RecordedShop {

	static final List<String> STEPS = List.of("cart.opened", "payment.chosen", "order.placed");

	/** What JSON and SQL have to escape, and five installations have. */
	static final String RARE = "a \"gift\" 'card' \u00e9";

	private static final List<String> PAYMENTS = List.of("card", "card", "card", "invoice", RARE);

	private static final List<String> VERSIONS = List.of("1.0.0", "1.1.0", "1.1.0", "2.0.0-rc.1");

	private static final int INSTALLATIONS = 40;

	private static final Instant START = Instant.parse("2026-10-26T00:00:00Z");

	private final Random random;

	private final List<Event> events = new ArrayList<>();

	RecordedShop(long seed, int sessions) {
		this.random = new Random(seed);
		for (int i = 0; i < sessions; i++) {
			session(i);
		}
	}

	private void session(int number) {
		int installation = this.random.nextInt(INSTALLATIONS);
		EventOrigin origin = new EventOrigin("shop", VERSIONS.get(installation % VERSIONS.size()),
				String.format(Locale.ROOT, "%064x", installation), String.format(Locale.ROOT, "%032x", number), "linux",
				"amd64", "17");
		Instant at = START.plus(Duration.ofMinutes(this.random.nextInt(4 * 7 * 24 * 60)));
		int steps = 1 + this.random.nextInt(STEPS.size());
		for (int i = 0; i < steps; i++) {
			at = at.plusMillis(1 + this.random.nextInt(60_000));
			Event.Builder step = event(STEPS.get(i), origin, at);
			if (i > 0) {
				int kinds = (installation < 5) ? PAYMENTS.size() : PAYMENTS.size() - 1;
				step.attribute("payment", PAYMENTS.get(this.random.nextInt(kinds)));
			}
			if (i == 2) {
				boolean success = this.random.nextInt(5) > 0;
				step.attribute("items", 1 + this.random.nextInt(9))
					.attribute("duration_ms", this.random.nextInt(100_000) / 100.0)
					.attribute("success", success);
			}
			this.events.add(step.build());
		}
		if (this.random.nextBoolean()) {
			this.events.add(event("page.shown", origin, at.plusMillis(1)).samplingRate(0.125)
				.attribute("\"quoted\"", Long.MAX_VALUE)
				.build());
		}
	}

	private Event.Builder event(String name, EventOrigin origin, Instant at) {
		return Event.builder(name)
			.id(new UUID(this.random.nextLong(), this.random.nextLong()))
			.origin(origin)
			.timestamp(at);
	}

	List<Event> events() {
		return this.events;
	}

	/** Write a log as it is rotated: the newer half beside the older. */
	Path log(Path directory) throws IOException {
		int half = this.events.size() / 2;
		Files.write(directory.resolve("telemetry.log.1"), lines(this.events.subList(0, half)));
		return Files.write(directory.resolve("telemetry.log"), lines(this.events.subList(half, this.events.size())));
	}

	private static byte[] lines(List<Event> events) {
		LineBuffer lines = new LineBuffer(1024);
		events.forEach((event) -> EventCodec.json().encode(event, lines));
		return lines.toByteArray();
	}

	/**
	 * Write what a file exporter writes, each request twice, and what else may be in its
	 * file.
	 */
	Path requests(Path directory) throws IOException {
		List<String> requests = new ArrayList<>(List.of("{\"resourceSpans\":[]}", "{\"resourceLogs\":[{\"torn"));
		for (int i = 0; i < this.events.size(); i += 50) {
			String request = request(this.events.subList(i, Math.min(i + 50, this.events.size())));
			requests.add(request);
			requests.add(request);
		}
		return Files.writeString(directory.resolve("requests.jsonl"), String.join("\n", requests) + "\n",
				StandardCharsets.UTF_8);
	}

	private static String request(List<Event> events) {
		return events.stream()
			.collect(Collectors.groupingBy(Event::origin, LinkedHashMap::new, Collectors.toList()))
			.entrySet()
			.stream()
			.map((session) -> resource(session.getKey(), session.getValue()))
			.collect(Collectors.joining(",", "{\"resourceLogs\":[", "]}"));
	}

	private static String resource(EventOrigin origin, List<Event> events) {
		List<String> attributes = List.of(attribute("machine.id", String.valueOf(origin.machineId())),
				attribute("service.name", "shop"), attribute("session.id", String.valueOf(origin.sessionId())),
				attribute("tool.name", origin.tool()), attribute("tool.version", origin.toolVersion()));
		return events.stream()
			.map(RecordedShop::record)
			.collect(Collectors.joining(",", "{\"resource\":{\"attributes\":[" + String.join(",", attributes)
					+ "]},\"scopeLogs\":" + "[{\"scope\":{\"name\":\"dev.telemetry\"},\"logRecords\":[", "]}]}"));
	}

	private static String record(Event event) {
		List<String> attributes = new ArrayList<>();
		attributes.add(attribute("event.id", event.id().toString()));
		attributes.add(attribute("event.name", event.name()));
		if (event.samplingRate() < 1) {
			attributes.add(attribute("sampling.rate", event.samplingRate()));
		}
		event.forEachAttribute((key, value) -> attributes.add(attribute("telemetry.attr." + key, value)));
		String nanos = event.timestampMillis() + "000000";
		return "{\"timeUnixNano\":\"" + nanos + "\",\"observedTimeUnixNano\":\"" + nanos
				+ "\",\"severityNumber\":9,\"severityText\":\"INFO\",\"attributes\":[" + String.join(",", attributes)
				+ "],\"body\":{},\"eventName\":\"" + event.name() + "\"}";
	}

	private static String attribute(String key, Object value) {
		String typed;
		if (value instanceof Boolean) {
			typed = "\"boolValue\":" + value;
		}
		else if (value instanceof Double) {
			typed = "\"doubleValue\":" + value;
		}
		else if (value instanceof Number) {
			typed = "\"intValue\":\"" + value + "\"";
		}
		else {
			typed = "\"stringValue\":\"" + value.toString().replace("\"", "\\\"") + "\"";
		}
		return "{\"key\":\"" + key.replace("\"", "\\\"") + "\",\"value\":{" + typed + "}}";
	}

}
