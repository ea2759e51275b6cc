package dev.telemetry.sdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.machine.MachineId;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.TelemetrySink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The acceptance criteria of RTB's v0.1 contract, in our names; its ids are in the
 * comments.
 */
class RecordingContractTests {

	private static final EventOrigin ORIGIN = new EventOrigin("mytool", "1.2.3", "deadbeef".repeat(8), null, null, null,
			null);

	private final JsonMapper mapper = new JsonMapper();

	@TempDir
	private Path directory;

	@Test // T1
	void sinkIsAnInterfaceThatAnythingCanImplement() throws Exception {
		List<Event> taken = new ArrayList<>();
		TelemetrySink sink = taken::add;
		sink.emitAll(List.of(event("a"), event("b")));
		assertThat(taken).hasSize(2);
	}

	@Test // T2
	void noopSinkTakesEverything() {
		assertThatNoException().isThrownBy(() -> TelemetrySink.noop().emit(event("a")));
	}

	@Test // T3
	void memorySinkKeepsWhatItTook() {
		MemorySink sink = new MemorySink();
		sink.emit(event("a"));
		assertThat(sink.events()).containsExactly(event("a"));
	}

	@Test // T4, S5
	void fileSinkAppendsOneJsonObjectPerLine() throws Exception {
		Path log = this.directory.resolve("telemetry.log");
		emit(log, event("a"), event("b"));
		assertThat(Files.readAllLines(log)).hasSize(2)
			.allSatisfy((line) -> assertThat(this.mapper.readTree(line).isObject()).isTrue());
	}

	@Test // T5
	void fileSinkCreatesParents() throws Exception {
		Path log = this.directory.resolve("x/y/z/events.jsonl");
		emit(log, event("a"));
		assertThat(log).exists();
	}

	@Test // T6
	void eventHasTheSixNames() {
		LineBuffer line = new LineBuffer(256);
		Event event = Event.builder("command.invoke")
			.origin(ORIGIN)
			.timestamp(Instant.parse("2026-04-22T12:00:00Z"))
			.attribute("command", "deploy")
			.attribute("outcome", "ok")
			.build();
		EventCodec.json().encode(event, line);
		Map<?, ?> json = this.mapper.readValue(line.toByteArray(), Map.class);
		assertThat(json.get("name")).isEqualTo("command.invoke");
		assertThat(json.get("tool")).isEqualTo("mytool");
		assertThat(json.get("tool_version")).isEqualTo("1.2.3");
		assertThat(json.get("machine_id")).isEqualTo("deadbeef".repeat(8));
		assertThat(json.get("timestamp_utc")).isEqualTo("2026-04-22T12:00:00.000Z");
		assertThat(json.get("attrs")).isEqualTo(Map.of("command", "deploy", "outcome", "ok"));
	}

	@Test // T7
	void machineIdIsSixtyFourHexDigits() {
		assertThat(new MachineId("raw", UUID::randomUUID).derive("mytool.telemetry.v1")).matches("[0-9a-f]{64}");
	}

	@Test // T8, S6
	void machineIdIsStableForASaltAndDiffersBetweenSalts() {
		MachineId id = new MachineId("0123456789abcdef0123456789abcdef", UUID::randomUUID);
		assertThat(id.derive("mytool.telemetry.v1")).isEqualTo(id.derive("mytool.telemetry.v1"))
			.isEqualTo("0e5455e72b847158cea376ff72bedeb1be2f180e97ffff7f1de39ee5b5081c8e")
			.isNotEqualTo(id.derive("mytool.telemetry.v2"));
	}

	@Test // T9, S2
	void recordWhenEnabledReachesTheSink() {
		try (Recording recording = Recording.enabled()) {
			recording.context.context().record("tool.start");
			assertThat(recording.event().name()).isEqualTo("tool.start");
			assertThat(recording.event().tool()).isEqualTo("mytool");
		}
	}

	@Test // T10, S1
	void recordWhenDisabledReachesNothing() {
		try (Recording recording = Recording.disabled()) {
			recording.context.context().record("tool.start");
			recording.context.context().event(EventType.of("tool.start")).attribute("a", 1).record();
			recording.context.context().start(EventType.of("tool.start")).close();
			assertThat(recording.events()).isEmpty();
			assertThat(recording.context.context().event(EventType.of("a"))).isSameAs(EventRecorder.noop());
		}
	}

	@Test // T11, S3
	void recordWithAttributesAttachesThem() {
		try (Recording recording = Recording.enabled()) {
			recording.context.context().record("command.invoke", Map.of("command", "deploy"));
			assertThat(recording.event().attributes()).isEqualTo(Map.of("command", "deploy"));
		}
	}

	@Test // T12
	void contextMayBeUsedByManyThreads() throws InterruptedException {
		try (Recording recording = Recording.enabled()) {
			CountDownLatch start = new CountDownLatch(1);
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				threads.add(new Thread(() -> recordHundred(recording.context.context(), start)));
			}
			threads.forEach(Thread::start);
			start.countDown();
			for (Thread thread : threads) {
				Patience.end(thread);
			}
			assertThat(recording.events()).hasSize(800).extracting(Event::id).doesNotHaveDuplicates();
		}
	}

	@Test // S4
	void eventsArriveInTheOrderOfTheirRecording() {
		try (Recording recording = Recording.enabled()) {
			recording.context.context().record("first");
			recording.context.context().record("second");
			assertThat(recording.events()).extracting(Event::name).containsExactly("first", "second");
		}
	}

	private static void recordHundred(TelemetryContext context, CountDownLatch start) {
		try {
			Patience.await("the start", start);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		for (int i = 0; i < 100; i++) {
			context.record("tick");
		}
	}

	private static void emit(Path log, Event... events) throws Exception {
		FileSink sink = new FileSink(log, LogRotation.DEFAULT, InstantSource.system());
		for (Event event : events) {
			sink.emit(event);
		}
		sink.close();
	}

	private static Event event(String name) {
		return Event.builder(name)
			.id(UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
			.origin(ORIGIN)
			.timestamp(Instant.parse("2026-04-22T12:00:00Z"))
			.build();
	}

}
