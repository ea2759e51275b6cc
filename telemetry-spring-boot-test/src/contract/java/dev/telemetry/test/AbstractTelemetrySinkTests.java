package dev.telemetry.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sink.LocalStore;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What every {@link TelemetrySink} promises. The tests of a sink extend this class and say
 * how to make one, how to see what it took, and how to make it fail. A promise that does
 * not concern the sink, such as that of a {@link LocalStore}, is reported as skipped.
 */
@Timeout(60)
public abstract class AbstractTelemetrySinkTests {

	/** Long ago, so that files made by a test are never older than its clock says. */
	protected static final Instant NOON = Instant.parse("2020-02-29T12:00:00Z");

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final EventOrigin ORIGIN = EventOrigin.of("demo-app", "1.0.0");

	/**
	 * Create the sink under test.
	 * @return a sink that works
	 * @throws Exception if that fails
	 */
	protected abstract TelemetrySink sink() throws Exception;

	/**
	 * Return what all sinks of this test took and still have.
	 * @return the names of the events, in order
	 * @throws Exception if it cannot be seen
	 */
	protected abstract List<String> taken() throws Exception;

	/**
	 * Make the next emit of every sink of this test fail.
	 * @return whether this sink can fail at all
	 * @throws Exception if that fails
	 */
	protected abstract boolean fail() throws Exception;

	/**
	 * Return whether the sink sends nothing after an abort, also when it was idle.
	 * @return {@code false} if only what is under way is given up
	 */
	protected boolean endsWithAbort() {
		return false;
	}

	@Test
	void emitTakesTheEvent() throws Exception {
		TelemetrySink sink = sink();
		sink.emit(event("a"));
		sink.flush();
		assertThat(taken()).containsExactly("a");
	}

	@Test
	void emitAllTakesTheEventsInOrder() throws Exception {
		TelemetrySink sink = sink();
		sink.emitAll(events("e", 2500));
		sink.emit(event("last"));
		sink.flush();
		List<String> expected = names(events("e", 2500));
		assertThat(taken()).hasSize(2501).startsWith(expected.toArray(String[]::new)).endsWith("last");
	}

	@Test
	void flushWhenNothingWasTakenDoesNothing() throws Exception {
		sink().flush();
		assertThat(taken()).isEmpty();
	}

	@Test
	void closeWhenCalledTwiceKeepsWhatWasTaken() throws Exception {
		TelemetrySink sink = sink();
		sink.emit(event("a"));
		sink.close();
		assertThatCode(sink::close).doesNotThrowAnyException();
		assertThat(taken()).containsExactly("a");
	}

	@Test
	void closeWhenNothingWasTakenDoesNothing() throws Exception {
		sink().close();
		assertThat(taken()).isEmpty();
	}

	@Test
	void abortWhenItEndsTheSinkLetsNothingOut() throws Exception {
		assumeThat(endsWithAbort()).isTrue();
		TelemetrySink sink = sink();
		sink.emit(event("a"));
		sink.abort();
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> sink.emit(event("b")));
		assertThat(taken()).containsExactly("a");
	}

	@Test
	void abortWhenIdleIsHarmless() throws Exception {
		assumeThat(endsWithAbort()).isFalse();
		TelemetrySink sink = sink();
		sink.abort();
		sink.emit(event("a"));
		Thread other = new Thread(sink::abort);
		other.start();
		end(other);
		sink.emit(event("b"));
		sink.flush();
		assertThat(taken()).containsExactly("a", "b");
	}

	@Test
	void emitWhenThreadsTakeTurnsTakesTheEvents() throws Exception {
		TelemetrySink sink = sink();
		for (String name : List.of("a", "b", "c")) {
			emitOnThreadOfItsOwn(sink, name);
		}
		sink.flush();
		assertThat(taken()).containsExactly("a", "b", "c");
	}

	private static void emitOnThreadOfItsOwn(TelemetrySink sink, String name) throws InterruptedException {
		Thread thread = new Thread(() -> assertThatCode(() -> sink.emit(event(name))).doesNotThrowAnyException());
		thread.start();
		end(thread);
	}

	@Test
	void emitWhenThreadIsInterruptedTakesTheEventAndKeepsTheInterrupt() throws Exception {
		TelemetrySink sink = sink();
		sink.emit(event("a"));
		Thread.currentThread().interrupt();
		sink.emit(event("b"));
		assertThat(Thread.interrupted()).isTrue();
		sink.emit(event("c"));
		assertThat(taken()).containsExactly("a", "b", "c");
	}

	@Test
	void emitWhenItFailsThrowsRetryableFailureWithoutPayload() throws Exception {
		TelemetrySink sink = sink();
		assumeThat(fail()).isTrue();
		Event event = builder("a").attribute("word", "payload").build();
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> sink.emitAll(List.of(event)))
			.satisfies((ex) -> assertThat(ex.retryable()).isTrue())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("payload"));
	}

	@Test
	void eraseErasesEverythingAndGoesOn() throws Exception {
		TelemetrySink sink = sink();
		LocalStore store = store(sink);
		store.erase();
		sink.emitAll(events("e", 3));
		store.erase();
		assertThat(taken()).isEmpty();
		sink.emit(event("after"));
		assertThat(taken()).containsExactly("after");
	}

	@Test
	void eraseWhenClosedErasesEverything() throws Exception {
		TelemetrySink sink = sink();
		LocalStore store = store(sink);
		sink.emit(event("a"));
		sink.close();
		assertThat(taken()).containsExactly("a");
		store.erase();
		assertThat(taken()).isEmpty();
	}

	@Test
	void eraseBeforeWhenNothingIsThatOldKeepsEverything() throws Exception {
		TelemetrySink sink = sink();
		LocalStore store = store(sink);
		sink.emit(event("a"));
		store.eraseBefore(Instant.EPOCH);
		assertThat(taken()).containsExactly("a");
	}

	@Test
	void eraseBeforeWhenEverythingIsOlderErasesIt() throws Exception {
		TelemetrySink sink = sink();
		LocalStore store = store(sink);
		sink.emit(event("a"));
		store.eraseBefore(Instant.parse("2100-01-01T00:00:00Z"));
		assertThat(taken()).isEmpty();
	}

	private static void end(Thread thread) throws InterruptedException {
		thread.join(LIMIT.toMillis());
		assertThat(thread.isAlive()).as("Waited %s in vain for the sink to let go of a thread", LIMIT).isFalse();
	}

	private static LocalStore store(TelemetrySink sink) {
		assumeThat(sink).isInstanceOf(LocalStore.class);
		return (LocalStore) sink;
	}

	/**
	 * Create an event without attributes.
	 * @param name its name
	 * @return the event
	 */
	protected static Event event(String name) {
		return builder(name).build();
	}

	/**
	 * Create events with numbered names, such as {@code a0} and {@code a1} for {@code a}.
	 * @param prefix the beginning of their names
	 * @param count how many
	 * @return the events
	 */
	protected static List<Event> events(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((number) -> event(prefix + number)).toList();
	}

	/**
	 * Return the names of events.
	 * @param events the events
	 * @return the names in the same order
	 */
	protected static List<String> names(List<Event> events) {
		return events.stream().map(Event::name).toList();
	}

	/**
	 * Start an event of {@link #NOON}.
	 * @param name its name
	 * @return a builder with an id, an origin and a time
	 */
	protected static Event.Builder builder(String name) {
		return Event.builder(name).id(UUID.randomUUID()).origin(ORIGIN).timestamp(NOON);
	}

}
