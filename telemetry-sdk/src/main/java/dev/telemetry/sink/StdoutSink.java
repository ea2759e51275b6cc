package dev.telemetry.sink;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Prints events to a stream such as standard output, one line of JSON each. The lines of
 * a batch are one write. The stream is never closed; once it has failed it stays failed,
 * as print streams do. Used by one lane, so nothing is shared between threads.
 */
public final class StdoutSink implements TelemetrySink {

	private final PrintStream out;

	private final EventCodec codec = EventCodec.json();

	private final LineBuffer lines = new LineBuffer(1024);

	/**
	 * Create a sink.
	 * @param out the stream to print to
	 */
	public StdoutSink(PrintStream out) {
		this.out = out;
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		this.lines.truncate(0);
		for (Event event : events) {
			this.codec.encode(event, this.lines);
		}
		try {
			this.lines.writeTo(this.out);
		}
		catch (IOException ex) {
			throw failure(ex);
		}
		flush();
	}

	@Override
	public void flush() throws TelemetryException {
		if (this.out.checkError()) {
			throw failure(null);
		}
	}

	private static TelemetryException failure(@Nullable IOException cause) {
		return new TelemetryException(TelemetryException.Kind.IO, "the stream did not take the events", true, cause);
	}

}
