package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.telemetry.consent.gate.ConsentGrant;
import dev.telemetry.delivery.SpillFormat.Header;
import dev.telemetry.delivery.SpillFormat.Part;
import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import dev.telemetry.storage.ProcessLock;
import dev.telemetry.storage.UninterruptibleIo;
import org.jspecify.annotations.Nullable;

/**
 * The storage of one lane on disk: its own directory, and what dead lanes of the same
 * sink left, which it moves there.
 * <p>
 * The collecting thread writes, adopts and closes; the sending thread reads and removes.
 */
final class SpillStore {

	/*
	 * Age. A file knows when it was written by the wall clock only (its name). What this
	 * lane wrote is as old as the monotonic clock says, so that a wall clock that jumps
	 * prunes nothing; an adopted file begins with its age by the wall clock. One from the
	 * future counts as new, and gets a name that says so: else it would be new again for
	 * each lane that adopts it.
	 */

	/** So that neither a denial nor the buffer waits for a slow disk. */
	private static final long LONGEST_ADOPTION = TimeUnit.MILLISECONDS.toNanos(100);

	private final Home home;

	private final String sink;

	/** Another one may have taken it over by the next time it is asked for. */
	private final Supplier<ConsentGrant> grant;

	private final SpillSettings settings;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private final SpillFormat writing = new SpillFormat();

	private final SpillFormat reading = new SpillFormat();

	private @Nullable SpillInstance instance;

	private long others;

