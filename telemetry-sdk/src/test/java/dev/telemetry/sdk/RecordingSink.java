package dev.telemetry.sdk;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.event.Event;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

/** A remote receiver that remembers what reached it, and how often it was made. */
final class RecordingSink implements TelemetrySinkFactory {

	final AtomicInteger made = new AtomicInteger();

	final List<Event> received = new CopyOnWriteArrayList<>();

	/** Runs before each batch is received, inside the session. */
	volatile Step before = () -> {
	};

	List<String> names() {
		return this.received.stream().map(Event::name).toList();
	}

	@Override
	public String name() {
		return "recording";
	}

	@Override
	public String target() {
		return "https://collector.example.com/v1/logs";
	}

	@Override
	public boolean remote() {
		return true;
	}

	@Override
	public TelemetrySink create(SinkSession session) {
		this.made.incrementAndGet();
		return new TelemetrySink() {

			@Override
			public void emit(Event event) {
				RecordingSink.this.received.add(event);
			}

			@Override
			public void emitAll(List<Event> events) throws TelemetryException {
				RecordingSink.this.before.run();
				events.forEach(this::emit);
			}

		};
	}

	static void await(CountDownLatch latch) {
		try {
			Patience.await("what the test waits for", latch);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Something that may be refused. */
	interface Step {

		void run() throws TelemetryException;

	}

}
