package dev.telemetry.consent.store;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import dev.telemetry.consent.store.ConsentDatabase.Progress;
import dev.telemetry.consent.store.ConsentDatabase.UncertainException;
import dev.telemetry.consent.store.ConsentDatabase.Work;
import dev.telemetry.consent.store.DatabaseOutage.OutageException;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions one after another on a thread of its own, so that no caller waits
 * longer for a database than its time limit, whatever a pool or a driver does. A
 * transaction that is given up is rolled back, unless it was about to be committed
 * already. While one that was given up still hangs, all others fail at once instead of
 * queueing behind it: there is one thread at most. It ends when nothing was asked for a
 * second, and for good when this is closed.
 */
final class DatabaseThread {

	private static final String NAME = "telemetry-consent-store";

	private static final int MOST_WAITING = 32;

	/** Longer than the poller rests. */
	private static final int SECONDS_TO_IDLE = 1;

	/** For a commit that has begun: it is about to be answered. */
	private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private final ConsentDatabase database;

	private final ThreadPoolExecutor executor;

	private volatile @Nullable Task<?> running;

	/** What the last one failed with: a pool may say only after half a minute. */
	private volatile @Nullable DatabaseOutage known;

	DatabaseThread(ConsentDatabase database, ThreadFactory threads) {
		this.database = database;
		this.executor = new ThreadPoolExecutor(1, 1, SECONDS_TO_IDLE, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(MOST_WAITING), (task) -> newThread(threads, task));
		this.executor.allowCoreThreadTimeOut(true);
	}

	private static Thread newThread(ThreadFactory threads, Runnable task) {
		Thread thread = threads.newThread(task);
		thread.setName(NAME);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Do something in a transaction, and wait for it.
	 * @param <T> the type of the result
	 * @param work what to do
	 * @param nanos the longest to wait
	 * @return its result, or {@code null}
	 * @throws SQLException if the database failed
	 * @throws IOException if the work did not want to go on, or did not end in time
	 */
	<T> @Nullable T transact(Work<T> work, long nanos) throws SQLException, IOException {
		return call((progress) -> this.database.transact(work, progress), nanos);
	}

	/**
	 * Do something that manages its connections and transactions itself, and wait for it.
	 * An interrupt of the caller is restored afterwards and ends nothing.
	 * @param <T> the type of the result
	 * @param step what to do
	 * @param nanos the longest to wait
	 * @return its result, or {@code null}
	 * @throws SQLException if the database failed
	 * @throws IOException if the step did not want to go on, or did not end in time
	 */
	<T> @Nullable T call(Step<T> step, long nanos) throws SQLException, IOException {
		Task<?> before = this.running;
		if (before != null && before.isGivenUp()) {
			throw late(before.isConnected());
		}
		Task<T> task = new Task<>(step);
		submit(task.future);
		boolean interrupted = false;
		long deadline = System.nanoTime() + nanos;
		try {
			while (true) {
				try {
					return await(task, deadline - System.nanoTime());
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	void close() {
		this.executor.shutdown();
	}

	private void submit(Runnable task) throws IOException {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			throw DatabaseOutage.inTime(true);
		}
		catch (OutOfMemoryError ex) {
			// The operating system refuses another thread
			throw new OutageException(DatabaseOutage.NO_THREAD, null);
		}
	}

	private <T> @Nullable T await(Task<T> task, long nanos) throws InterruptedException, SQLException, IOException {
		try {
			return result(task, Math.max(0, nanos));
		}
		catch (TimeoutException ex) {
			boolean connected = task.isConnected();
			if (task.giveUp()) {
				this.executor.remove(task.future);
				throw late(connected);
			}
		}
		try {
			return result(task, COMMIT_NANOS);
		}
		catch (TimeoutException ex) {
			task.abandon();
			throw new UncertainException(new SQLTimeoutException());
		}
	}

	private OutageException late(boolean connected) {
		DatabaseOutage outage = this.known;
		return (outage != null) ? new OutageException(outage, null) : DatabaseOutage.inTime(connected);
	}

	private static <T> @Nullable T result(Task<T> task, long nanos)
			throws InterruptedException, TimeoutException, SQLException, IOException {
		try {
			return task.future.get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof IOException unwilling) {
				throw unwilling;
			}
			throw (cause instanceof SQLException failed) ? failed : new SQLException("The transaction failed", cause);
		}
	}

	/**
	 * Something to do on the thread.
	 *
	 * @param <T> the type of the result
	 */
	interface Step<T> {

		@Nullable T run(Progress progress) throws SQLException, IOException;

	}

	/**
	 * A step, and whether a caller still waits for it.
	 *
	 * @param <T> the type of the result
	 */
	private final class Task<T> implements Progress {

		private final AtomicReference<State> state = new AtomicReference<>(State.UNCOMMITTED);

		private final FutureTask<@Nullable T> future;

		private volatile boolean connected;

		private volatile boolean abandoned;

		Task(Step<T> step) {
			this.future = new FutureTask<>(() -> run(step));
		}

		private @Nullable T run(Step<T> step) throws SQLException, IOException {
			if (isGivenUp()) {
				return null;
			}
			DatabaseThread.this.running = this;
			try {
				@Nullable T result = step.run(this);
				DatabaseThread.this.known = null;
				return result;
			}
			catch (SQLException | RuntimeException ex) {
				DatabaseThread.this.known = DatabaseOutage.of(ex);
				throw ex;
			}
			finally {
				DatabaseThread.this.running = null;
			}
		}

		@Override
		public void connected() {
			this.connected = true;
		}

		@Override
		public boolean mayCommit() {
			return this.state.compareAndSet(State.UNCOMMITTED, State.COMMITTING);
		}

		boolean giveUp() {
			return this.state.compareAndSet(State.UNCOMMITTED, State.GIVEN_UP);
		}

		/** No caller waits for the end of its commit either. */
		void abandon() {
			this.abandoned = true;
		}

		boolean isGivenUp() {
			return this.abandoned || this.state.get() == State.GIVEN_UP;
		}

		boolean isConnected() {
			return this.connected;
		}

	}

	private enum State {

		UNCOMMITTED, COMMITTING, GIVEN_UP

	}

}
