package dev.telemetry.sdk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;

/** A spec, values for it, and what of them may be seen. */
final class DrawnSpec {

	private static final List<String> TYPES = List.of("string", "number", "timestamp", "json");

	private static final List<String> LEVELS = List.of("public", "internal", "pii", "sensitive");

	private static final List<String> REDACTIONS = List.of("drop", "mask", "hash");

	private final SplittableRandom random;

	final Map<String, Object> values = new LinkedHashMap<>();

	final List<String> hidden = new ArrayList<>();

	final List<String> shown = new ArrayList<>();

	final String user;

	final String session;

	final OtlpSignal signal;

	final OtlpProtocol protocol;

	final String yaml;

	DrawnSpec(SplittableRandom random) {
		this.random = random;
		this.user = word();
		this.session = word();
		this.signal = random.nextBoolean() ? OtlpSignal.TRACES : OtlpSignal.LOGS;
		this.protocol = random.nextBoolean() ? OtlpProtocol.GRPC : OtlpProtocol.HTTP_PROTOBUF;
		StringBuilder properties = new StringBuilder();
		for (int i = random.nextInt(1, 7); i > 0; i--) {
			properties.append(property("p" + i));
		}
		// Asked for by a property of their name only, and then as personal at most
		this.hidden.addAll(List.of(this.user, this.session));
		properties.append("      userId: { type: string, pii: ").append(random.nextBoolean()).append(" }\n");
		undeclared();
		this.yaml = """
				meta: { key: random, version: 1.0.0, owners: ['@team.random'] }
				events:
				  - key: order.placed
				    version: 1.0.0
				    privacy: internal
				    semantics: { what: something }
				    properties:
				""" + properties.toString().indent(0).replaceAll("(?m)^ {6}", "      ");
	}

	private String property(String name) {
		String type = pick(TYPES);
		String level = pick(LEVELS);
		boolean marked = this.random.nextInt(4) == 0;
		String redaction = (this.random.nextInt(3) == 0) ? pick(REDACTIONS) : "";
		boolean clear = level.equals("public") || level.equals("internal");
		give(name, type, clear && !marked && redaction.isEmpty());
		return "      " + name + ": { type: " + type + ", privacy: " + level + (marked ? ", pii: true" : "")
				+ (redaction.isEmpty() ? "" : ", redact: " + redaction) + " }\n";
	}

	/** Give a property a value of its type that is like no other. */
	private void give(String name, String type, boolean clear) {
		List<String> seen = clear ? this.shown : this.hidden;
		switch (type) {
			case "string" -> {
				String word = word();
				this.values.put(name, word);
				seen.add(word);
			}
			case "number" -> {
				long number = this.random.nextLong(100_000_000_000L, 999_999_999_999L);
				this.values.put(name, number);
				if (!clear) {
					// In clear a number may be sent in another notation
					this.hidden.add(String.valueOf(number));
				}
			}
			case "timestamp" -> {
				Instant time = Instant.ofEpochSecond(this.random.nextLong(1_000_000_000L), 123_456_000);
				this.values.put(name, time);
				seen.add(time.toString());
			}
			default -> {
				String word = word();
				this.values.put(name, Map.of("a", List.of(1, Map.of("b", word))));
				seen.add(word);
			}
		}
	}

	private void undeclared() {
		String value = word();
		String key = word().toLowerCase(Locale.ROOT);
		this.values.put(key, value);
		this.hidden.add(value);
		this.hidden.add(key);
	}

	private String pick(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	private String word() {
		StringBuilder word = new StringBuilder("Quokka");
		for (int i = 0; i < 10; i++) {
			word.append((char) ('a' + this.random.nextInt(26)));
		}
		return word.toString();
	}

}
