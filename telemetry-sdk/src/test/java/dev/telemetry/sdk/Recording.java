package dev.telemetry.sdk;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.event.Event;
import dev.telemetry.sink.MemorySink;

/**
 * A context with a memory sink behind a gate that says what the test says, nothing else.
 */
final class Recording implements AutoCloseable {

	final MemorySink memory = new MemorySink();

	final ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();

	final TelemetrySdk context;

	Recording(Consumer<TelemetrySdkBuilder> customizer) {
		TelemetrySdkBuilder builder = TelemetrySdk.builder()
			.tool("mytool")
			.toolVersion("1.2.3")
			.gate(this.gate)
			.sink("memory", this.memory);
		customizer.accept(builder);
		this.context = builder.build();
	}

	static Recording disabled() {
		return new Recording((builder) -> {
		});
	}

	static Recording enabled() {
		return enabled((builder) -> {
		});
	}

	static Recording enabled(Consumer<TelemetrySdkBuilder> customizer) {
		Recording recording = new Recording(customizer);
		recording.gate.enable(ConsentScope.EXPORT, null, "command");
		return recording;
	}

	/** Everything recorded so far, delivered. */
	List<Event> events() {
		if (!this.context.flush(Duration.ofSeconds(30))) {
			throw new AssertionError("Not everything was delivered");
		}
		return this.memory.events();
	}

	Event event() {
		List<Event> events = events();
		if (events.size() != 1) {
			throw new AssertionError("There is not one event but " + events);
		}
		return events.get(0);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
