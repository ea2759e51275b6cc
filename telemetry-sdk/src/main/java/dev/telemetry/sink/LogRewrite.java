package dev.telemetry.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/*
 * Runs under the rotation lock, so that no other code renames in the meantime. Sinks of
 * this process wait while the file is written anew. Other processes may append; they need
 * no lock. What they append while the new file is written is copied before the rename,
 * and what is appended between that and the rename is copied after it: the old file stays
 * open, and a process that appends checks before each write whether the path still leads
 * to its file.
 *
 * Races that remain, and why they are harmless enough:
 * - A process that is stopped between its look and its write for longer than all this
 *   takes writes into a file without a name: that batch is lost, as it is by a rotation.
 * - A crash right after the rename loses what was appended within the moment before it.
 * - A crash between archiving and the rename archives the same lines again: same id, so a
 *   reader knows them. They are never in neither of the two files.
 */
/**
 * Takes the lines that are too old for their event out of one file of a log. The file is
 * written anew as a whole; the time of its last change stays, which tells its age. Lines
 * that cannot be read stay, and go with their file.
 */
final class LogRewrite {

	/** Lines are in order but for what several writers or a retry mix up. */
	private static final Duration DISORDER = Duration.ofHours(1);

	private static final int CHUNK = 64 * 1024;

	private final LocalLog log;

	private final Path file;

	private final Map<String, LineRetention> rules;

	private final Instant now;

	private final EventCodec codec = EventCodec.json();

	private final List<Range> old = new ArrayList<>();

	private final List<Range> archived = new ArrayList<>();

	/** Lines dated in the future; how old they are is told by a later line. */
	private final List<Undated> undated = new ArrayList<>();

	LogRewrite(LocalLog log, Path file, Map<String, LineRetention> rules, Instant now) {
		this.log = log;
		this.file = file;
		this.rules = rules;
		this.now = now;
	}

	/**
	 * Take out what is too old.
	 * @throws IOException if the file is not ours, or it could not be read or written
	 */
	void run() throws IOException {
		try (FileChannel from = PrivateFile.openForRead(this.file)) {
			find(from);
			if (!this.old.isEmpty()) {
				archive(from);
				synchronized (this.log.monitor()) {
					rewrite(from);
				}
			}
		}
		catch (NoSuchFileException ex) {
			// erased meanwhile
		}
	}

	private void find(FileChannel from) throws IOException {
		Instant young = this.now.minus(shortest()).plus(DISORDER);
		LineScan lines = new LineScan(from, this.codec);
		while (lines.next()) {
			@Nullable Event event = lines.event();
			if (event == null) {
				continue;
			}
			Instant timestamp = event.timestamp();
			if (timestamp.isAfter(this.now)) {
				this.undated.add(new Undated(event.name(), new Range(lines.start(), lines.end())));
				continue;
			}
			if (timestamp.isAfter(young)) {
				return;
			}
			// Written before this one, whatever their date says
			this.undated.forEach((line) -> judge(line.event(), timestamp, line.range()));
			this.undated.clear();
			judge(event.name(), timestamp, new Range(lines.start(), lines.end()));
		}
	}

	private void judge(String event, Instant timestamp, Range line) {
		@Nullable LineRetention rule = this.rules.get(event);
		if (rule != null && !timestamp.plus(rule.age()).isAfter(this.now)) {
			add(this.old, line);
			if (rule.archived()) {
				add(this.archived, line);
			}
		}
	}

	private Duration shortest() {
		return this.rules.values().stream().map(LineRetention::age).min(Duration::compareTo).orElseThrow();
	}

	private static void add(List<Range> ranges, Range line) {
		@Nullable Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
		if (last != null && last.end() == line.start()) {
			ranges.set(ranges.size() - 1, new Range(last.start(), line.end()));
		}
		else {
			ranges.add(line);
		}
	}

	/** Before anything leaves the log it is safe in the archive. */
	private void archive(FileChannel from) throws IOException {
		if (this.archived.isEmpty()) {
			return;
		}
		OpenLog to = OpenLog.open(this.log.archive(), this.codec, this.now);
		try {
			for (Range range : this.archived) {
				append(from, range, to);
			}
			to.force();
		}
		finally {
			to.close();
		}
		PrivateFile.syncDirectory(this.log.directory());
	}

	private void rewrite(FileChannel from) throws IOException {
		FileTime modified = FileTime.from(LocalLog.lastModified(this.file));
		long[] copied = { 0 };
		PrivateFile.write(this.file, modified, (to) -> copied[0] = copy(from, to));
		if (from.size() > copied[0]) {
			OpenLog current = OpenLog.open(this.file, this.codec, this.now);
			try {
				append(from, new Range(copied[0], from.size()), current);
			}
			finally {
				current.close();
			}
		}
	}

	/**
	 * Copy all whole lines but the old ones. A line that is being written, or was torn,
	 * comes after the rename, when nothing is in between.
	 */
	private long copy(FileChannel from, FileChannel to) throws IOException {
		long position = 0;
		for (Range range : this.old) {
			transfer(from, new Range(position, range.start()), to);
			position = range.end();
		}
		long end = wholeLines(from, position);
		transfer(from, new Range(position, end), to);
		return end;
	}

	/**
	 * Where the last line feed of the file is; nothing before a position is looked at.
	 */
	private static long wholeLines(FileChannel from, long position) throws IOException {
		ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
		long end = from.size();
		while (end > position) {
			long start = Math.max(position, end - CHUNK);
			chunk.clear().limit((int) (end - start));
			int count = from.read(chunk, start);
			for (int i = count - 1; i >= 0; i--) {
				if (chunk.get(i) == '\n') {
					return start + i + 1;
				}
			}
			end = start;
		}
		return position;
	}

	private static void transfer(FileChannel from, Range range, FileChannel to) throws IOException {
		long position = range.start();
		while (position < range.end()) {
			long count = from.transferTo(position, range.end() - position, to);
			if (count <= 0) {
				throw new IOException("the log was cut off while it was copied");
			}
			position += count;
		}
	}

	private static void append(FileChannel from, Range range, OpenLog to) throws IOException {
		ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, range.end() - range.start()));
		long position = range.start();
		while (position < range.end()) {
			chunk.clear().limit((int) Math.min(chunk.capacity(), range.end() - position));
			int count = from.read(chunk, position);
			if (count <= 0) {
				throw new IOException("the log was cut off while it was copied");
			}
			to.append(chunk.flip());
			position += count;
		}
	}

	/** A part of a file. */
	private record Range(long start, long end) {

	}

	/** A line whose date says nothing. */
	private record Undated(String event, Range range) {

	}

}
