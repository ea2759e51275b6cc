package dev.telemetry.consent.store;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Why a database did not do what it was asked, in texts of this library: those of the
 * driver may name hosts and users. Told by the SQL state, which the standard and the
 * vendors define, and where a vendor has one state for much by its error code.
 *
 * @param problem what is wrong, in one clause
 * @param action what to do about it, in one clause
 */
record DatabaseOutage(String problem, String action) {

	private static final String TABLES = ConsentTables.NAME + ", " + ConsentTables.NAME + "_receipt and "
			+ ConsentTables.NAME + "_notice";

	private static final String TO_CREATE = "create it with the script in dev/telemetry/consent of the library's jar, or let"
			+ " the database user create tables";

	private static final DatabaseOutage NO_TABLE = new DatabaseOutage("there is no table " + ConsentTables.NAME,
			"create it, or set telemetry.consent.jdbc.initialize-schema to always");

	private static final DatabaseOutage OTHER_TABLE = new DatabaseOutage(
			"a table of the record of consent has other columns than this version needs",
			"compare " + TABLES + " with the script in dev/telemetry/consent of the library's jar");

	private static final DatabaseOutage NO_PRIVILEGE = new DatabaseOutage(
			"the database user lacks privileges on the tables of consent",
			"grant it select, insert and update on " + TABLES);

	private static final DatabaseOutage READ_ONLY = new DatabaseOutage("the database takes no changes: it is read-only",
			"let the DataSource connect to the primary server, and not read-only");

	private static final DatabaseOutage BAD_LOGIN = new DatabaseOutage("the database refuses the user or the password",
			"correct the user and the password of the application's DataSource");

	private static final DatabaseOutage NO_DATABASE = new DatabaseOutage("the database server has no such database",
			"create the database, or correct the URL of the application's DataSource");

	private static final DatabaseOutage FULL_SERVER = new DatabaseOutage("the database takes no further connections",
			"raise its limit, or give the applications smaller pools");

	private static final DatabaseOutage NO_CONNECTION = new DatabaseOutage("the database gave no connection in time",
			"check that it runs and can be reached, and that the application gives the connections of its pool back");

	private static final DatabaseOutage TOO_SLOW = new DatabaseOutage(
			"the database took too long with a table of the record of consent",
			"look for a transaction that locks " + TABLES + ", or for what overloads the database");

	private static final DatabaseOutage NOT_YET = new DatabaseOutage("the database is starting or stopping",
			"wait until it runs");

	private static final DatabaseOutage NO_SPACE = new DatabaseOutage("the database has no space left",
			"give it more disk space");

	private static final DatabaseOutage CLOSED = new DatabaseOutage("the application's DataSource is closed",
			"start the application anew");

	static final DatabaseOutage NO_TABLE_YET = new DatabaseOutage("there is no table " + ConsentTables.NAME + " yet",
			"wait for the application's database migrations, after which it is created, or create it with the script in"
					+ " dev/telemetry/consent of the library's jar");

	static final DatabaseOutage NO_THREAD = new DatabaseOutage(
			"no thread can be started, so that the database cannot be asked",
			"raise the limit of threads for this process or its container (ulimit -u, pids.max)");

	static final DatabaseOutage CROWDED = new DatabaseOutage(
			"too many others write to " + ConsentTables.NAME + " at once", "try again");

	/** Whole states first, then their classes. */
	private static final Map<String, DatabaseOutage> BY_STATE = Map.ofEntries(Map.entry("42P01", NO_TABLE),
			Map.entry("42S02", NO_TABLE), Map.entry("42S03", NO_TABLE), Map.entry("42S04", NO_TABLE),
			Map.entry("42704", NO_TABLE), Map.entry("S0002", NO_TABLE), Map.entry("90079", NO_TABLE),
			Map.entry("3F000", NO_TABLE), Map.entry("42703", OTHER_TABLE), Map.entry("42S22", OTHER_TABLE),
			Map.entry("42804", OTHER_TABLE), Map.entry("S0022", OTHER_TABLE), Map.entry("22", OTHER_TABLE),
			Map.entry("42501", NO_PRIVILEGE), Map.entry("90096", NO_PRIVILEGE), Map.entry("90040", NO_PRIVILEGE),
			Map.entry("S0005", NO_PRIVILEGE), Map.entry("25006", READ_ONLY), Map.entry("90097", READ_ONLY),
			Map.entry("28", BAD_LOGIN), Map.entry("3D000", NO_DATABASE), Map.entry("90013", NO_DATABASE),
			Map.entry("90146", NO_DATABASE), Map.entry("90149", NO_DATABASE), Map.entry("53300", FULL_SERVER),
			Map.entry("57014", TOO_SLOW), Map.entry("55P03", TOO_SLOW), Map.entry("HYT00", TOO_SLOW),
			Map.entry("HYT01", TOO_SLOW), Map.entry("57P01", NOT_YET), Map.entry("57P02", NOT_YET),
			Map.entry("57P03", NOT_YET), Map.entry("53100", NO_SPACE), Map.entry("53", FULL_SERVER),
			Map.entry("90100", NO_SPACE));

