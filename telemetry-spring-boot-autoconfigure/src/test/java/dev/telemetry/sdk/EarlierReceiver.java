package dev.telemetry.sdk;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.telemetry.event.Event;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

/**
 * Stands where the OTLP sink of an earlier home stood, with its name and address, so that
 * notice and spill are its own. While it is away it refuses everything.
 */
final class EarlierReceiver implements TelemetrySinkFactory {

	final List<Event> received = new CopyOnWriteArrayList<>();

	private final boolean away;

	EarlierReceiver(boolean away) {
		this.away = away;
	}

	@Override
	public String name() {
		return "otlp";
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
		return new TelemetrySink() {

			@Override
			public void emit(Event event) throws TelemetryException {
				emitAll(List.of(event));
			}

			@Override
			public void emitAll(List<Event> events) throws TelemetryException {
				if (EarlierReceiver.this.away) {
					throw new TelemetryException(TelemetryException.Kind.IO, "away", true, null);
				}
				EarlierReceiver.this.received.addAll(events);
			}

		};
	}

}
