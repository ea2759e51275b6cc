package dev.telemetry.insight;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a local log says, counted without any server. Immutable. A log is untrusted input:
 * a line that is no event is skipped and counted.
 * <p>
 * Figures are exact, whatever the size of the log, and memory is bounded: at most 1,000
 * events by name, 1,000 groups, 100 kinds of errors and 4,000 days of each, and four
 * million characters of names in all. The first that are met count, from the newest file
 * on; the rest counts as {@code other}. Percentiles need no limit: a log that has more
 * distinct durations than there is room for is read again.
 */
public final class UsageReport {

	/** Room for distinct durations: 16 bytes each. */
	private static final int SLOTS = 1 << 20;

	private static final int MAX_SLOTS = 1 << 16;

	private static final int MIN_SLOTS = 1 << 4;

	private final ReportQuery query;

	private final List<EventUsage> events;

	private final long skipped;

	private final List<String> unread;

	private final @Nullable String first;

	private final @Nullable String last;

	private UsageReport(Counter counter, List<String> unread) {
		this.query = counter.query;
		this.events = counter.tallies().filter((tally) -> !tally.isEmpty()).map(EventTally::usage).toList();
		this.skipped = counter.skipped;
		this.unread = unread;
		this.first = (counter.first != null) ? counter.first.text() : null;
		this.last = (counter.last != null) ? counter.last.text() : null;
	}

	/**
	 * Read logs, each with the files it was rotated to. A file that is met twice is read
	 * once, one that was compressed with gzip as well.
	 * @param logs files as they are written now; rotated ones are beside them, named
	 * {@code <log>.1} or {@code <log>.1.gz} and so on
	 * @param query what to count
	 * @param progress is told how far it is
	 * @return the report
	 * @throws NoSuchFileException if one of the logs is not there
	 * @throws UnreadableLogException if one of them is compressed in another way
	 * @throws IOException if a file cannot be read
	 */
	public static UsageReport read(Collection<Path> logs, ReportQuery query, ReportProgress progress)
			throws IOException {
		return read(logs, query, progress, SLOTS);
	}

	static UsageReport read(Collection<Path> logs, ReportQuery query, ReportProgress progress, int slots,
			LinkOption... links) throws IOException {
		try (ReportFiles files = ReportFiles.open(logs, links)) {
			Counter counter = new Counter(query, slots);
			files.read(counter::add, progress);
			for (int open = counter.narrow(); open > 0; open = counter.narrow()) {
				counter.begin(slots / open);
				files.read(counter::addAgain, progress);
			}
			return new UsageReport(counter, files.unread());
		}
	}

	/** Read the log of a home, which the user has not named: links are not followed. */
	static UsageReport readOwn(@Nullable Path log, ReportQuery query) throws IOException {
		try {
			return read((log != null) ? List.of(log) : List.of(), query, ReportProgress.NONE, SLOTS,
					LinkOption.NOFOLLOW_LINKS);
		}
		catch (NoSuchFileException ex) {
			// Nothing was recorded yet
			return read(List.of(), query, ReportProgress.NONE);
		}
	}

	/**
	 * Return what was counted.
	 * @return the query
	 */
	public ReportQuery query() {
		return this.query;
	}

	/**
	 * Return what the logs say about each event.
	 * @return an unmodifiable list, ordered by name, {@code other} last
	 */
	public List<EventUsage> events() {
		return this.events;
	}

	/**
	 * Return how many events were counted.
	 * @return the number of lines in the log
	 */
	public long count() {
		return this.events.stream().mapToLong(EventUsage::count).sum();
	}

	/**
	 * Return how many lines were no events.
	 * @return lines that were torn by a crash, damaged, or not ours
	 */
	public long skipped() {
		return this.skipped;
	}

	/**
	 * Return which files were not read, or not to their end.
	 * @return the name of each file and why, such as
	 * {@code telemetry.log.2.zst: it is compressed with zstd}
	 */
	public List<String> unread() {
		return this.unread;
	}

	/**
	 * Return when the first event happened.
	 * @return the time in UTC as it is written in the log, or {@code null}
	 */
	public @Nullable String first() {
		return this.first;
	}

	/**
	 * Return when the last event happened.
	 * @return the time in UTC as it is written in the log, or {@code null}
	 */
	public @Nullable String last() {
		return this.last;
	}

	/** Counts lines. */
	private static final class Counter {

		private final Map<String, EventTally> tallies = new TreeMap<>();

		private final ReportQuery query;

		private final ReportLimits limits;

		private final EventTally other;

		private long skipped;

		private @Nullable EventTime first;

		private @Nullable EventTime last;

		Counter(ReportQuery query, int slots) {
			this.query = query;
			this.limits = new ReportLimits(slots);
			this.other = tally(ReportLimits.OTHER);
		}

		private EventTally tally(String name) {
			return new EventTally(name, this.query, this.limits);
		}

		Stream<EventTally> tallies() {
			return Stream.concat(this.tallies.values().stream(), Stream.of(this.other));
		}

		void add(byte[] line) {
			Map<String, Object> event = LogLine.parse(line);
			if (event == null) {
				this.skipped++;
				return;
			}
			EventTime time = EventTime.parse(event.get("timestamp_utc"));
			String name = String.valueOf(event.get("name"));
			if (this.query.covers(name, time)) {
				if (time != null) {
					this.first = (this.first == null || time.isBefore(this.first)) ? time : this.first;
					this.last = (this.last == null || this.last.isBefore(time)) ? time : this.last;
				}
				this.limits.admit(this.tallies, name, ReportLimits.MAX_EVENTS, this::tally, this.other)
					.add(event, time);
			}
		}

		/** Return how many percentiles need another reading. */
		int narrow() throws IOException {
			int open = 0;
			for (DurationTally durations : durations()) {
				open += durations.narrow();
			}
			return open;
		}

		private List<DurationTally> durations() {
			return tallies().flatMap(EventTally::durations).toList();
		}

		void begin(int room) {
			int slots = Math.max(MIN_SLOTS, Math.min(MAX_SLOTS, Integer.highestOneBit(Math.max(1, room))));
			durations().forEach((tally) -> tally.begin(this.limits, slots));
		}

		void addAgain(byte[] line) {
			Map<String, Object> event = LogLine.parse(line);
			if (event != null) {
				String name = String.valueOf(event.get("name"));
				if (this.query.covers(name, EventTime.parse(event.get("timestamp_utc")))) {
					this.tallies.getOrDefault(name, this.other).addAgain(event);
				}
			}
		}

	}

}
