package dev.telemetry.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.storage.PrivateFile;
import dev.telemetry.storage.UninterruptibleIo;
import org.jspecify.annotations.Nullable;

/*
 * Threads: the lane's threads emit, one after another; a thread that resets may erase at
 * any time. Both take the lock, which all sinks of one log share with the code that
 * removes old lines from it. abort() does nothing: appending to a file ends by itself.
 *
 * Processes: several may append to one log. Each write is one system call with whole
 * lines in append mode, which local file systems do as one step (network file systems do
 * not). Before each write the path is checked: a log that was rotated, moved, deleted or
 * truncated, by another process or by logrotate, is opened anew.
 *
 * Races that remain, and why they are harmless:
 * - A write cut short (disk full) tears its last line. It is closed with a line feed
 *   before the next write; readers skip it. Only if another process writes between the
 *   two is its first line lost too.
 * - The look at the end of the file may see half of what another process is writing. Then
 *   one line feed too many is written: an empty line, which readers skip.
 * - An interrupt may close the channel after its bytes were written. The lines are then
 *   written again: same id, so a reader knows them.
 * - While one process renames, the others go on appending: a file may exceed its size by
 *   what they write in that time.
 */
/**
 * Appends events to a local log, one line of JSON each, private to us (mode 0600, missing
 * directories 0700), rotated by size, age and count. The append is the store: nothing is
 * buffered. A batch that fails may have been written in part; when it comes again its
 * events are there twice with the same id. Nothing is touched before the first event.
 */
public final class FileSink implements TelemetrySink, LocalStore {

	private static final int WRITE_SIZE = 64 * 1024;

	private final LocalLog log;

	private final LogRotator rotator;

	private final int writeSize;

	private final InstantSource clock;

	private final Object lock;

	@GuardedBy("lock")
	private final EventCodec codec = EventCodec.json();

	@GuardedBy("lock")
	private final LineBuffer lines = new LineBuffer(WRITE_SIZE + WRITE_SIZE / 8);

	@GuardedBy("lock")
	private @Nullable OpenLog open;

	@GuardedBy("lock")
	private boolean closed;

	/**
	 * Create a sink.
	 * @param path the path of the log; its directory need not exist
	 * @param rotation how much to store
	 * @param clock tells the age of files
	 */
	public FileSink(Path path, LogRotation rotation, InstantSource clock) {
		this.log = new LocalLog(path);
		this.lock = this.log.monitor();
		this.rotator = new LogRotator(this.log, rotation);
		this.writeSize = (int) Math.min(WRITE_SIZE, rotation.maxSize());
		this.clock = clock;
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		synchronized (this.lock) {
			if (this.closed) {
				throw failure(new IOException("the sink is closed"));
			}
			this.lines.truncate(0);
			for (Event event : events) {
				write(event);
			}
			writeLines();
		}
	}

	@GuardedBy("lock")
	private void write(Event event) throws TelemetryException {
		int start = this.lines.length();
		this.codec.encode(event, this.lines);
		if (start > 0 && this.lines.length() > this.writeSize) {
			ByteBuffer all = this.lines.view();
			append(all.limit(start));
			this.lines.truncate(0);
			this.codec.encode(event, this.lines);
		}
	}

	@GuardedBy("lock")
	private void writeLines() throws TelemetryException {
		append(this.lines.view());
	}

	@GuardedBy("lock")
	private void append(ByteBuffer whole) throws TelemetryException {
		try {
			UninterruptibleIo.call(() -> appendOnce(whole.duplicate()));
		}
		catch (IOException ex) {
			release();
			throw failure(ex);
		}
	}

	// Runs within append(), whose caller holds the lock
	@SuppressWarnings("GuardedBy")
	private Path appendOnce(ByteBuffer whole) throws IOException {
		Instant now = this.clock.instant();
		OpenLog current = current(now);
		if (this.rotator.isDue(current, whole.remaining(), now) && this.rotator.rotate(current, now)) {
			current = reopen(now);
		}
		current.append(whole);
		return this.log.path();
	}

	@GuardedBy("lock")
	private OpenLog current(Instant now) throws IOException {
		@Nullable OpenLog current = this.open;
		return (current != null && current.isCurrent()) ? current : reopen(now);
	}

	@GuardedBy("lock")
	private OpenLog reopen(Instant now) throws IOException {
		if (this.open == null) {
			PrivateFile.createDirectories(this.log.directory());
			this.rotator.prune(now);
		}
		release();
		PrivateFile.createDirectories(this.log.directory());
		OpenLog opened = OpenLog.open(this.log.path(), this.codec, now);
		this.open = opened;
		return opened;
	}

	@Override
	public void flush() throws TelemetryException {
		synchronized (this.lock) {
			@Nullable OpenLog current = this.open;
			if (current != null) {
				force(current);
			}
		}
	}

	@GuardedBy("lock")
	private void force(OpenLog current) throws TelemetryException {
		try {
			UninterruptibleIo.call(current::force);
		}
		catch (IOException ex) {
			release();
			throw failure(ex);
		}
	}

	@Override
	public void close() {
		synchronized (this.lock) {
			this.closed = true;
			release();
		}
	}

	/**
	 * Let go of the file. What was written is written, so that a failure means nothing.
	 */
	@GuardedBy("lock")
	private void release() {
		@Nullable OpenLog current = this.open;
		this.open = null;
		if (current != null) {
			try {
				current.close();
			}
			catch (IOException ex) {
				// the channel is closed all the same
			}
		}
	}

	@Override
	public void erase() throws IOException {
		synchronized (this.lock) {
			release();
			this.log.erase();
		}
	}

	@Override
	public void eraseBefore(Instant limit) throws IOException {
		synchronized (this.lock) {
			this.log.eraseBefore(limit);
		}
	}

	/** The path stays out of the message: it may hold a user's name. */
	private static TelemetryException failure(IOException ex) {
		@Nullable String reason = (ex instanceof FileSystemException fileFailure) ? fileFailure.getReason() : ex.getMessage();
		return new TelemetryException(TelemetryException.Kind.IO,
				"the local log was not written: " + ((reason != null) ? reason : ex.getClass().getSimpleName()), true,
				ex);
	}

}
