package dev.telemetry.sink.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.HttpBody;
import dev.telemetry.sink.http.SplitBatch;
import dev.telemetry.sink.http.TlsSource;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for how a batch becomes requests. */
class OtlpBatchTests {

	private static final int MAX = 64 * 1024;

	private final FakeCollector collector = new FakeCollector();

	private final AtomicInteger encoded = new AtomicInteger();

	@AfterEach
	void close() {
		this.collector.close();
	}

	private OtlpSink sink(OtlpSignal signal, boolean gzip) throws TelemetryException {
		RecordEncoder records = RecordEncoder.of(signal);
		return sink(signal, gzip, (event, out) -> {
			this.encoded.incrementAndGet();
			records.encode(event, out);
		});
	}

	private OtlpSink sink(OtlpSignal signal, boolean gzip, RecordEncoder records) throws TelemetryException {
		String path = (signal == OtlpSignal.LOGS) ? "/v1/logs" : "/v1/traces";
		return new OtlpSink(OtlpFixture.settings(this.collector.uri(path), signal, gzip), "actuator", TlsSource.JAVA,
				records);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void eachEventIsEncodedOnceHoweverManyRequestsItTakes(boolean gzip) throws TelemetryException {
		OtlpSink sink = sink(OtlpSignal.LOGS, gzip);
		List<Event> events = OtlpFixture.events(512, 1000);
		sink.emitAll(events);
		sink.close();
		assertThat(this.collector.requests()).hasSizeGreaterThan(1);
		assertThat(this.encoded).hasValue(512);
		assertThat(sentIds()).isEqualTo(ids(events));
	}

	@Test
	void requestsThatAreNotCompressedAreFilled() throws TelemetryException {
		OtlpSink sink = sink(OtlpSignal.LOGS, false);
		sink.emitAll(OtlpFixture.events(512, 1000));
		sink.close();
		List<Integer> sizes = this.collector.requests().stream().map((request) -> request.wire().length).toList();
		assertThat(sizes.subList(0, sizes.size() - 1))
			.allSatisfy((size) -> assertThat(size).isBetween(MAX - 1500, MAX));
	}

	@Test
	void sizeThatFitsIsRememberedForTheNextBatch() throws TelemetryException {
		NarrowCarrier carrier = new NarrowCarrier();
		RequestSize size = new RequestSize(1_000_000);
		List<Event> events = OtlpFixture.events(64, 500);
		EventEncoder encoder = new EventEncoder(RecordEncoder.of(OtlpSignal.LOGS),
				new ResourceAttributes(OtlpResource.of("demo"), null), OtlpText.LOGS);
		SplitBatch.send(64, () -> true, new EncodedRequests(encoder.encode(events), size, carrier));
		assertThat(carrier.tooLarge).isPositive();
		assertThat(carrier.taken).isEqualTo(64);
		carrier.tooLarge = 0;
		SplitBatch.send(64, () -> true, new EncodedRequests(encoder.encode(events), size, carrier));
		assertThat(carrier.tooLarge).isZero();
		assertThat(carrier.taken).isEqualTo(128);
	}

	@ParameterizedTest
	@EnumSource
	void eventsOfEachSessionStandUnderTheirOwnResource(OtlpSignal signal) throws TelemetryException {
		List<Event> events = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			EventOrigin origin = new EventOrigin("demo-app", "1." + i % 2, "ab".repeat(32), String.valueOf(i % 3), null,
					null, null);
			events.add(Event.builder("e" + i).origin(origin).timestamp(OtlpFixture.TIME).build());
		}
		OtlpSink sink = sink(signal, true);
		sink.emitAll(events);
		sink.close();
		FakeCollector.Request request = this.collector.requests().get(0);
		assertThat(this.collector.requests()).hasSize(1);
		if (signal == OtlpSignal.LOGS) {
			assertThat(request.logs().getResourceLogsList()).hasSize(6).allSatisfy((logs) -> {
				LogRecord record = logs.getScopeLogs(0).getLogRecords(0);
				int number = record.getEventName().charAt(1) - '0';
				assertThat(resource(logs, "session.id")).isEqualTo(String.valueOf(number % 3));
				assertThat(resource(logs, "tool.version")).isEqualTo("1." + number % 2);
				assertThat(resource(logs, "machine.id")).isEqualTo("ab".repeat(32));
				assertThat(resource(logs, "tool.name")).isEqualTo("demo-app");
			});
		}
		else {
			assertThat(request.traces().getResourceSpansList()).hasSize(6)
				.allSatisfy((spans) -> assertThat(spans.getScopeSpans(0).getSpansList()).hasSize(1));
		}
	}

	@Test
	void eventsOfOneSessionShareAResourceWhereverTheyStand() throws TelemetryException {
		Event early = OtlpFixture.event("early").build();
		Event other = Event.builder("other").timestamp(OtlpFixture.TIME).build();
		Event late = OtlpFixture.event("late").build();
		OtlpSink sink = sink(OtlpSignal.LOGS, true);
		sink.emitAll(List.of(early, other, late));
		sink.close();
		List<ResourceLogs> resources = this.collector.requests().get(0).logs().getResourceLogsList();
		assertThat(resources).hasSize(2);
		assertThat(resources.get(0).getScopeLogs(0).getLogRecordsList()).extracting(LogRecord::getEventName)
			.containsExactly("early", "late");
	}

	@ParameterizedTest
	@EnumSource
	void whatOurEncoderCannotEncodeTheExporterDoes(OtlpSignal signal) throws TelemetryException {
		List<Event> events = OtlpFixture.events(3, 10);
		OtlpSink ours = sink(signal, false);
		ours.emitAll(events);
		ours.close();
		OtlpSink broken = sink(signal, false, (event, out) -> {
			throw new IllegalStateException("broken");
		});
		broken.emitAll(events);
		broken.emitAll(events);
		broken.close();
		assertThat(this.encoded).hasValue(3);
		assertThat(this.collector.requests()).hasSize(3)
			.allSatisfy((request) -> assertThat(request.body()).isEqualTo(this.collector.requests().get(0).body()));
	}

	private static List<String> ids(List<Event> events) {
		return events.stream().map(Event::id).map(UUID::toString).toList();
	}

	private List<String> sentIds() {
		return this.collector.logRecords()
			.stream()
			.flatMap((record) -> record.getAttributesList().stream())
			.filter((attribute) -> attribute.getKey().equals("event.id"))
			.map((attribute) -> attribute.getValue().getStringValue())
			.toList();
	}

	private static String resource(ResourceLogs logs, String key) {
		return logs.getResource()
			.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals(key))
			.map((attribute) -> attribute.getValue().getStringValue())
			.findFirst()
			.orElse("");
	}

	/** Takes 20,000 bytes at once, and no more. */
	private static final class NarrowCarrier implements OtlpCarrier {

		private int tooLarge;

		private int taken;

		@Override
		public TelemetryException send(HttpBody request) {
			if (request.length() > 20_000) {
				this.tooLarge++;
				return new TelemetryException(TelemetryException.Kind.TOO_LARGE, "too large", false, null);
			}
			this.taken += request.events();
			return null;
		}

		@Override
		public TelemetryException send(List<Event> events) {
			throw new AssertionError("the exporter is not asked");
		}

		@Override
		public void abort() {
		}

		@Override
		public void close() {
		}

	}

}
