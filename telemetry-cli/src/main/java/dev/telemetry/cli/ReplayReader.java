package dev.telemetry.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.insight.LocalLogLines;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a log that are sent, and counts the others. Holds one at a time.
 */
final class ReplayReader {

	private final LocalLogLines lines;

	private final ReplaySelection selection;

	private final EventCodec codec = EventCodec.json();

	private final Map<ReplaySkip, Long> skipped = new EnumMap<>(ReplaySkip.class);

	private long read;

	private long selected;

	private int length;

	private @Nullable Instant first;

	private @Nullable Instant last;

	ReplayReader(LocalLogLines lines, ReplaySelection selection) {
		this.lines = lines;
		this.selection = selection;
	}

	/** Return the next event to send, or {@code null} at the end. */
	@Nullable Event next() throws IOException {
		for (byte[] line = this.lines.next(); line != null; line = this.lines.next()) {
			this.read++;
			Event event = decode(line);
			ReplaySkip skip = (event != null) ? this.selection.skips(event) : ReplaySkip.DAMAGED;
			if (event != null && skip == null) {
				select(event, line.length);
				return event;
			}
			if (skip != null) {
				this.skipped.merge(skip, 1L, Long::sum);
			}
		}
		return null;
	}

	private @Nullable Event decode(byte[] line) {
		try {
			return this.codec.decode(line, 0, line.length);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private void select(Event event, int bytes) {
		this.selected++;
		this.length = bytes;
		Instant time = event.timestamp();
		this.first = (this.first == null || time.isBefore(this.first)) ? time : this.first;
		this.last = (this.last == null || time.isAfter(this.last)) ? time : this.last;
	}

	/** Return how many bytes the line of the last event had. */
	int length() {
		return this.length;
	}

	long read() {
		return this.read;
	}

	/** Return which files could not be read. */
	List<String> unread() {
		return this.lines.unread();
	}

	long selected() {
		return this.selected;
	}

	Map<ReplaySkip, Long> skipped() {
		return this.skipped;
	}

	@Nullable Instant first() {
		return this.first;
	}

	@Nullable Instant last() {
		return this.last;
	}

}
