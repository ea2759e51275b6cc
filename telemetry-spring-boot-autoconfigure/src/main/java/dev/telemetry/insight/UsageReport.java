package dev.telemetry.insight;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a local log says, counted without any server. Immutable. A log is untrusted input:
 * a line that is no event is skipped and counted.
 */
public final class UsageReport {

	private static final int MAX_FILES = 100;

	private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]{8,20}Z");

	private final List<EventUsage> events;

	private final long skipped;

	private final @Nullable String first;

	private final @Nullable String last;

	private UsageReport(Counter counter) {
		this.events = counter.tallies.values().stream().map(EventTally::usage).toList();
		this.skipped = counter.skipped;
		this.first = counter.first;
		this.last = counter.last;
	}

	/**
	 * Read logs, each with the files it was rotated to. A file that is met twice is read
	 * once. Memory grows with the number of durations, 8 bytes each.
	 * @param logs files as they are written now; rotated ones are beside them, named
	 * {@code <log>.1} and so on
	 * @return the report
	 * @throws NoSuchFileException if one of the logs is not there
	 * @throws IOException if a file cannot be read
	 */
	public static UsageReport read(Collection<Path> logs) throws IOException {
		Counter counter = new Counter();
		for (Path log : logs) {
			counter.read(log);
			boolean more = true;
			for (int i = 1; more && i < MAX_FILES; i++) {
				Path rotated = log.resolveSibling(log.getFileName() + "." + i);
				more = Files.isRegularFile(rotated, LinkOption.NOFOLLOW_LINKS);
				if (more) {
					counter.read(rotated);
				}
			}
		}
		return new UsageReport(counter);
	}

	/**
	 * Return what the logs say about each event.
	 * @return an unmodifiable list, ordered by name
	 */
	public List<EventUsage> events() {
		return this.events;
	}

	/**
	 * Return how many lines were no events.
	 * @return lines that were torn by a crash, damaged, or not ours
	 */
	public long skipped() {
		return this.skipped;
	}

	/**
	 * Return when the first event happened.
	 * @return the time in UTC as it stands in the log, or {@code null}
	 */
	public @Nullable String first() {
		return this.first;
	}

	/**
	 * Return when the last event happened.
	 * @return the time in UTC as it stands in the log, or {@code null}
	 */
	public @Nullable String last() {
		return this.last;
	}

	/** Reads files line by line. */
	private static final class Counter {

		private final Map<String, EventTally> tallies = new TreeMap<>();

		private final Set<Object> seen = new HashSet<>();

		private long skipped;

		private @Nullable String first;

		private @Nullable String last;

		void read(Path file) throws IOException {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			if (!attributes.isRegularFile()) {
				throw new IOException("it is not a file");
			}
			Object key = (attributes.fileKey() != null) ? attributes.fileKey() : file.toRealPath();
			if (this.seen.add(key)) {
				try (SeekableByteChannel channel = Files.newByteChannel(file)) {
					readLines(new ForwardLines(channel));
				}
			}
		}

		private void readLines(ForwardLines lines) throws IOException {
			for (byte[] line = lines.next(); line != null; line = lines.next()) {
				Map<String, Object> event = LogLine.parse(line);
				if (event != null) {
					add(event);
				}
				else {
					this.skipped++;
				}
			}
		}

		private void add(Map<String, Object> event) {
			String time = (event.get("timestamp_utc") instanceof String text && TIMESTAMP.matcher(text).matches())
					? text : null;
			if (time != null && (this.first == null || time.compareTo(this.first) < 0)) {
				this.first = time;
			}
			if (time != null && (this.last == null || time.compareTo(this.last) > 0)) {
				this.last = time;
			}
			String name = String.valueOf(event.get("name"));
			this.tallies.computeIfAbsent(name, EventTally::new)
				.add(event, (time != null) ? time.substring(0, 10) : null);
		}

	}

}
