package dev.telemetry.sdk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.telemetry.EventType;
import dev.telemetry.TrackResult;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.event.Event;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventPipeline;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.problem.Problem;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the events of a spec go that names receivers. */
class SpecRoutingTests {

	private static final List<String> REMOTE = List.of("otlp", "posthog", "segment", "internal");

	private final TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());

	private final Map<String, List<String>> received = new TreeMap<>();

	private @Nullable RecordingFixture fixture;

	@AfterEach
	void close() {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

	private void spec(String key, String event, String providers) throws Exception {
		String yaml = """
				meta: { key: %s, version: 1, owners: [x] }
				config: { providers: [ %s ] }
				events:
				  - { key: %s, version: 1, semantics: { what: x }, privacy: internal }
				""".formatted(key, providers, event);
		this.registry
			.register(TelemetrySpecReader.read(key + ".telemetry.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
	}

	private TelemetrySdk start(@Nullable EventProcessor processor) {
		TelemetrySdkBuilder builder = TelemetrySdk.builder().declared(this.registry, UndeclaredPolicy.RECORD);
		for (String name : REMOTE) {
			List<String> names = new CopyOnWriteArrayList<>();
			this.received.put(name, names);
			builder.sink(name, (event) -> names.add(event.name()));
		}
		if (processor != null) {
			DropCounters dropped = new DropCounters();
			builder.pipeline(new EventPipeline(List.of(processor), List.of(), 64, 512,
					new Redactor(null, null, List.of()), dropped), dropped);
		}
		this.fixture = new RecordingFixture(builder);
		this.fixture.gate.enable(ConsentScope.EXPORT, null, "command");
		return this.fixture.context;
	}

	/** Return the sinks by the events they got; the local one is called memory. */
	private Map<String, List<String>> sinksByEvent() {
		List<String> kept = this.fixture.events().stream().map(Event::name).toList();
		Map<String, List<String>> sinks = new LinkedHashMap<>();
		kept.forEach((event) -> {
			List<String> takers = new ArrayList<>(List.of("memory"));
			REMOTE.stream().filter((sink) -> this.received.get(sink).contains(event)).forEach(takers::add);
			sinks.put(event, takers);
		});
		return sinks;
	}

	@ParameterizedTest
	@Tag("P26")
	@CsvSource(delimiter = '|',
			value = { "{ type: opentelemetry }|memory,otlp", "{ type: otlp }|memory,otlp",
					"{ type: PostHog }|memory,posthog", "{ type: internal }|memory,internal",
					"{ type: segment }, { type: posthog }|memory,posthog,segment", "{ type: memory }|memory",
					"{ type: nobody }|memory", "|memory,otlp,posthog,segment,internal" })
	void eventsGoToTheLocalLogAndToTheNamedReceiversOnly(String providers, String sinks) throws Exception {
		spec("shop", "order.placed", (providers != null) ? providers : "");
		TelemetrySdk context = start(null);
		context.context().record("order.placed");
		context.context().event(EventType.of("order.placed")).record();
		assertThat(context.tracker().track("order.placed", "1.0.0", Map.of())).isEqualTo(TrackResult.ACCEPTED);
		assertThat(sinksByEvent()).isEqualTo(Map.of("order.placed", List.of(sinks.split(","))));
		this.received.values().forEach((names) -> assertThat(names.size()).isIn(0, 3));
	}

	@Test
	void eachSpecHasItsOwnReceiversAndOtherEventsGoEverywhere() throws Exception {
		spec("shop", "order.placed", "{ type: posthog }");
		spec("stock", "stock.counted", "{ type: segment }");
		TelemetrySdk context = start(null);
		context.context().record("order.placed");
		context.context().record("stock.counted");
		context.context().record("page.seen");
		assertThat(sinksByEvent()).isEqualTo(
				Map.of("order.placed", List.of("memory", "posthog"), "stock.counted", List.of("memory", "segment"),
						"page.seen", List.of("memory", "otlp", "posthog", "segment", "internal")));
	}

	@Test
	void processorThatRenamesAnEventWidensNothing() throws Exception {
		spec("shop", "order.placed", "{ type: posthog }, { type: otlp }");
		spec("stock", "stock.counted", "{ type: segment }, { type: otlp }");
		TelemetrySdk context = start((event) -> switch (event.name()) {
			case "order.placed" -> event.toBuilder().name("anything.else").build();
			case "page.seen" -> event.toBuilder().name("stock.counted").build();
			default -> event;
		});
		context.context().record("order.placed");
		context.context().record("page.seen");
		assertThat(sinksByEvent()).isEqualTo(Map.of("anything.else", List.of("memory", "otlp", "posthog"),
				"stock.counted", List.of("memory", "otlp", "segment")));
	}

	@Test
	void underAYesForThisMachineOnlyNoNamedReceiverIsServed() throws Exception {
		spec("shop", "order.placed", "{ type: posthog }");
		TelemetrySdk context = start(null);
		this.fixture.gate.enable(ConsentScope.LOCAL, null, "command");
		context.context().record("order.placed");
		assertThat(sinksByEvent()).isEqualTo(Map.of("order.placed", List.of("memory")));
	}

	@Test
	void eachReceiverThatIsNotConfiguredIsOneProblem() throws Exception {
		spec("shop", "order.placed", "{ type: posthog }, { type: nobody }, { type: kafka }, { type: datadog }");
		TelemetrySdk context = start(null);
		context.context().record("order.placed");
		context.context().record("order.placed");
		this.fixture.events();
		assertThat(context.status().problems()).extracting(Problem::property)
			.containsExactly("spec shop 1.0.0", "spec shop 1.0.0", "spec shop 1.0.0");
		assertThat(context.status().problems()).extracting(Problem::toString)
			.anySatisfy((text) -> assertThat(text).contains("shop.telemetry.yaml", "provider 'nobody'",
					"supply a bean 'nobody' of the type TelemetrySink"))
			.anySatisfy((text) -> assertThat(text).contains("provider 'kafka'", "set telemetry.kafka.topic"))
			.anySatisfy((text) -> assertThat(text).contains("provider 'datadog'",
					"set telemetry.datadog.site and telemetry.datadog.api-key"));
	}

}
