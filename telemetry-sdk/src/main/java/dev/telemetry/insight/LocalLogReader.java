package dev.telemetry.insight;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads the local log, rotated files included. The newest lines are read from the ends of
 * files: the cost grows with their number, not with the size of the log. Links, FIFOs and
 * devices are never opened. Safe for use by several threads and beside a writer.
 */
public final class LocalLogReader {

	/*
	 * No state is shared. A writer may rotate while we read: the file we have read then
	 * comes again under its next name and is recognised by its key (where the file system
	 * has keys; elsewhere its lines come twice). The check that a file is regular and its
	 * opening are two steps; only the owner of the private home could swap it in between.
	 */

	/** Bounds on what is looked at, whatever is asked for and whatever the files hold. */
	private static final int MAX_FILES = 100;

	private static final int MAX_SKIPPED = 10_000;

	private static final long MAX_BYTES = 8 * 1024 * 1024;

	private final @Nullable Path log;

	/**
	 * Create a reader.
	 * @param log the file that is written now; rotated ones are beside it, named
	 * {@code <log>.1} and so on, a greater number being older; {@code null} when there is
	 * no log
	 */
	public LocalLogReader(@Nullable Path log) {
		this.log = log;
	}

	/**
	 * Read the newest events.
	 * @param limit the most to return, at least 1
	 * @return the newest events, the oldest of them first as in the log
	 * @throws IOException if a file could not be read
	 */
	public Page newest(int limit) throws IOException {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1");
		}
		Collector collector = new Collector(limit);
		Set<Object> seen = new HashSet<>();
		Path current = this.log;
		for (int i = 0; current != null && i < MAX_FILES && !collector.isFull(); i++) {
			Path file = (i == 0) ? current : current.resolveSibling(current.getFileName() + "." + i);
			@Nullable BasicFileAttributes attributes = attributes(file);
			if (attributes == null && i > 0) {
				break;
			}
			if (attributes != null && attributes.isRegularFile()
					&& (attributes.fileKey() == null || seen.add(attributes.fileKey()))) {
				read(file, collector);
			}
		}
		return collector.page();
	}

	/**
	 * Count the whole log, rotated files included.
	 * @param query what to count
	 * @return the report; an empty one if there is no log
	 * @throws IOException if a file could not be read
	 */
	public UsageReport report(ReportQuery query) throws IOException {
		return UsageReport.readOwn(this.log, query);
	}

	private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
		try {
			return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private static void read(Path file, Collector collector) throws IOException {
		try (SeekableByteChannel channel = Files.newByteChannel(file,
				Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
			ReverseLines lines = new ReverseLines(channel);
			while (!collector.isFull()) {
				byte @Nullable [] line = lines.next();
				if (line == null) {
					break;
				}
				collector.add(line);
			}
		}
		catch (NoSuchFileException ex) {
			// Rotated away since we looked: its lines are in the next file
		}
	}

	/**
	 * What was read.
	 *
	 * @param events one map for each event, with its fields as they are in the line:
	 * text, {@link Long}, {@link Double}, {@link Boolean} and maps of those; the oldest
	 * first
	 * @param skipped how many lines met on the way were no events: torn by a crash, or
	 * not ours
	 */
	public record Page(List<Map<String, Object>> events, int skipped) {

		public Page {
			events = List.copyOf(events);
		}

	}

	/** Keeps what is read, newest first, until there is enough. */
	private static final class Collector {

		private final List<Map<String, Object>> events = new ArrayList<>();

		private final int limit;

		private int skipped;

		private long bytes;

		Collector(int limit) {
			this.limit = limit;
		}

		boolean isFull() {
			return this.events.size() >= this.limit || this.skipped >= MAX_SKIPPED || this.bytes >= MAX_BYTES;
		}

		void add(byte[] line) {
			this.bytes += line.length;
			@Nullable Map<String, Object> event = LogLine.parse(line);
			if (event != null) {
				this.events.add(event);
			}
			else {
				this.skipped++;
			}
		}

		Page page() {
			List<Map<String, Object>> ordered = new ArrayList<>(this.events);
			Collections.reverse(ordered);
			return new Page(ordered, this.skipped);
		}

	}

}
