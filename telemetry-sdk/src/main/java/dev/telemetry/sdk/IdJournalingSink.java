package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.telemetry.Internal;
import dev.telemetry.event.Event;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import org.jspecify.annotations.Nullable;

/**
 * Notes each identifier durably before the first event that contains it leaves the
 * machine, so that a later reset can ask for the deletion of every one of them. What
 * cannot be noted is not sent.
 */
@Internal
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
		noteAll(events);
		this.sink.emitAll(events);
	}

	@Override
	public void emitAll(List<Event> events, BooleanSupplier goOn) throws TelemetryException {
		noteAll(events);
		this.sink.emitAll(events, goOn);
	}

	private void noteAll(List<Event> events) throws TelemetryException {
		for (Event event : events) {
			note(event);
		}
	}

	private void note(Event event) throws TelemetryException {
		String id = event.machineId();
		if (id != null) {
			try {
				this.journal.sent(id);
			}
			catch (IOException ex) {
				throw new TelemetryException(TelemetryException.Kind.IO,
						"the identifier could not be noted for a later deletion request" + reason(ex), true, ex);
			}
		}
	}

	/** Never a path. */
	private static String reason(IOException failure) {
		@Nullable String reason = (failure instanceof FileSystemException ex) ? ex.getReason() : failure.getMessage();
		return (reason != null) ? ": " + reason : "";
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
