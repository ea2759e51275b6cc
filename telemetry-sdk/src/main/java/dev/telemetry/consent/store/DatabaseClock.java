package dev.telemetry.consent.store;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import dev.telemetry.Internal;
import dev.telemetry.consent.store.ConsentDatabase.Statements;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database for the time. All replicas see this clock, so that it can tell which
 * of two decisions was made first, however wrong their own clocks are.
 */
@Internal
@FunctionalInterface
public interface DatabaseClock {

	/**
	 * Return the time.
	 * @param sql the statements of a transaction in which nothing was asked yet: the time
	 * may be that of its beginning
	 * @return the time, or {@code null} of a database that is not known to tell it
	 * @throws SQLException if the database failed
	 */
	@Nullable Instant now(Statements sql) throws SQLException;

	/** Return the clock of the databases whose way to tell the time is known. */
	static DatabaseClock system() {
		return (sql) -> {
			String product = sql.product().toLowerCase(Locale.ROOT);
			return switch (product) {
				case "postgresql", "h2" -> now(sql, "select extract(epoch from current_timestamp)");
				case "mysql", "mariadb" -> now(sql, "select unix_timestamp(current_timestamp(3))");
				default -> null;
			};
		};
	}

	private static @Nullable Instant now(Statements sql, String query) throws SQLException {
		BigDecimal seconds = sql.first((row) -> row.getBigDecimal(1), query);
		return (seconds != null) ? Instant.EPOCH.plus(seconds.movePointRight(6).longValue(), ChronoUnit.MICROS) : null;
	}

}
