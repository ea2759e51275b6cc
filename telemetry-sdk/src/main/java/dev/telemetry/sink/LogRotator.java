package dev.telemetry.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.telemetry.event.EventCodec;
import dev.telemetry.storage.PrivateFile;
import dev.telemetry.storage.ProcessLock;
import org.jspecify.annotations.Nullable;

/*
 * Two processes with one log. Both append at the same time; that needs no lock. Renaming
 * needs the rotation lock. Who has got it looks again whether the path still leads to the
 * file it meant to rotate, because the other may have been first.
 *
 * The other process may go on writing into the renamed file until its next look, which
 * comes before each write: its lines are then at the end of telemetry.log.1. It would
 * lose them only if the file were renamed until it is erased between the look and the
 * write.
 *
 * A crash between two renames leaves a number out; nothing is overwritten, because the
 * highest is renamed first.
 */
/** Renames the files of a log and erases those that are too many or too old. */
final class LogRotator {

	private final LocalLog log;

	private final LogRotation rotation;

	LogRotator(LocalLog log, LogRotation rotation) {
		this.log = log;
		this.rotation = rotation;
	}

	boolean isDue(OpenLog open, int more, Instant now) {
		boolean full = open.size() + more > this.rotation.maxSize();
		boolean old = open.firstEvent().plus(this.rotation.span()).isBefore(now);
		return open.size() > 0 && (full || old);
	}

	/**
	 * Rotate, unless another thread or process is doing it.
	 * @param open the file to rotate, if it still is the current one
	 * @param now the time
	 * @return whether the current file is another one now
	 * @throws IOException if a file could not be renamed or erased
	 */
	boolean rotate(OpenLog open, Instant now) throws IOException {
		try (@Nullable
		ProcessLock lock = ProcessLock.tryAcquire(this.log.lockFile())) {
			if (lock == null) {
				return false;
			}
			if (open.isCurrent()) {
				shift(now);
				erase(this.rotation.maxHistory(), now);
			}
			return true;
		}
	}

	/**
	 * Erase what is too old. If the current file is so old that its first event would
	 * outlive the age, rotate it, even if nothing is written.
	 * @param codec reads the time of an event
	 * @param now the time
	 * @throws IOException if a file could not be renamed or erased
	 */
	void expire(EventCodec codec, Instant now) throws IOException {
		try (@Nullable
		ProcessLock lock = ProcessLock.tryAcquire(this.log.lockFile())) {
			if (lock == null) {
				return;
			}
			this.log.redate(now);
			if (isOld(codec, now)) {
				shift(now);
			}
			erase(this.rotation.maxHistory(), now);
		}
	}

	private boolean isOld(EventCodec codec, Instant now) throws IOException {
		try {
			return OpenLog.firstEvent(this.log.path(), codec, now).plus(this.rotation.span()).isBefore(now);
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	private void shift(Instant now) throws IOException {
		erase(this.rotation.maxHistory() - 1, now);
		List<Integer> numbers = new ArrayList<>(this.log.rotatedFiles().keySet());
		Collections.reverse(numbers);
		for (int number : numbers) {
			move(this.log.rotated(number), this.log.rotated(number + 1));
		}
		if (this.rotation.maxHistory() > 0) {
			move(this.log.path(), this.log.rotated(1));
		}
		else {
			PrivateFile.erase(this.log.path());
		}
	}

	/**
	 * Erase what an earlier run with other settings, or long ago, left.
	 * @param now the time
	 * @throws IOException if a file could not be erased
	 */
	void prune(Instant now) throws IOException {
		try (@Nullable
		ProcessLock lock = ProcessLock.tryAcquire(this.log.lockFile())) {
			if (lock != null) {
				this.log.redate(now);
				erase(this.rotation.maxHistory(), now);
			}
		}
	}

	private void erase(int kept, Instant now) throws IOException {
		Instant limit = now.minus(this.rotation.keep());
		for (Map.Entry<Integer, Path> rotated : this.log.rotatedFiles().entrySet()) {
			if (rotated.getKey() > kept || LocalLog.lastModified(rotated.getValue()).isBefore(limit)) {
				PrivateFile.erase(rotated.getValue());
			}
		}
	}

	private static void move(Path from, Path to) throws IOException {
		try {
			Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (NoSuchFileException ex) {
			// moved away or erased by another process
		}
	}

}