	/** For MySQL, MariaDB and Oracle, whose state for these is a general one. */
	private static final Map<Integer, DatabaseOutage> BY_CODE = Map.ofEntries(Map.entry(942, NO_TABLE),
			Map.entry(1146, NO_TABLE), Map.entry(1054, OTHER_TABLE), Map.entry(904, OTHER_TABLE),
			Map.entry(1044, NO_PRIVILEGE), Map.entry(1142, NO_PRIVILEGE), Map.entry(1143, NO_PRIVILEGE),
			Map.entry(1031, NO_PRIVILEGE), Map.entry(1290, READ_ONLY), Map.entry(1792, READ_ONLY),
			Map.entry(1836, READ_ONLY), Map.entry(1045, BAD_LOGIN), Map.entry(1049, NO_DATABASE),
			Map.entry(1040, FULL_SERVER), Map.entry(1203, FULL_SERVER), Map.entry(1205, TOO_SLOW),
			Map.entry(3024, TOO_SLOW), Map.entry(1969, TOO_SLOW), Map.entry(1021, NO_SPACE), Map.entry(1114, NO_SPACE));

	/** States under which MySQL, MariaDB and Oracle tell what only their code says. */
	private static final List<String> GENERAL = List.of("42000", "HY000", "08004", "72000");

	/**
	 * Say what a failure means.
	 * @param failure what was thrown
	 * @return the outage
	 */
	static DatabaseOutage of(Throwable failure) {
		if (failure instanceof OutageException known) {
			return known.outage();
		}
		List<Throwable> chain = chain(failure);
		for (Throwable link : chain) {
			if (link instanceof SQLException sql) {
				DatabaseOutage told = told(sql);
				if (told != null) {
					return told;
				}
			}
		}
		return untold(chain);
	}

	private static @Nullable DatabaseOutage told(SQLException failure) {
		String state = Objects.requireNonNullElse(failure.getSQLState(), "");
		DatabaseOutage byCode = GENERAL.contains(state) ? BY_CODE.get(failure.getErrorCode()) : null;
		DatabaseOutage byState = (byCode != null) ? byCode : BY_STATE.get(state);
		if (byState == null && state.length() == 5) {
			byState = BY_STATE.get(state.substring(0, 2));
		}
		return (byState == null && failure instanceof SQLTimeoutException) ? TOO_SLOW : byState;
	}

	/** Nothing in the chain has a row in the tables above. */
	private static DatabaseOutage untold(List<Throwable> chain) {
		String state = "";
		for (Throwable link : chain) {
			if (link instanceof SQLException sql && sql.getSQLState() != null) {
				state = sql.getSQLState();
			}
		}
		if (state.startsWith("08") || state.equals("90067") || state.equals("90098") || state.equals("90121")) {
			return new DatabaseOutage("the database does not answer (SQL state " + state + ")",
					"check that it runs and can be reached from here");
		}
		if (!state.isEmpty()) {
			return new DatabaseOutage("the database failed (SQL state " + state + ")",
					"look into the database's own log");
		}
		Throwable last = chain.get(chain.size() - 1);
		if (chain.get(0) instanceof SQLTransientConnectionException) {
			return NO_CONNECTION;
		}
		if (String.valueOf(last.getMessage()).endsWith("has been closed.")) {
			return CLOSED;
		}
		return new DatabaseOutage("the application's DataSource failed with " + last.getClass().getSimpleName(),
				"look into how it is set up");
	}

	/** What was thrown, and behind it what it was thrown for. */
	private static List<Throwable> chain(Throwable failure) {
		IdentityHashMap<Throwable, Boolean> seen = new IdentityHashMap<>();
		List<Throwable> chain = new ArrayList<>();
		List<Throwable> left = new ArrayList<>(List.of(failure));
		while (!left.isEmpty()) {
			Throwable link = left.remove(0);
			if (seen.put(link, true) == null) {
				chain.add(link);
				Throwable next = (link instanceof SQLException sql) ? sql.getNextException() : null;
				for (Throwable behind : new @Nullable Throwable[] { next, link.getCause() }) {
					if (behind != null) {
						left.add(behind);
					}
				}
			}
		}
		return chain;
	}

	@Override
	public String toString() {
		return this.problem + "; " + this.action;
	}

	/** The tables may have to be created first. */
	boolean isMissingTable() {
		return equals(NO_TABLE);
	}

	/** The tables are missing and could not be created. */
	boolean isUncreatedTable() {
		return this.action.equals(TO_CREATE);
	}

	static DatabaseOutage uncreated(DatabaseOutage why) {
		return new DatabaseOutage(
				"there is no table " + ConsentTables.NAME + ", and it could not be created: " + why.problem(),
				TO_CREATE);
	}

	/** The caller did not wait any longer; other callers may. */
	boolean isLate() {
		return equals(NO_CONNECTION) || equals(TOO_SLOW);
	}

	/** There was no answer within the time that the caller waits. */
	static OutageException inTime(boolean connected) {
		return new OutageException(connected ? TOO_SLOW : NO_CONNECTION, null);
	}

	/** States what is wrong in texts of this library. */
	static final class OutageException extends IOException {

		private static final long serialVersionUID = 1L;

		private final transient DatabaseOutage outage;

		OutageException(DatabaseOutage outage, @Nullable SQLException cause) {
			super(outage.toString(), cause);
			this.outage = outage;
		}

		DatabaseOutage outage() {
			return this.outage;
		}

	}

}
