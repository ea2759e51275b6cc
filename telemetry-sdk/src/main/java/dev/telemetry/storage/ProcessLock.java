package dev.telemetry.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/*
 * Why two locks. The file lock keeps other processes out. Within one process it does not
 * work between two channels: the second attempt throws, and closing the second channel
 * silently releases the lock of the first (POSIX: a process's locks on a file end with
 * any of its descriptors). So a set of paths excludes the other threads of this process
 * first, and only the thread that added a path to the set opens the lock file.
 *
 * No thread ever waits: what cannot be done now is done later, and a stopped process that
 * holds the lock stops no other one.
 */
/**
 * A right that one process has at a time, and in it one holder: to rename the files of a
 * log, for example. It ends with the process.
 */
public final class ProcessLock implements AutoCloseable {

	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final Path file;

	private final FileChannel channel;

	private ProcessLock(Path file, FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Take the lock if it is free.
	 * @param file the lock file; created when missing, and opened by no other code
	 * @return the lock, or {@code null} when another thread or process holds it
	 * @throws IOException if the lock file cannot be used
	 */
	public static @Nullable ProcessLock tryAcquire(Path file) throws IOException {
		if (!HELD.add(file)) {
			return null;
		}
		@Nullable FileChannel channel = null;
		boolean acquired = false;
		try {
			channel = PrivateFile.openForAppend(file);
			@Nullable FileLock lock = channel.tryLock();
			acquired = lock != null;
			return acquired ? new ProcessLock(file, channel) : null;
		}
		finally {
			if (!acquired) {
				release(file, channel);
			}
		}
	}

	private static void release(Path file, @Nullable FileChannel channel) throws IOException {
		try {
			if (channel != null) {
				channel.close();
			}
		}
		finally {
			HELD.remove(file);
		}
	}

	@Override
	public void close() throws IOException {
		release(this.file, this.channel);
	}

}
