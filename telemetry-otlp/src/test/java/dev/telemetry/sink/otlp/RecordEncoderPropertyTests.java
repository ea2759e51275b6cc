package dev.telemetry.sink.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.http.HttpBody;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our encoder writes what OpenTelemetry's exporter writes, byte for byte; where a request
 * has several resources, of which the exporter leaves the order to chance, each of them.
 */
@Tag("T-15")
class RecordEncoderPropertyTests {

	private static final List<String> KEYS = List.of("items", "success", "duration_ms", "id", "a", "\u00e9", "b.c");

	private final Encoders encoders = new Encoders();

	@Property
	void eventIsEncodedAsByTheExporter(@ForAll("events") Event event, @ForAll OtlpSignal signal) throws IOException {
		assertSame(List.of(event), signal);
	}

	@Property(tries = 300)
	void eventsOfOneSourceAreEncodedAsByTheExporter(@ForAll("batches") List<Event> events, @ForAll OtlpSignal signal)
			throws IOException {
		EventOrigin origin = events.get(0).origin();
		assertSame(events.stream().map((event) -> event.toBuilder().origin(origin).build()).toList(), signal);
	}

	@Property(tries = 300)
	void eventsOfSeveralSourcesHaveAResourceEach(@ForAll("batches") List<Event> events, @ForAll OtlpSignal signal)
			throws IOException {
		assertThat(resources(this.encoders.ours(events, signal), signal))
			.isEqualTo(resources(this.encoders.reference(events, signal), signal));
	}

	@Property(tries = 300)
	void anyRunOfABatchIsARequest(@ForAll("batches") List<Event> events, @ForAll OtlpSignal signal, @ForAll int first,
			@ForAll int last) throws IOException {
		int from = Math.floorMod(first, events.size());
		int to = from + 1 + Math.floorMod(last, events.size() - from);
		EncodedEvents encoded = this.encoders.encoder(signal).encode(events);
		assertThat(resources(bytes(encoded.request(from, to)), signal))
			.isEqualTo(resources(this.encoders.reference(events.subList(from, to), signal), signal));
	}

	@Property(tries = 300)
	void whatFitsIsNeverLargerThanTheLimit(@ForAll("batches") List<Event> events, @ForAll OtlpSignal signal)
			throws IOException {
		EncodedEvents encoded = this.encoders.encoder(signal).encode(events);
		int whole = bytes(encoded.request(0, events.size())).length;
		for (int limit : List.of(0, whole / 3, whole / 2, whole)) {
			int end = encoded.end(0, events.size(), limit);
			assertThat(end).isPositive();
			assertThat((end == 1) ? 0 : bytes(encoded.request(0, end)).length).isLessThanOrEqualTo(limit);
		}
		assertThat(encoded.end(0, events.size(), whole + 100 * events.size())).isEqualTo(events.size());
	}

	@Example
	void bounds() throws IOException {
		Event.Builder most = Event.builder("n".repeat(200)).type("t".repeat(200)).timestampMillis(Long.MAX_VALUE);
		for (int i = 0; i < 1024; i++) {
			most.attribute("key" + i, "\ud83d\ude00".repeat(i));
		}
		List<Event> events = List.of(most.build(), Event.builder("a").timestampMillis(0).build(),
				Event.builder("low").id(new UUID(1, 0)).timestampMillis(1).build(),
				Event.builder("high").id(new UUID(0, 1)).attribute("duration_ms", 1).build(),
				Event.builder("keys").attribute("k".repeat(8192), Long.MIN_VALUE).attribute("d", -0.0).build());
		for (OtlpSignal signal : OtlpSignal.values()) {
			for (Event event : events) {
				assertSame(List.of(event), signal);
			}
			assertSame(events, signal);
		}
	}

	@Example
	void noEventMakesAnEmptyRequest() throws IOException {
		assertSame(List.of(), OtlpSignal.LOGS);
		assertSame(List.of(), OtlpSignal.TRACES);
	}

	/** A tool and an attribute together may spell the key of the identifier. */
	@Example
	void attributeThatSpellsAKeyOfOursIsSentOnce() throws IOException {
		Event event = Event.builder("a").origin(EventOrigin.of("event", "1")).attribute("id", "mine").build();
		assertSame(List.of(event), OtlpSignal.TRACES);
		assertThat(ExportTraceServiceRequest.parseFrom(this.encoders.ours(List.of(event), OtlpSignal.TRACES))
			.getResourceSpans(0)
			.getScopeSpans(0)
			.getSpans(0)
			.getAttributesList()).singleElement()
			.satisfies((attribute) -> assertThat(attribute.getValue().getStringValue()).isEqualTo("mine"));
	}

