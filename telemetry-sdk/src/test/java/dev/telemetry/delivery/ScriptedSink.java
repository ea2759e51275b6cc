package dev.telemetry.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;

/** Remembers what it took and does what the test tells it to. */
final class ScriptedSink implements TelemetrySink {

	final List<List<Event>> batches = Collections.synchronizedList(new ArrayList<>());

	final AtomicInteger calls = new AtomicInteger();

	final AtomicInteger flushes = new AtomicInteger();

	final AtomicInteger probes = new AtomicInteger();

	final AtomicInteger aborts = new AtomicInteger();

	final AtomicInteger closes = new AtomicInteger();

	volatile Action action = (events) -> {
	};

	volatile Probe probe = () -> false;

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		this.calls.incrementAndGet();
		this.action.run(events);
		this.batches.add(events);
	}

	@Override
	public boolean probe() throws TelemetryException {
		this.probes.incrementAndGet();
		return this.probe.answer();
	}

	@Override
	public void flush() {
		this.flushes.incrementAndGet();
	}

	@Override
	public void abort() {
		this.aborts.incrementAndGet();
	}

	@Override
	public void close() {
		this.closes.incrementAndGet();
	}

	List<String> names() {
		synchronized (this.batches) {
			return this.batches.stream().flatMap(List::stream).map(Event::name).toList();
		}
	}

	/** What is answered to a question. */
	interface Probe {

		boolean answer() throws TelemetryException;

	}

	/** What happens before the events count as taken. */
	interface Action {

		void run(List<Event> events) throws TelemetryException;

	}

}
