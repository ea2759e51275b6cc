package dev.telemetry.consent.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.function.LongSupplier;

import dev.telemetry.consent.store.ConsentDatabase.Statements;
import dev.telemetry.consent.store.ConsentStore.Moment;
import dev.telemetry.consent.store.ConsentTables.Row;
import org.jspecify.annotations.Nullable;

/**
 * When a decision that is about to be written was made, by the clock of the database,
 * which all replicas share: now, less the time that has passed by this process's
 * monotonic clock. Of the time between the question and its answer nothing is known; it
 * is counted so that a denial comes out later, and a grant earlier, than it may have been
 * made.
 *
 * @param decision the decision
 * @param seen the number of the newest record that was known when it was made
 * @param made when it was made
 * @param now the time by the database, or {@code null} when it does not tell it
 */
record DecisionTime(ConsentRecord decision, long seen, Instant made, @Nullable Instant now) {

	/**
	 * Tell when a decision was made.
	 * @param decision the decision
	 * @param made the moment in this process
	 * @param nanoTime the monotonic clock
	 * @param clock the clock of the database
	 * @param sql the statements of a transaction in which nothing was asked yet
	 * @return the time
	 * @throws SQLException if the database failed
	 */
	static DecisionTime of(ConsentRecord decision, Moment made, LongSupplier nanoTime, DatabaseClock clock,
			Statements sql) throws SQLException {
		long asked = nanoTime.getAsLong();
		Instant now = clock.now(sql);
		long ago = (decision.granted() ? nanoTime.getAsLong() : asked) - made.nanoTime();
		return new DecisionTime(decision, made.seen(), (now != null) ? now.minusNanos(ago) : decision.asOf(), now);
	}

	/**
	 * Return whether the current decision was made after this one. A time that the
	 * database has not reached yet proves nothing: its clock was set back, or a replica
	 * of an earlier version wrote its own time.
	 */
	boolean isBefore(Row standing) {
		Instant other = standing.made();
		if (this.now == null || other == null || other.isAfter(this.now)) {
			return false;
		}
		return this.decision.granted() ? !other.isBefore(this.made)
				: standing.seq() > this.seen && other.isAfter(this.made);
	}

}
