package dev.telemetry.sink;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import dev.telemetry.Internal;
import dev.telemetry.event.EventCodec;
import dev.telemetry.storage.PrivateFile;
import dev.telemetry.storage.ProcessLock;
import org.jspecify.annotations.Nullable;

/**
 * The files of a local log: {@code telemetry.log}, and the rotated ones
 * {@code telemetry.log.1} (the newest), {@code telemetry.log.2} and so on. Nothing
 * remains open, so that a log can be erased without a sink, also that of an earlier run.
 * Beside them is what was archived; it goes with {@link #erase} only. Safe for use by
 * several threads and processes.
 */
@Internal
public final class LocalLog implements LocalStore {

	private static final int MAX_DIGITS = 9;

	/**
	 * Each pass erases what it found; a second one finds what a rotation in another
	 * process renamed meanwhile. More would only chase a log that is still being written.
	 */
	private static final int ERASE_PASSES = 3;

	/** Clocks of file systems, of servers for example, differ a little. */
	private static final Duration TOLERANCE = Duration.ofMinutes(1);

	private static final Map<Path, Object> MONITORS = new ConcurrentHashMap<>();

	private final Path path;

	/**
	 * Describe a log; nothing is touched.
	 * @param path the path of the current file
	 */
	public LocalLog(Path path) {
		this.path = path.toAbsolutePath().normalize();
	}

	public Path path() {
		return this.path;
	}

	/**
	 * Return what those who append to the log and those who write it anew synchronize on:
	 * one object for each log in this process.
	 */
	Object monitor() {
		return MONITORS.computeIfAbsent(this.path, (path) -> new Object());
	}

	Path directory() throws IOException {
		@Nullable Path directory = this.path.getParent();
		if (directory == null) {
			throw new IOException("not a file: " + this.path);
		}
		return directory;
	}

	Path rotated(int number) {
		return this.path.resolveSibling(this.path.getFileName() + "." + number);
	}

	/**
	 * Return where lines go that their event wants archived.
	 * @return {@code telemetry-archive.jsonl} beside {@code telemetry.log}
	 */
	public Path archive() {
		String name = String.valueOf(this.path.getFileName());
		int dot = name.lastIndexOf('.');
		return this.path.resolveSibling(((dot > 0) ? name.substring(0, dot) : name) + "-archive.jsonl");
	}

	Path lockFile() {
		return this.path.resolveSibling(this.path.getFileName() + ".lock");
	}

	/**
	 * List the files that exist.
	 * @return the paths, oldest events first
	 * @throws IOException if the directory cannot be read
	 */
	public List<Path> files() throws IOException {
		List<Path> files = new ArrayList<>(rotatedFiles().values());
		Collections.reverse(files);
		if (Files.exists(this.path, LinkOption.NOFOLLOW_LINKS)) {
			files.add(this.path);
		}
		return Collections.unmodifiableList(files);
	}

	SortedMap<Integer, Path> rotatedFiles() throws IOException {
		SortedMap<Integer, Path> rotated = new TreeMap<>();
		for (Path sibling : siblings()) {
			int number = number(String.valueOf(sibling.getFileName()));
			if (number > 0) {
				rotated.put(number, sibling);
			}
		}
		return rotated;
	}

	private List<Path> siblings() throws IOException {
		List<Path> siblings = new ArrayList<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(directory())) {
			found.forEach(siblings::add);
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			return siblings;
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
		return siblings;
	}

	/** What was being written anew when the process died. */
	private List<Path> unfinished() throws IOException {
		String prefix = this.path.getFileName() + ".";
		return siblings().stream().filter((sibling) -> {
			String name = String.valueOf(sibling.getFileName());
			return name.startsWith(prefix) && PrivateFile.isUnfinished(name);
		}).toList();
	}

	/** The number of a rotated file, or 0 when the name is not one of ours. */
	private int number(String name) {
		String prefix = this.path.getFileName() + ".";
		if (!name.startsWith(prefix)) {
			return 0;
		}
		String digits = name.substring(prefix.length());
		boolean number = !digits.isEmpty() && digits.length() <= MAX_DIGITS && digits.charAt(0) != '0'
				&& digits.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
		return number ? Integer.parseInt(digits) : 0;
	}

	@Override
	public void erase() throws IOException {
		List<Path> files = everything();
		for (int pass = 0; pass < ERASE_PASSES && !files.isEmpty(); pass++) {
			for (Path file : files) {
				PrivateFile.erase(file);
			}
			files = everything();
		}
		sync();
	}

	private List<Path> everything() throws IOException {
		List<Path> all = new ArrayList<>(unfinished());
		all.addAll(files());
		if (Files.exists(archive(), LinkOption.NOFOLLOW_LINKS)) {
			all.add(archive());
		}
		return all;
	}

	/**
	 * Erase the files whose last event is older than a point in time. No file is
	 * rewritten: an event older than that stays while its file holds newer ones. Does
	 * nothing while another process rotates the log.
	 * @param limit events before it go
	 * @throws IOException if something could not be erased
	 */
	@Override
	public void eraseBefore(Instant limit) throws IOException {
		if (files().isEmpty()) {
			return;
		}
		try (@Nullable
		ProcessLock lock = ProcessLock.tryAcquire(lockFile())) {
			for (Path file : (lock != null) ? files() : List.<Path>of()) {
				if (lastModified(file).isBefore(limit)) {
					PrivateFile.erase(file);
				}
			}
		}
		sync();
	}

	/**
	 * Take out the lines that are too old for their event, from the current file and the
	 * rotated ones; what is archived is safe there before it leaves. Each file is written
	 * anew as a whole or stays as it is. Does nothing while another process rotates the
	 * log.
	 * @param rules how long events are stored, by their name; others stay
	 * @param now the time
	 * @throws IOException if something could not be read or written
	 */
	public void retain(Map<String, LineRetention> rules, Instant now) throws IOException {
		if (rules.isEmpty() || files().isEmpty()) {
			return;
		}
		try (@Nullable
		ProcessLock lock = ProcessLock.tryAcquire(lockFile())) {
			if (lock != null) {
				for (Path file : unfinished()) {
					PrivateFile.erase(file);
				}
				for (Path file : files()) {
					new LogRewrite(this, file, rules, now).run();
				}
			}
		}
	}

	/**
	 * Apply the age limit even if nothing is written: rotate and erase by age as
	 * {@code rotation} states. Does nothing without files, or while another process
	 * rotates the log.
	 * @param rotation how much the log may store
	 * @param now the time
	 * @throws IOException if something could not be renamed or erased
	 */
	public void expire(LogRotation rotation, Instant now) throws IOException {
		if (!files().isEmpty()) {
			new LogRotator(this, rotation).expire(EventCodec.json(), now);
			sync();
		}
	}

	/**
	 * Date files that say they were changed in the future as of now, so that they age:
	 * the clock was wrong when they were written.
	 * @param now the time
	 * @throws IOException if a file cannot be looked at or dated
	 */
	public void redate(Instant now) throws IOException {
		for (Path file : files()) {
			Instant modified = lastModified(file);
			if (modified.isAfter(now.plus(TOLERANCE)) && !modified.equals(Instant.MAX)) {
				Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
					.setTimes(FileTime.from(now), null, null);
			}
		}
	}

	private void sync() throws IOException {
		if (Files.isDirectory(directory())) {
			PrivateFile.syncDirectory(directory());
		}
	}

	static Instant lastModified(Path file) throws IOException {
		try {
			return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
		}
		catch (NoSuchFileException ex) {
			// erased or renamed by another process meanwhile
			return Instant.MAX;
		}
	}

}
