package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.telemetry.Internal;
import dev.telemetry.event.Event;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.sink.LocalStore;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;

/**
 * Keeps refused events in {@code rejected/<sink>.jsonl} in the home, the newest of at
 * most 1 MiB for each sink. Nothing is created before there is one.
 */
@Internal
public final class RejectedFiles implements RejectedEvents, LocalStore {

	private static final String DIRECTORY = "rejected";

	private static final String SUFFIX = ".jsonl";

	/** The current file and the one before it: 1 MiB together. */
	private static final long MAX_FILE_SIZE = 512 * 1024;

	/** A sink's name becomes a file's. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

	private final Home home;

	private final LogRotation rotation;

	private final InstantSource clock;

	/**
	 * Create a store; nothing is touched.
	 * @param home the home
	 * @param maxAge how long an event may be stored
	 * @param clock tells the age of files
	 */
	public RejectedFiles(Home home, Duration maxAge, InstantSource clock) {
		this.home = home;
		this.rotation = new LogRotation(MAX_FILE_SIZE, 1, maxAge);
		this.clock = clock;
	}

	@Override
	public void keep(String sink, Event event) throws TelemetryException {
		FileSink file = new FileSink(path(sink), this.rotation, this.clock);
		try {
			this.home.createDirectory(DIRECTORY);
			file.emit(event);
		}
		catch (IOException ex) {
			throw new TelemetryException(TelemetryException.Kind.IO,
					"the directory 'rejected' in telemetry.home cannot be created", true, ex);
		}
		finally {
			file.close();
		}
	}

	private Path path(String sink) {
		String name = NAME.matcher(sink).matches() ? sink : "other";
		return directory().resolve(name + SUFFIX);
	}

	private Path directory() {
		return this.home.resolve(DIRECTORY);
	}

	@Override
	public void erase() throws IOException {
		PrivateFile.eraseTree(directory());
	}

	@Override
	public void eraseBefore(Instant limit) throws IOException {
		Instant now = this.clock.instant();
		for (Path file : files()) {
			LocalLog log = new LocalLog(file);
			log.redate(now);
			log.eraseBefore(limit);
		}
	}

	private List<Path> files() throws IOException {
		List<Path> files = new ArrayList<>();
		if (Files.isDirectory(directory(), LinkOption.NOFOLLOW_LINKS)) {
			try (DirectoryStream<Path> found = Files.newDirectoryStream(directory(), "*" + SUFFIX)) {
				found.forEach(files::add);
			}
			catch (DirectoryIteratorException ex) {
				throw ex.getCause();
			}
		}
		return files;
	}

}
