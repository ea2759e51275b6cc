package dev.telemetry.consent.store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

import dev.telemetry.Internal;
import dev.telemetry.consent.store.ConsentDatabase.Work;
import dev.telemetry.consent.store.ConsentStore.Limit;
import dev.telemetry.consent.store.DatabaseOutage.OutageException;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database and answers within a second and a half: with the result, or with what
 * is wrong. Asks again while another writer is faster, and once more after it had missing
 * tables created. What is wrong is a problem in status until the database answers.
 */
@Internal
public final class BoundedDatabase {

	private static final String STORE = "telemetry.consent.store";

	private static final String SCHEMA = "telemetry.consent.jdbc.initialize-schema";

	private static final long REST_NANOS = Duration.ofMillis(500).toNanos();

	private static final long PATIENCE_NANOS = Duration.ofMillis(1500).toNanos();

	/** A driver and a pool that were not used before take longer. */
	private static final long FIRST_PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

	/**
	 * Each lost race is the write of another replica, so this many mean many replicas.
	 */
	private static final int MAX_ATTEMPTS = 100;

	private final DatabaseThread thread;

	private final ConsentSchema schema;

	private final LongSupplier nanoTime;

	private final Problems problems;

	/** When what the current thread asks must have ended. */
	private final ThreadLocal<@Nullable Long> deadline = new ThreadLocal<>();

	private volatile boolean answered;

	private volatile @Nullable Failure failure;

	public BoundedDatabase(ConsentDatabase database, ConsentSchema schema, LongSupplier nanoTime, ThreadFactory threads,
			Problems problems) {
		this.thread = new DatabaseThread(database, threads);
		this.schema = schema;
		this.nanoTime = nanoTime;
		this.problems = problems;
	}

	/** Let what this thread asks take no longer than a limit altogether. */
	Limit within(Duration limit) {
		Long before = this.deadline.get();
		this.deadline.set(this.nanoTime.getAsLong() + limit.toNanos());
		return () -> {
			if (before != null) {
				this.deadline.set(before);
			}
			else {
				this.deadline.remove();
			}
		};
	}

	/**
	 * Return what was wrong less than half a second ago. A command is no reason to rest:
	 * it is for the database to answer it.
	 * @return what was wrong, or {@code null}
	 */
	@Nullable DatabaseOutage restingFrom() {
		Failure failed = this.failure;
		return (failed != null && this.deadline.get() == null && this.nanoTime.getAsLong() - failed.at() < REST_NANOS)
				? failed.outage() : null;
	}

	/**
	 * Do something.
	 * @param <T> the type of the result
	 * @param work what to do; {@code null} means that another writer was faster
	 * @return its result
	 * @throws OutageException if the database did not do it
	 * @throws IOException if the work did not want to go on
	 */
	<T> T ask(Work<T> work) throws IOException {
		Creation creation = new Creation();
		for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
			T result = askOnce(work, creation);
			if (result != null) {
				recovered();
				return result;
			}
		}
		throw new OutageException(DatabaseOutage.CROWDED, null);
	}

	private <T> @Nullable T askOnce(Work<T> work, Creation creation) throws IOException {
		try {
			return this.thread.transact(work, patience());
		}
		catch (SQLException ex) {
			DatabaseOutage outage = DatabaseOutage.of(ex);
			if (ConsentDatabase.isLostRace(ex) || (outage.isMissingTable() && creation.tried())) {
				return null;
			}
			throw failed(new OutageException(creation.explain(outage), ex));
		}
		catch (OutageException ex) {
			throw failed(ex);
		}
	}

	private long patience() {
		Long until = this.deadline.get();
		return (until != null) ? until - this.nanoTime.getAsLong()
				: this.answered ? PATIENCE_NANOS : FIRST_PATIENCE_NANOS;
	}

	/**
	 * A caller that gave up early cannot tell what is wrong; one that waits longer can.
	 */
	private OutageException failed(OutageException failed) {
		DatabaseOutage outage = failed.outage();
		if (this.deadline.get() == null || !outage.isLate()) {
			Failure before = this.failure;
			this.failure = new Failure(this.nanoTime.getAsLong(), outage);
			if (before == null || !before.outage().equals(outage)) {
				resolved();
				this.problems.report(new Problem(outage.isUncreatedTable() ? SCHEMA : STORE,
						"table " + ConsentTables.NAME, outage.problem(), outage.action()));
			}
		}
		return failed;
	}

	/** Answer nothing any more. */
	void close() {
		this.thread.close();
	}

	private void recovered() {
		this.answered = true;
		if (this.failure != null) {
			this.failure = null;
			resolved();
		}
	}

	private void resolved() {
		this.problems.resolved(STORE);
		this.problems.resolved(SCHEMA);
	}

	/** The creation of missing tables, tried once at most. */
	private final class Creation {

		private boolean tried;

		private @Nullable DatabaseOutage outage;

		/** Return whether it is worth to ask again. */
		boolean tried() {
			if (this.tried) {
				return false;
			}
			this.tried = true;
			try {
				ConsentSchema.Outcome outcome = BoundedDatabase.this.thread
					.call((progress) -> BoundedDatabase.this.schema.create(), patience());
				this.outage = (outcome == ConsentSchema.Outcome.NOT_YET) ? DatabaseOutage.NO_TABLE_YET : null;
				return outcome == ConsentSchema.Outcome.CREATED;
			}
			catch (SQLException | IOException ex) {
				this.outage = DatabaseOutage.uncreated(DatabaseOutage.of(ex));
				// Another replica may have created them meanwhile
				return true;
			}
		}

		DatabaseOutage explain(DatabaseOutage found) {
			return (this.outage != null && found.isMissingTable()) ? this.outage : found;
		}

	}

	private record Failure(long at, DatabaseOutage outage) {

	}

}
