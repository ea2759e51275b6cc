package dev.telemetry.consent.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import dev.telemetry.problem.Problem;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import dev.telemetry.storage.UninterruptibleIo;
import org.jspecify.annotations.Nullable;

/**
 * Stores the record in {@code consent.json}. Writers of several processes take turns by a
 * lock on {@code consent.json.lock}, a file that is opened for nothing else: closing any
 * channel of a file releases all of the process's locks on it. Within the process a lock
 * of its own comes first, since a file lock belongs to the whole process. Readers need no
 * lock, because the record is replaced whole. A grant does not replace a denial that was
 * recorded while the grant was on its way.
 */
final class FileConsentStore implements ConsentStore {

	private static final String RECORD = "consent.json";

	private static final int MAX_BYTES = 64 * 1024;

	private static final ReentrantLock PROCESS_LOCK = new ReentrantLock();

	/** With the pause some 2 seconds: a suspended process must not block the others. */
	private static final int ATTEMPTS = 200;

	private static final long PAUSE_NANOS = 10_000_000;

	private final Home home;

	private final Path file;

	private final ReceiptLog receipts;

	private final NoticeFiles notices;

	private final BaselineFile baselines;

	private final SeenRecords seen;

	private final Turn turn;

	FileConsentStore(Home home, String tool) {
		this(home, tool, FileChannel::tryLock, FileConsentStore::pause);
	}

	FileConsentStore(Home home, String tool, TryLock tryLock, Runnable pause) {
		this.turn = new Turn(tryLock, pause);
		this.home = home;
		this.seen = new SeenRecords(tool);
		this.file = home.resolve(RECORD);
		this.receipts = new ReceiptLog(home.resolve("consent-receipts.jsonl"));
		this.notices = new NoticeFiles(home);
		this.baselines = new BaselineFile(home);
	}

	@Override
	public Found read() {
		@Nullable ConsentRecord seenBefore = this.seen.newest();
		PrivateFile.Content content = PrivateFile.read(this.file, MAX_BYTES);
		if (content.isAbsent()) {
			return Found.NOTHING;
		}
		byte @Nullable [] bytes = content.bytes();
		if (bytes == null) {
			return Found.fault(String.valueOf(content.refusal()), content.action());
		}
		return this.seen.judge(() -> ConsentRecordFormat.read(bytes), seenBefore);
	}

	@Override
	public ConsentRecord write(ConsentRecord record) throws IOException {
		long known = this.seen.highest();
		return locked(() -> {
			ConsentRecord current = read().record();
			ConsentRecord next = this.seen.next(record, current, known, (current != null) ? current.seq() : 0);
			PrivateFile.write(this.file, ConsentRecordFormat.write(next));
			this.seen.saw(next);
			return next;
		});
	}

	@Override
	public void setAside() throws IOException {
		locked(() -> Files.move(this.file, this.home.resolve("consent.json.damaged"), StandardCopyOption.ATOMIC_MOVE));
	}

	@Override
	public void appendReceipt(ConsentReceipt receipt) throws IOException {
		locked(() -> {
			this.receipts.append(receipt);
			return receipt;
		});
	}

	@Override
	public @Nullable Problem receiptsProblem() {
		return this.receipts.problem();
	}

	@Override
	public void saveNotice(String hash, byte[] json) throws IOException {
		this.notices.save(hash, json);
	}

	@Override
	public void saveShown(ShownNotice shown) throws IOException {
		this.notices.save(shown);
	}

	@Override
	public byte @Nullable [] notice(String hash) {
		return this.notices.read(hash);
	}

	@Override
	public @Nullable String baseline(String accepted) throws IOException {
		return this.baselines.read().get(accepted);
	}

	@Override
	public boolean saveBaseline(String accepted, @Nullable String expected, String notice) throws IOException {
		return locked(() -> this.baselines.replace(accepted, expected, notice));
	}

	/** An interrupt of the thread that writes a denial must not lose the denial. */
	private <T> T locked(Write<T> action) throws IOException {
		return UninterruptibleIo.call(() -> lockedOnce(action));
	}

	private <T> T lockedOnce(Write<T> action) throws IOException {
		this.home.create();
		PROCESS_LOCK.lock();
		try (FileChannel channel = PrivateFile.openForAppend(this.home.resolve("consent.json.lock"));
				FileLock lock = this.turn.take(channel)) {
			T result = action.run();
			lock.release();
			return result;
		}
		finally {
			PROCESS_LOCK.unlock();
		}
	}

	/** An interrupt is restored for the caller, and makes no pause shorter for long. */
	private static void pause() {
		boolean interrupted = Thread.interrupted();
		LockSupport.parkNanos(PAUSE_NANOS);
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public String place() {
		return RECORD;
	}

	@Override
	public @Nullable String unusable() {
		Problem problem = this.home.check();
		return (problem != null) ? problem.problem() + "; " + problem.action() : null;
	}

	/** Asks for the lock without waiting; {@code null} while another process has it. */
	@FunctionalInterface
	interface TryLock {

		@Nullable FileLock tryLock(FileChannel channel) throws IOException;

	}

	/**
	 * Waits for its turn, but not forever: the user who denies consent gets an answer.
	 */
	private record Turn(TryLock tryLock, Runnable pause) {

		FileLock take(FileChannel channel) throws IOException {
			for (int i = 0; i < ATTEMPTS; i++) {
				FileLock lock = this.tryLock.tryLock(channel);
				if (lock != null) {
					return lock;
				}
				this.pause.run();
			}
			throw new IOException("another process holds consent.json.lock");
		}

	}

	/** An operation that runs while there is no other writer. */
	private interface Write<T> {

		T run() throws IOException;

	}

}
