package dev.telemetry;

import java.io.IOException;
import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;

/**
 * Notes each identifier durably before the first event that bears it leaves the machine,
 * so that a later reset can ask for the deletion of every one of them. What cannot be
 * noted is not sent.
 */
public final class IdJournalingSink implements TelemetrySink {

	private final TelemetrySink sink;

	private final IdJournal journal;

	/**
	 * Create a sink.
	 * @param sink where events go once their identifiers are noted
	 * @param journal notes them
	 */
	public IdJournalingSink(TelemetrySink sink, IdJournal journal) {
		this.sink = sink;
		this.journal = journal;
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		note(event);
		this.sink.emit(event);
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		for (Event event : events) {
			note(event);
		}
		this.sink.emitAll(events);
	}

	private void note(Event event) throws TelemetryException {
		String id = event.machineId();
		if (id != null) {
			try {
				this.journal.sent(id);
			}
			catch (IOException ex) {
				throw new TelemetryException(TelemetryException.Kind.IO,
						"the identifier could not be noted for a later deletion request", true, ex);
			}
		}
	}

	@Override
	public void flush() throws TelemetryException {
		this.sink.flush();
	}

	@Override
	public boolean probe() throws TelemetryException {
		return this.sink.probe();
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
