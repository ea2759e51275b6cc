package dev.telemetry.sdk;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventType;
import dev.telemetry.TrackContext;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.datadog.DatadogSinkFactory;
import dev.telemetry.sink.http.HttpJsonSinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.VendorSettings;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeGrpcCollector;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import dev.telemetry.sink.posthog.PostHogSinkFactory;
import dev.telemetry.sink.segment.SegmentSinkFactory;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
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
		DrawnSpec drawn = new DrawnSpec(new SplittableRandom(seed));
		Path directory = Files.createTempDirectory("spec");
		try (Receivers receivers = new Receivers()) {
			record(drawn, directory, receivers);
			Map<String, String> bytes = receivers.bytes();
			bytes.put("log", Files.readString(directory.resolve("telemetry.log")));
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
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	private static void record(DrawnSpec drawn, Path directory, Receivers receivers) throws Exception {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		registry.register(TelemetrySpecReader.read("random", drawn.yaml.getBytes(StandardCharsets.UTF_8)));
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();
		TelemetrySdkBuilder builder = TelemetrySdk.builder()
			.tool("demo-app")
			.gate(gate)
			.declared(registry, UndeclaredPolicy.DROP)
			.machineIds(new MachineIdSource(MachineIdMode.ROTATING, "demo-app.telemetry.v1", Home.chosen(directory)),
					null)
			.sink("file",
					new FileSink(directory.resolve("telemetry.log"), LogRotation.DEFAULT, InstantSource.system()));
		receivers.sinks(drawn.protocol, drawn.signal).forEach(builder::sink);
		try (TelemetrySdk context = builder.build()) {
			gate.enable(ConsentScope.EXPORT, null, "command");
			context.context().record("order.placed", drawn.values);
			EventRecorder event = context.context().event(EventType.of("order.placed"));
			drawn.values.forEach(event::attribute);
			event.record();
			context.tracker()
				.track("order.placed", null, drawn.values,
						TrackContext.NONE.withUser(drawn.user).withSession(drawn.session));
			context.context().record("order.unknown", drawn.values);
			assertThat(context.flush(Duration.ofSeconds(30))).isTrue();
		}
	}

	/** One of each sink that sends, and what it sent. */
	private static final class Receivers implements AutoCloseable {

		private final FakeCollector http = new FakeCollector();

		private final FakeCollector otlp = new FakeCollector();

		private final FakeGrpcCollector grpc = new FakeGrpcCollector();

		private final FakeCollector postHog = new FakeCollector();

		private final FakeCollector segment = new FakeCollector();

		private final FakeCollector datadog = new FakeCollector();

		Receivers() throws IOException {
		}

		List<TelemetrySinkFactory> sinks(OtlpProtocol protocol, OtlpSignal signal) {
			URI endpoint = (protocol == OtlpProtocol.GRPC) ? this.grpc.uri()
					: this.otlp.uri((signal == OtlpSignal.TRACES) ? "/v1/traces" : "/v1/logs");
			return List.of(new HttpJsonSinkFactory(settings(this.http.uri("/events")), TlsSource.JAVA),
					new OtlpSinkFactory(
							new OtlpSettings(protocol, settings(endpoint), signal, OtlpResource.of("demo-app")),
							TlsSource.JAVA),
					new PostHogSinkFactory(
							new VendorSettings(settings(this.postHog.uri(PostHogSinkFactory.PATH)), "phc_key"),
							TlsSource.JAVA),
					new SegmentSinkFactory(
							new VendorSettings(settings(this.segment.uri(SegmentSinkFactory.PATH)), "key"),
							TlsSource.JAVA),
					new DatadogSinkFactory(
							new VendorSettings(settings(this.datadog.uri(DatadogSinkFactory.PATH)), "key"),
							TlsSource.JAVA));
		}

		private static HttpSettings settings(URI endpoint) {
			return new HttpSettings(endpoint, HttpHeaders.NONE, true, Duration.ofSeconds(30), "telemetry.endpoint");
		}

		Map<String, String> bytes() {
			Map<String, String> bytes = new TreeMap<>();
			Map.of("http", this.http, "posthog", this.postHog, "segment", this.segment, "datadog", this.datadog)
				.forEach((name, receiver) -> bytes.put(name, text(bodies(receiver))));
			bytes.put("otlp", text(Stream.concat(bodies(this.otlp),
					this.grpc.requests().stream().map(FakeGrpcCollector.Request::body))));
			return bytes;
		}

		private static Stream<byte[]> bodies(FakeCollector receiver) {
			return receiver.requests().stream().map(FakeCollector.Request::body);
		}

		private static String text(Stream<byte[]> bodies) {
			return bodies.map((body) -> new String(body, StandardCharsets.UTF_8)).collect(Collectors.joining());
		}

		@Override
		public void close() {
			this.http.close();
			this.otlp.close();
			this.grpc.close();
			this.postHog.close();
			this.segment.close();
			this.datadog.close();
		}

	}

}
