package dev.telemetry.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ExistingSinkFactory} and the sinks it hands out. */
class ExistingSinkFactoryTests {

	private static final SinkSession SESSION = new SinkSession(EventOrigin.of("demo", "1"), "env");

	private final List<String> calls = new ArrayList<>();

	@Test
	void createWhenClosedLeavesTheApplicationsSinkOpen() throws Exception {
		TelemetrySink sink = TelemetrySinkFactory.of("mine", new RecordingSink()).create(SESSION);
		sink.emit(event("a"));
		sink.emitAll(List.of(event("e0"), event("e1")));
		sink.flush();
		sink.abort();
		sink.close();
		assertThat(this.calls).containsExactly("emit a", "emitAll 2", "flush", "abort");
	}

	@Test
	void remoteWhenNotLocalStoreIsTrue() {
		assertThat(TelemetrySinkFactory.of("mine", new RecordingSink()).remote()).isTrue();
		assertThat(TelemetrySinkFactory.of("mine", new MemorySink()).remote()).isFalse();
	}

	@Test
	void createWhenLocalStoreHandsOutAStore() throws Exception {
		MemorySink memory = new MemorySink();
		TelemetrySink sink = TelemetrySinkFactory.of("mine", memory).create(SESSION);
		sink.emitAll(List.of(event("e0"), event("e1")));
		assertThat(memory.events()).hasSize(2);
		assertThat(sink).isInstanceOfSatisfying(LocalStore.class, (store) -> {
			erase(store);
			assertThat(memory.events()).isEmpty();
		});
	}

	private static Event event(String name) {
		return Event.builder(name).origin(EventOrigin.of("demo", "1")).build();
	}

	private static void erase(LocalStore store) {
		try {
			store.erase();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private final class RecordingSink implements TelemetrySink {

		@Override
		public void emit(Event event) {
			ExistingSinkFactoryTests.this.calls.add("emit " + event.name());
		}

		@Override
		public void emitAll(List<Event> events) {
			ExistingSinkFactoryTests.this.calls.add("emitAll " + events.size());
		}

		@Override
		public void flush() {
			ExistingSinkFactoryTests.this.calls.add("flush");
		}

		@Override
		public void abort() {
			ExistingSinkFactoryTests.this.calls.add("abort");
		}

		@Override
		public void close() {
			ExistingSinkFactoryTests.this.calls.add("close");
		}

	}

}
