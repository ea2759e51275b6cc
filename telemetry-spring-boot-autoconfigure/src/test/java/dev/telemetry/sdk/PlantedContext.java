package dev.telemetry.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.PlantedLane;
import dev.telemetry.delivery.RetrySettings;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * A front door that follows the real gate in a way that is known to be wrong. Everything
 * else is real: the gate, the lanes, their threads and the sinks.
 */
final class PlantedContext implements TelemetryContext, TelemetrySdk, ConsentListener {

	/** How it is wrong. */
	enum Gate {

		/** A volatile flag is read before each request. */
		FLAG,

		/** A volatile flag is read before each request, and again right before it. */
		SECOND_LOOK,

		/** One buffer serves every session; only the flag goes off and on. */
		OFF_AND_ON,

		/** Workers are inside the session, as they should be; nothing is discarded. */
		KEEPING

	}

	/** A lane that waits this long does not notice by itself that its session is over. */
	private static final DeliverySettings PATIENT = new DeliverySettings(8192, 512, Duration.ofMinutes(10),
			new RetrySettings(Duration.ofMinutes(10), Duration.ofMinutes(10), 1, 0));

	private final ConsentGate gate;

	private final List<TelemetrySinkFactory> sinks;

	private final DeliveryRuntime runtime;

	private final Gate kind;

	private volatile boolean open;

	private volatile @Nullable EventOrigin origin;

	private volatile List<DeliveryLane> lanes = List.of();

	PlantedContext(ConsentGate gate, List<TelemetrySinkFactory> sinks, DeliveryRuntime runtime, Gate kind) {
		this.gate = gate;
		this.sinks = List.copyOf(sinks);
		this.runtime = runtime;
		this.kind = kind;
		gate.addListener(this);
	}

	@Override
	public void opened(ConsentSession session) {
		this.origin = new EventOrigin("demo-app", "1.0.0", null, session.id(), null, null, null);
		if (this.kind != Gate.OFF_AND_ON || this.lanes.isEmpty()) {
			end();
			this.lanes = this.sinks.stream().map((factory) -> lane(factory, session)).toList();
			this.lanes.forEach(DeliveryLane::start);
		}
		this.open = true;
	}

	private DeliveryLane lane(TelemetrySinkFactory factory, ConsentSession session) {
		TelemetrySink sink = sink(factory);
		return switch (this.kind) {
			case KEEPING ->
				new DeliveryLane(factory, sink, PATIENT, this.gate, session, this.runtime, PlantedLane.support());
			case SECOND_LOOK -> PlantedLane.looking(factory, new LookingSink(sink), this.runtime, () -> this.open);
			case FLAG, OFF_AND_ON -> PlantedLane.looking(factory, sink, this.runtime, () -> this.open);
		};
	}

	private TelemetrySink sink(TelemetrySinkFactory factory) {
		try {
			return factory.create(new SinkSession(EventOrigin.of("demo-app", "1.0.0"), "actuator"));
		}
		catch (TelemetryException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void closing(ConsentSession session) {
		this.open = false;
	}

	@Override
	public void closed(ConsentSession session) {
		if (this.kind == Gate.FLAG || this.kind == Gate.SECOND_LOOK) {
			discard();
		}
	}

	private void end() {
		for (DeliveryLane lane : this.lanes) {
			lane.discard();
			lane.close(Duration.ZERO);
		}
	}

	@Override
	public void record(String name) {
		EventOrigin current = this.origin;
		if (this.open && current != null) {
			Event event = Event.builder(name).timestamp(this.runtime.clock().instant()).origin(current).build();
			this.lanes.forEach((lane) -> lane.offer(event));
		}
	}

	@Override
	public void record(String name, Map<String, ?> attributes) {
		record(name);
	}

	@Override
	public EventRecorder event(EventType type) {
		throw new UnsupportedOperationException();
	}

	@Override
	public EventScope start(EventType type) {
		throw new UnsupportedOperationException();
	}

	@Override
	public EventScope start(EventType success, EventType failure) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T time(EventType type, ScopedWork<T, X> work) {
		throw new UnsupportedOperationException();
	}

	@Override
	public TelemetryTracker tracker() {
		throw new UnsupportedOperationException();
	}

	@Override
	public TelemetryContext context() {
		return this;
	}

	@Override
	public boolean isCollecting() {
		return this.open;
	}

	@Override
	public boolean flush(Duration timeout) {
		boolean flushed = true;
		for (DeliveryLane lane : new ArrayList<>(this.lanes)) {
			flushed &= lane.flush(timeout);
		}
		return flushed;
	}

	@Override
	public void discard() {
		this.lanes.forEach(DeliveryLane::discard);
	}

	@Override
	public TelemetryStatus status() {
		return new TelemetryStatus("demo-app", this.open, this.gate.decision(), null, null,
				this.lanes.stream().map(DeliveryLane::status).toList(), Map.of(), List.of());
	}

	@Override
	public ConsentGate gate() {
		return this.gate;
	}

	@Override
	public void close() {
		this.gate.close();
		end();
	}

	/** Looks at the flag once more, right before it sends. */
	private final class LookingSink implements TelemetrySink {

		private final TelemetrySink sink;

		LookingSink(TelemetrySink sink) {
			this.sink = sink;
		}

		@Override
		public void emit(Event event) throws TelemetryException {
			emitAll(List.of(event));
		}

		@Override
		public void emitAll(List<Event> events) throws TelemetryException {
			if (PlantedContext.this.open) {
				this.sink.emitAll(events);
			}
		}

		@Override
		public void flush() throws TelemetryException {
			this.sink.flush();
		}

		@Override
		public void abort() {
			this.sink.abort();
		}

		@Override
		public void close() {
			this.sink.close();
		}

	}

}
