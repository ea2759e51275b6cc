package dev.telemetry.sink;

import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.test.AbstractTelemetrySinkTests;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for {@link MemorySink}. */
class MemorySinkTests extends AbstractTelemetrySinkTests {

	private final MemorySink sink = new MemorySink();

	@Override
	protected TelemetrySink sink() {
		return this.sink;
	}

	@Override
	protected List<String> taken() {
		return names(this.sink.events());
	}

	@Override
	protected boolean fail() {
		return false;
	}

	@Test
	void emitWhenFullKeepsTheNewest() throws Exception {
		MemorySink small = new MemorySink(2);
		small.emitAll(events("e", 3));
		assertThat(names(small.events())).containsExactly("e1", "e2");
	}

	@Test
	void eventsIsASnapshot() {
		this.sink.emit(event("a"));
		List<Event> snapshot = this.sink.events();
		this.sink.emit(event("b"));
		assertThat(names(snapshot)).containsExactly("a");
	}

	@Test
	void eraseBeforeErasesOlderEventsOnly() {
		this.sink.emit(builder("old").timestamp(NOON.minusMillis(1)).build());
		this.sink.emit(builder("new").timestamp(NOON).build());
		this.sink.eraseBefore(NOON);
		assertThat(taken()).containsExactly("new");
	}

	@Test
	void createWhenCapacityIsZeroNamesIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MemorySink(0)).withMessageContaining("'capacity'");
	}

}
