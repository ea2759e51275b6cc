package dev.telemetry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentScope;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.http.HttpJsonSinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSignal;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import dev.telemetry.spec.TelemetrySpecReader;
import dev.telemetry.spec.TelemetrySpecRegistry;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.storage.Home;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For any spec and any values: what is personal, redacted or declared by nobody is in
 * clear in no sink's bytes, whichever way it was recorded. What is declared public is in
 * all of them, so the test can see.
 */
class SpecPrivacyPropertyTests {

	private static final List<String> TYPES = List.of("string", "number", "timestamp", "json");

	private static final List<String> LEVELS = List.of("public", "internal", "pii", "sensitive");

	private static final List<String> REDACTIONS = List.of("drop", "mask", "hash");

	private static long hidden;

	private static long shown;

	@AfterContainer
	static void report() {
		System.out
			.println("Random specs: " + hidden + " values nowhere in clear, " + shown + " public values in every sink");
		assertThat(hidden).isPositive();
		assertThat(shown).isPositive();
	}

	@Property(tries = 100)
	void whatIsNotMeantToBeSeenIsInNoSinksBytes(@ForAll long seed) throws Exception {
		Drawn drawn = new Drawn(new SplittableRandom(seed));
		Path directory = Files.createTempDirectory("spec");
		try (FakeCollector http = new FakeCollector(); FakeCollector otlp = new FakeCollector()) {
			record(drawn, directory, http, otlp);
			Map<String, String> bytes = new TreeMap<>();
			bytes.put("log", Files.readString(directory.resolve("telemetry.log")));
			bytes.put("http", text(http));
			bytes.put("otlp", text(otlp));
			bytes.forEach((sink, content) -> {
				for (String value : drawn.hidden) {
					assertThat(content).as("%s of %s: %s", value, sink, drawn.yaml).doesNotContain(value);
				}
				for (String value : drawn.shown) {
					assertThat(content).as("%s of %s: %s", value, sink, drawn.yaml).contains(value);
				}
			});
			hidden += drawn.hidden.size();
			shown += drawn.shown.size();
		}
		finally {
			try (var files = Files.walk(directory)) {
				for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	private static String text(FakeCollector collector) {
		StringBuilder text = new StringBuilder();
		collector.requests().forEach((request) -> text.append(new String(request.body(), StandardCharsets.UTF_8)));
		return text.toString();
	}

	private static void record(Drawn drawn, Path directory, FakeCollector http, FakeCollector otlp) throws Exception {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		registry.register(TelemetrySpecReader.read("random", drawn.yaml.getBytes(StandardCharsets.UTF_8)));
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();
		try (TelemetryContext context = TelemetryContext.builder()
			.tool("demo-app")
			.gate(gate)
			.declared(registry, UndeclaredPolicy.DROP)
			.machineIds(new MachineIdSource(MachineIdMode.ROTATING, "demo-app.telemetry.v1", Home.chosen(directory)),
					null)
			.sink("file", new FileSink(directory.resolve("telemetry.log"), LogRotation.DEFAULT, InstantSource.system()))
			.sink(new HttpJsonSinkFactory(settings(http, "/events"), TlsSource.JAVA))
			.sink(new OtlpSinkFactory(
					OtlpSettings.of(otlp.uri(drawn.traces ? "/v1/traces" : "/v1/logs"),
							drawn.traces ? OtlpSignal.TRACES : OtlpSignal.LOGS, OtlpResource.of("demo-app")),
					TlsSource.JAVA))
			.build()) {
			gate.enable(ConsentScope.EXPORT, null, "command");
			context.record("order.placed", drawn.values);
			EventRecorder event = context.event(EventType.of("order.placed"));
			drawn.values.forEach(event::attribute);
			event.record();
			context.tracker()
				.track("order.placed", null, drawn.values,
						TrackContext.NONE.withUser(drawn.user).withSession(drawn.session));
			context.record("order.unknown", drawn.values);
			assertThat(context.flush(Duration.ofSeconds(30))).isTrue();
		}
	}

	private static HttpSettings settings(FakeCollector receiver, String path) {
		return new HttpSettings(receiver.uri(path), HttpHeaders.NONE, true, Duration.ofSeconds(30),
				"telemetry.http.endpoint");
	}

	/** A spec, values for it, and what of them may be seen. */
	private static final class Drawn {

		private final SplittableRandom random;

		final Map<String, Object> values = new LinkedHashMap<>();

		final List<String> hidden = new ArrayList<>();

		final List<String> shown = new ArrayList<>();

		final String user;

		final String session;

		final boolean traces;

		final String yaml;

		Drawn(SplittableRandom random) {
			this.random = random;
			this.user = word();
			this.session = word();
			this.traces = random.nextBoolean();
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

}
