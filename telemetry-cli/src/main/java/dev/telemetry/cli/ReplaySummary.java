package dev.telemetry.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What became of a log.
 *
 * @param reader has counted what was read
 * @param sent how many events the destination accepted
 * @param rejected how many it refused for good
 * @param stopped why the others were not sent, or {@code null}
 * @param goOn when the first of them was recorded, or {@code null}
 */
record ReplaySummary(ReplayReader reader, long sent, long rejected, @Nullable String stopped, @Nullable Instant goOn) {

	/** Return the summary of a log of which nothing is sent. */
	static ReplaySummary dry(ReplayReader reader) {
		return new ReplaySummary(reader, 0, 0, null, null);
	}

	/** Return how many events were to be sent and still are. */
	long left() {
		return this.reader.selected() - this.sent - this.rejected;
	}

	boolean complete() {
		return this.stopped == null && this.rejected == 0;
	}

	void print(CommandEnvironment world, boolean dry) {
		long events = dry ? this.reader.selected() : this.sent;
		String period = (this.reader.first() != null && events > 0)
				? ", from " + this.reader.first() + " to " + this.reader.last() : "";
		world.print(this.reader.read() + " lines read, " + events + (dry ? " events would be sent" : " events sent")
				+ period);
		if (!this.reader.skipped().isEmpty()) {
			world.print("not sent: " + this.reader.skipped()
				.entrySet()
				.stream()
				.map((skip) -> skip.getValue() + " " + skip.getKey().words())
				.collect(Collectors.joining(", ")));
		}
		this.reader.unread().forEach((file) -> world.print("not read: " + file + "; decompress it first"));
		if (this.rejected > 0) {
			world.print("refused for good by the receiver: " + this.rejected);
		}
		if (this.stopped != null) {
			world.print("stopped: " + this.stopped);
			world.print(left() + " events are left" + ((this.goOn != null) ? "; go on with --since " + this.goOn : ""));
		}
	}

	Map<String, Object> json(boolean dry) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("dryRun", dry);
		json.put("read", this.reader.read());
		json.put("sent", this.sent);
		json.put("rejected", this.rejected);
		json.put("left", left());
		Map<String, Object> skipped = new LinkedHashMap<>();
		this.reader.skipped().forEach((skip, lines) -> skipped.put(skip.name().toLowerCase(Locale.ROOT), lines));
		json.put("skipped", skipped);
		json.put("unread", this.reader.unread().isEmpty() ? null : this.reader.unread());
		if (this.reader.first() != null) {
			json.put("first", String.valueOf(this.reader.first()));
			json.put("last", String.valueOf(this.reader.last()));
		}
		if (this.stopped != null) {
			json.put("stopped", this.stopped);
			json.put("goOn", (this.goOn != null) ? this.goOn.toString() : null);
		}
		return json;
	}

}
