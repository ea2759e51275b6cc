package dev.telemetry.sdk;

import java.time.Duration;
import java.util.List;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.event.Event;
import dev.telemetry.sink.MemorySink;

/** A context that writes to memory, behind a gate that tests open and close. */
final class RecordingFixture implements AutoCloseable {

	final MemorySink sink = new MemorySink();

	final ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();

	final TelemetrySdk context;

	RecordingFixture() {
		this(TelemetrySdk.builder());
	}

	RecordingFixture(TelemetrySdkBuilder builder) {
		this.context = builder.tool("demo").gate(this.gate).sink("memory", this.sink).build();
	}

	RecordingFixture open() {
		this.gate.enable(ConsentScope.LOCAL, null, "command");
		return this;
	}

	List<Event> events() {
		this.context.flush(Duration.ofSeconds(30));
		return this.sink.events();
	}

	Event event() {
		List<Event> events = events();
		if (events.size() != 1) {
			throw new AssertionError("Not one event: " + events);
		}
		return events.get(0);
	}

	long dropped(String reason) {
		return this.context.status().dropped().getOrDefault(reason, -1L);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