	/** A control for the comparison. */
	@Example
	void aDifferenceIsSeen() throws IOException {
		Event event = Event.builder("a").attribute("b", "c").build();
		Event other = event.toBuilder().attribute("b", "d").build();
		assertThat(this.encoders.ours(List.of(event), OtlpSignal.LOGS))
			.isNotEqualTo(this.encoders.reference(List.of(other), OtlpSignal.LOGS));
	}

	private void assertSame(List<Event> events, OtlpSignal signal) throws IOException {
		assertThat(this.encoders.ours(events, signal)).isEqualTo(this.encoders.reference(events, signal));
	}

	private static byte[] bytes(HttpBody request) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		request.writeTo(out);
		assertThat(request.length()).isEqualTo(out.size());
		return out.toByteArray();
	}

	private static List<Message> resources(byte[] request, OtlpSignal signal) throws InvalidProtocolBufferException {
		List<Message> resources = new ArrayList<>(
				(signal == OtlpSignal.LOGS) ? ExportLogsServiceRequest.parseFrom(request).getResourceLogsList()
						: ExportTraceServiceRequest.parseFrom(request).getResourceSpansList());
		resources.sort(Comparator.comparing(Message::toString));
		return resources;
	}

	@Provide
	Arbitrary<List<Event>> batches() {
		return events().list().ofMinSize(1).ofMaxSize(12);
	}

	@Provide
	Arbitrary<Event> events() {
		Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(20);
		Arbitrary<String> keys = Arbitraries.oneOf(Arbitraries.of(KEYS), text);
		Arbitrary<Object> values = Arbitraries.oneOf(text.map((value) -> (Object) value),
				Arbitraries.longs().map((value) -> (Object) value),
				Arbitraries.doubles().map((value) -> (Object) value), Arbitraries.of(true, false));
		Arbitrary<Map<String, Object>> attributes = Arbitraries.maps(keys, values).ofMaxSize(8);
		Arbitrary<EventOrigin> origins = Arbitraries.oneOf(
				Arbitraries.of(OtlpFixture.ORIGIN, EventOrigin.of("event", "1")),
				Combinators.combine(text, text, text.injectNull(0.3), text.injectNull(0.3))
					.as((tool, version, machine, session) -> new EventOrigin(tool, version, machine, session, "linux",
							null, "17")));
		Arbitrary<UUID> ids = Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
		return Combinators
			.combine(text.filter((name) -> !name.isBlank()), text, origins, attributes,
					Arbitraries.longs().between(0, 253402300799999L),
					Arbitraries.oneOf(Arbitraries.just(1.0), Arbitraries.doubles().between(1e-9, 1).ofScale(12)), ids)
			.as(RecordEncoderPropertyTests::event);
	}

	private static Event event(String name, String type, EventOrigin origin, Map<String, Object> attributes, long time,
			double rate, UUID id) {
		Event.Builder builder = Event.builder(name)
			.type(type)
			.origin(origin)
			.timestampMillis(time)
			.samplingRate(rate)
			.id(id);
		attributes.forEach(builder::attribute);
		return builder.build();
	}

	/** Used for many batches, as in a sink: what is remembered must not show. */
	private static final class Encoders {

		private static final Map<OtlpSignal, ReferenceExporter> REFERENCES = Map.of(OtlpSignal.LOGS,
				new ReferenceExporter(OtlpSignal.LOGS), OtlpSignal.TRACES, new ReferenceExporter(OtlpSignal.TRACES));

		private static final Map<OtlpSignal, EventEncoder> ENCODERS = Map.of(OtlpSignal.LOGS,
				encoderOf(OtlpSignal.LOGS), OtlpSignal.TRACES, encoderOf(OtlpSignal.TRACES));

		private static EventEncoder encoderOf(OtlpSignal signal) {
			return new EventEncoder(RecordEncoder.of(signal), REFERENCES.get(signal).resources(), OtlpText.of(signal));
		}

		EventEncoder encoder(OtlpSignal signal) {
			return ENCODERS.get(signal);
		}

		byte[] ours(List<Event> events, OtlpSignal signal) throws IOException {
			return bytes(encoder(signal).encode(events).request(0, events.size()));
		}

		byte[] reference(List<Event> events, OtlpSignal signal) {
			return REFERENCES.get(signal).encode(events);
		}

	}

}
