package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import dev.telemetry.storage.PrivateFile;
import dev.telemetry.storage.ProcessLock;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the spill that belongs to one lane for as long as the lane lives. Its
 * owner holds the lock on the file {@code lock} in it, which no other code in this
 * process opens while the lock is held: closing another channel on it would release the
 * lock.
 */
final class SpillInstance {

	/*
	 * Between the making of the directory and the taking of its lock another process may
	 * adopt it. It then finds nothing, erases the lock file under the lock, and leaves:
	 * so a process that holds the lock of a lock file that still exists was not adopted,
	 * and will not be. One that comes too late makes another directory.
	 */

	private static final int MAX_ATTEMPTS = 10;

	private static final String LOCK = "lock";

	private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

	/** 18 digits always fit a long. */
	private static final Pattern BATCH = Pattern.compile("00[0-9]{18}\\.batch");

	private static final Pattern TEMPORARY = Pattern.compile("00[0-9]{18}\\.batch\\.[0-9a-f]{32}\\.tmp");

	/** The directories that lanes of this process own. */
	private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

	private final Path path;

	private final ProcessLock lock;

	private long last;

	private SpillInstance(Path path, ProcessLock lock) {
		this.path = path;
		this.lock = lock;
	}

	/** Make a directory and own it. */
	static SpillInstance create(Path root) throws IOException {
		for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
			Path path = root.resolve(UUID.randomUUID().toString().replace("-", ""));
			OURS.add(path);
			@Nullable ProcessLock lock = null;
			boolean owned = false;
			try {
				PrivateFile.createDirectories(path);
				requireDirectory(path);
				lock = tryLock(path);
				owned = lock != null && Files.exists(path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
				if (lock != null && owned) {
					return new SpillInstance(path, lock);
				}
			}
			catch (NoSuchFileException | NotDirectoryException ex) {
				if (attempt == MAX_ATTEMPTS || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
					throw ex;
				}
			}
			finally {
				if (!owned) {
					OURS.remove(path);
					if (lock != null) {
						lock.close();
					}
				}
			}
		}
		throw new IOException("each new directory was adopted at once");
	}

	static void requireDirectory(Path directory) throws IOException {
		if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			throw new NotDirectoryException(directory.toString());
		}
	}

	/** Return the directories of all lanes that are not lanes of this process. */
	static List<Path> others(Path root) throws IOException {
		return all(root).stream().filter((directory) -> !OURS.contains(directory)).toList();
	}

	/** Return whether the lane that a directory belongs to is alive. */
	static boolean isOwned(Path directory) throws IOException {
		if (OURS.contains(directory)) {
			return true;
		}
		if (!Files.exists(directory.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		try (@Nullable
		ProcessLock lock = tryLock(directory)) {
			return lock == null;
		}
	}

	/** Return the directories of all lanes. */
	static List<Path> all(Path root) throws IOException {
		List<Path> all = new ArrayList<>();
		if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
			try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
				for (Path entry : entries) {
					if (matches(NAME, entry) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
						all.add(entry);
					}
				}
			}
		}
		return all;
	}

	/** Return the files in a directory whose names are ours, oldest first. */
	static List<Path> files(Path directory) throws IOException {
		return list(directory, BATCH);
	}

	private static List<Path> list(Path directory, Pattern names) throws IOException {
		List<Path> files = new ArrayList<>();
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
			for (Path entry : entries) {
				if (matches(names, entry) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
					files.add(entry);
				}
			}
		}
		files.sort(null);
		return files;
	}

	private static boolean matches(Pattern names, Path path) {
		return names.matcher(String.valueOf(path.getFileName())).matches();
	}

	/** Return the sequence that the name of a file states. */
	static long sequence(Path file) {
		return Long.parseLong(String.valueOf(file.getFileName()).substring(0, 20));
	}

	static @Nullable ProcessLock tryLock(Path directory) throws IOException {
		return ProcessLock.tryAcquire(directory.resolve(LOCK));
	}

	/** Erase a directory whose lock is held, unless something of others is in it. */
	static void erase(Path directory) throws IOException {
		for (Path temporary : list(directory, TEMPORARY)) {
			PrivateFile.erase(temporary);
		}
		if (files(directory).isEmpty()) {
			PrivateFile.erase(directory.resolve(LOCK));
			try {
				PrivateFile.erase(directory);
			}
			catch (IOException ex) {
				// Not empty: what is left is not ours to erase
			}
		}
	}

	Path path() {
		return this.path;
	}

	/**
	 * Return the next free name.
	 * @param wanted the sequence to use if it is free
	 */
	Path nextFile(long wanted) {
		long sequence = wanted;
		Path file = file(sequence);
		while (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
			file = file(++sequence);
		}
		return file;
	}

	/**
	 * Return a sequence behind all that this instance has given away.
	 * @param now the time, in microseconds
	 */
	long nextSequence(long now) {
		this.last = Math.max(this.last + 1, now);
		return this.last;
	}

	private Path file(long sequence) {
		return this.path.resolve(String.format(Locale.ROOT, "%020d.batch", sequence));
	}

	/** Release the directory; any process may adopt its content. */
	void release() throws IOException {
		try {
			erase(this.path);
		}
		finally {
			OURS.remove(this.path);
			this.lock.close();
		}
	}

}