	SpillStore(Home home, String sink, Supplier<ConsentGrant> grant, SpillSettings settings, InstantSource clock,
			LongSupplier nanoTime) {
		this.home = home;
		this.sink = sink;
		this.grant = grant;
		this.settings = settings;
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	/** Return how much this lane may store, given what others had at the last check. */
	long limit() {
		return this.settings.maxBytes() - this.others;
	}

	boolean isExpired(SpilledBatch file) {
		return isTooOld(this.nanoTime.getAsLong() - file.born());
	}

	private boolean isTooOld(long nanos) {
		return nanos / 1_000_000_000 >= this.settings.maxAge().toSeconds();
	}

	/** Make the next file of a batch, in memory. */
	Part encode(Batch batch, int next) {
		return this.writing.write(this.grant.get().id(), batch.events(), next);
	}

	/** Write a file whole. */
	SpilledBatch write(byte[] content, long from, int size) throws IOException {
		SpillInstance own = own();
		Path file = own.nextFile(own.nextSequence(micros()));
		try {
			PrivateFile.write(file, content, this.settings.fsync());
		}
		catch (NoSuchFileException ex) {
			// The directory was erased; the next write makes another one
			close();
			throw ex;
		}
		catch (IOException ex) {
			// It may be there and only not be durable: its events stay in memory
			PrivateFile.erase(file);
			throw ex;
		}
		return new SpilledBatch(from, file, SpillInstance.sequence(file), 0, size, content.length,
				this.nanoTime.getAsLong());
	}

	private long micros() {
		return Math.max(0, this.clock.millis()) * 1000;
	}

	private SpillInstance own() throws IOException {
		SpillInstance own = this.instance;
		if (own == null) {
			Path spill = this.home.createDirectory("spill");
			SpillInstance.requireDirectory(spill);
			Path root = root();
			PrivateFile.createDirectories(root);
			SpillInstance.requireDirectory(root);
			own = SpillInstance.create(root);
			this.instance = own;
		}
		return own;
	}

	private Path root() {
		return this.home.resolve("spill").resolve(this.sink);
	}

	/** Read what is not settled of a file. */
	Found read(SpilledBatch file) {
		PrivateFile.Content content = PrivateFile.read(file.file(), SpillFormat.MAX_FILE);
		if (content.isAbsent()) {
			return new Found(List.of(), DropReason.WITHDRAWN);
		}
		byte[] bytes = content.bytes();
		if (bytes == null) {
			return new Found(List.of(), DropReason.DISK_ERROR);
		}
		List<Event> events = this.reading.read(bytes, this.grant.get()::includes);
		int end = Math.min(events.size(), file.skipped() + file.size());
		return new Found(List.copyOf(events.subList(Math.min(file.skipped(), end), end)), DropReason.CORRUPT);
	}

	/** Remove a file that is settled. */
	void remove(SpilledBatch file) throws IOException {
		PrivateFile.erase(file.file());
	}

	/**
	 * Take over what dead lanes left, oldest first in each directory.
	 * @param limit the most files to look at
	 * @return what was found; a directory that cannot be used does not prevent the
	 * adoption of the others
	 */
	Adoption adopt(int limit) {
		Adoption adoption = new Adoption(limit, this.nanoTime.getAsLong() + LONGEST_ADOPTION);
		this.others = 0;
		try {
			if (!Files.isSymbolicLink(this.home.resolve("spill"))) {
				for (Path directory : SpillInstance.others(root())) {
					tryAdopt(directory, adoption);
				}
			}
			if (this.settings.fsync()) {
				sync(adoption);
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			adoption.failure = ex;
		}
		adoption.files.sort(Comparator.comparingLong(SpilledBatch::sequence));
		return adoption;
	}

	/**
	 * First the new names, then that the old ones are gone: else each power cut would
	 * bring back what was adopted, and it would be sent again.
	 */
	private void sync(Adoption adoption) throws IOException {
		if (!adoption.files.isEmpty()) {
			PrivateFile.syncDirectory(own().path());
		}
		for (Path directory : adoption.left) {
			PrivateFile.syncDirectory(Files.exists(directory) ? directory : root());
		}
	}

	private void tryAdopt(Path directory, Adoption adoption) {
		try {
			adopt(directory, adoption);
		}
		catch (NoSuchFileException ex) {
			// Its owner, or another one that adopts, was first
		}
		catch (IOException | DirectoryIteratorException ex) {
			adoption.failure = ex;
		}
	}

	private void adopt(Path directory, Adoption adoption) throws IOException {
		try (@Nullable
		ProcessLock lock = SpillInstance.tryLock(directory)) {
			for (Path file : SpillInstance.files(directory)) {
				if (lock == null || adoption.isOver(this.nanoTime.getAsLong())) {
					adoption.more |= lock != null;
					this.others += Files.size(file);
				}
				else {
					adoption.looked++;
					take(file, adoption);
				}
			}
			if (lock != null) {
				SpillInstance.erase(directory);
				adoption.left.add(directory);
			}
		}
	}

	private void take(Path file, Adoption adoption) throws IOException {
		long bytes = Files.size(file);
		Header header = header(file);
		if (header == null || bytes > SpillFormat.MAX_FILE) {
			adoption.lost(DropReason.CORRUPT, (header != null) ? header.count() : lines(file, bytes));
			PrivateFile.erase(file);
			return;
		}
		// What says that it comes from the future counts as new, and ages from now on
		long now = micros();
		long written = Math.min(SpillInstance.sequence(file), now);
		long age = (now - written) * 1000;
		if (!this.grant.get().includes(header.grantId())) {
			adoption.lost(DropReason.WITHDRAWN, header.count());
			PrivateFile.erase(file);
		}
		else if (isTooOld(age)) {
			adoption.lost(DropReason.SPILL_AGE, header.count());
			PrivateFile.erase(file);
		}
		else {
			Path ours = own().nextFile(written);
			Files.move(file, ours, StandardCopyOption.ATOMIC_MOVE);
			adoption.files.add(new SpilledBatch(SpilledBatch.ADOPTED, ours, SpillInstance.sequence(ours), 0,
					header.count(), bytes, this.nanoTime.getAsLong() - age));
		}
	}

	private static @Nullable Header header(Path file) throws IOException {
		byte[] content = UninterruptibleIo.call(() -> {
			try (FileChannel channel = PrivateFile.openForRead(file)) {
				ByteBuffer start = ByteBuffer.allocate(SpillFormat.MAX_HEADER);
				for (int count = 0; count >= 0 && start.hasRemaining();) {
					count = channel.read(start);
				}
				return Arrays.copyOf(start.array(), start.position());
			}
		});
		return SpillFormat.header(content);
	}

	/** How many events a file held whose first line is damaged, for the counters only. */
	private static int lines(Path file, long bytes) {
		byte[] content = (bytes <= SpillFormat.MAX_FILE) ? PrivateFile.read(file, SpillFormat.MAX_FILE).bytes() : null;
		return (content != null) ? SpillFormat.lines(content) : 1;
	}

	/** Release the directory; what is in it waits for the next lane. */
	void close() {
		SpillInstance own = this.instance;
		this.instance = null;
		if (own != null) {
			try {
				own.release();
			}
			catch (IOException ex) {
				// The lock goes with the process at the latest, the rest is adopted
			}
		}
	}

	/**
	 * What was read of a file.
	 *
	 * @param events the events that are not settled
	 * @param reason why there are fewer than were expected, if there are
	 */
	record Found(List<Event> events, DropReason reason) {

	}

	/** What dead lanes had left. */
	static final class Adoption {

		private final List<SpilledBatch> files = new ArrayList<>();

		private final Map<DropReason, Integer> lost = new EnumMap<>(DropReason.class);

		private final int limit;

		private final long deadline;

		/** The directories that files were taken from. */
		private final List<Path> left = new ArrayList<>();

		private int looked;

		private boolean more;

		private @Nullable Exception failure;

		Adoption(int limit, long deadline) {
			this.limit = limit;
			this.deadline = deadline;
		}

		private boolean isOver(long now) {
			return this.looked == this.limit || now - this.deadline > 0;
		}

		private void lost(DropReason reason, int events) {
			this.lost.merge(reason, events, Integer::sum);
		}

		/** Return the files that belong to this lane now. */
		List<SpilledBatch> files() {
			return this.files;
		}

		/** Return how many events of files that were erased are lost, by reason. */
		Map<DropReason, Integer> lost() {
			return this.lost;
		}

		/** Return why a directory could not be looked at, or {@code null}. */
		@Nullable Exception failure() {
			return this.failure;
		}

		/** Return whether there are more than were looked at. */
		boolean more() {
			return this.more;
		}

	}

}
