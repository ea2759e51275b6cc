package dev.telemetry.consent;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import dev.telemetry.consent.ConsentDatabase.Statements;
import dev.telemetry.consent.ConsentDatabase.Work;
import dev.telemetry.consent.ConsentTables.Row;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the record in a database that replicas share. Writers need no lock: each changes
 * only the row it has seen, and looks again when somebody was faster. A yes does not
 * replace a no that was recorded while the yes was on its way.
 * <p>
 * While the database does not answer, the last answer counts for a while: see
 * {@link LastAnswer}. It is asked again half a second after it failed, so that nobody
 * waits for it twice in a row.
 */
final class JdbcConsentStore implements ConsentStore {

	private static final Log logger = LogFactory.getLog(JdbcConsentStore.class);

	private static final long REST_NANOS = Duration.ofMillis(500).toNanos();

	/** Each lost race is somebody else's write, so this many are many replicas. */
	private static final int MAX_ATTEMPTS = 100;

	private final ConsentDatabase database;

	private final ConsentTables tables;

	private final LongSupplier nanoTime;

	private final LastAnswer last = new LastAnswer();

	private final SeenRecords seen;

	private volatile @Nullable Failure failure;

	JdbcConsentStore(DataSource dataSource, String tool, LongSupplier nanoTime) {
		this.database = new ConsentDatabase(dataSource);
		this.tables = new ConsentTables(tool);
		this.seen = new SeenRecords(tool);
		this.nanoTime = nanoTime;
	}

	@Override
	public Found read() {
		long begun = this.nanoTime.getAsLong();
		Failure failed = this.failure;
		if (failed != null && begun - failed.at() < REST_NANOS) {
			return this.last.orFault(begun, failed.why());
		}
		long number = this.last.draw();
		long seenBefore = this.seen.highest();
		try {
			Found found = Objects
				.requireNonNull(this.database.transact((sql) -> judge(this.tables.row(sql), seenBefore)));
			this.last.learn(number, begun, found);
			this.failure = null;
			return found;
		}
		catch (SQLException | IOException ex) {
			String why = failed(ex);
			return this.last.orFault(this.nanoTime.getAsLong(), why);
		}
	}

	private Found judge(@Nullable Row row, long seenBefore) {
		return (row != null && row.record() != null) ? this.seen.judge(row::parse, seenBefore) : Found.NOTHING;
	}

	@Override
	public ConsentRecord write(ConsentRecord record) throws IOException {
		long known = this.seen.highest();
		long begun = this.nanoTime.getAsLong();
		ConsentRecord written = change((sql) -> put(sql, record, known));
		this.seen.saw(written);
		this.last.learn(this.last.draw(), begun, new Found(written, null));
		return written;
	}

	private @Nullable ConsentRecord put(Statements sql, ConsentRecord record, long known)
			throws SQLException, IOException {
		Row row = this.tables.row(sql);
		ConsentRecord current = judge(row, 0).record();
		// Also that of one that was set aside: others have seen it
		ConsentRecord next = this.seen.next(record, current, known, (row != null) ? row.seq() : 0);
		return this.tables.put(sql, row, next) ? next : null;
	}

	@Override
	public void setAside() throws IOException {
		long seenBefore = this.seen.highest();
		change((sql) -> {
			Row row = this.tables.row(sql);
			// Another replica may have mended it already
			if (row == null || judge(row, seenBefore).fault() == null) {
				return true;
			}
			return done(this.tables.setAside(sql, row));
		});
	}

	@Override
	public void appendReceipt(ConsentRecord record) throws IOException {
		change((sql) -> done(this.tables.appendReceipt(sql, record)));
	}

	@Override
	public void saveNotice(String hash, byte[] json) throws IOException {
		change((sql) -> done(this.tables.saveNotice(sql, hash, json)));
	}

	@Override
	public byte @Nullable [] notice(String hash) {
		try {
			return this.database.transact((sql) -> this.tables.notice(sql, hash));
		}
		catch (SQLException | IOException ex) {
			return null;
		}
	}

	@Override
	public Archive archive() throws IOException {
		try {
			return Objects.requireNonNullElse(this.database.transact(this.tables::archive), Archive.NONE);
		}
		catch (SQLException ex) {
			throw new IOException(reason(ex), ex);
		}
	}

	@Override
	public String place() {
		return "table " + ConsentTables.NAME;
	}

	@Override
	public @Nullable String unusable() {
		return null;
	}

	private static @Nullable Boolean done(boolean done) {
		return done ? Boolean.TRUE : null;
	}

	/** Change something, again from the start for as long as somebody else is faster. */
	private <T> T change(Work<T> work) throws IOException {
		for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
			T result = changeOnce(work);
			if (result != null) {
				this.failure = null;
				return result;
			}
		}
		throw new IOException("too many others write to " + ConsentTables.NAME + " at once");
	}

	private <T> @Nullable T changeOnce(Work<T> work) throws IOException {
		try {
			return this.database.transact(work);
		}
		catch (SQLException ex) {
			if (isLostRace(ex)) {
				return null;
			}
			throw new IOException(failed(ex), ex);
		}
	}

	/** A row that was there first, a deadlock, or two who could not be put in order. */
	private static boolean isLostRace(SQLException ex) {
		String state = Objects.requireNonNullElse(ex.getSQLState(), "");
		return state.startsWith("23") || state.startsWith("40");
	}

	private String failed(Exception ex) {
		String why = reason(ex);
		if (this.failure == null) {
			// Without the exception, for the same reason as below
			logger.warn("Telemetry: the record of consent cannot be read or written: " + why);
		}
		this.failure = new Failure(this.nanoTime.getAsLong(), why);
		return why;
	}

	/** In our own words: the driver's may name hosts and users. */
	private static String reason(Exception ex) {
		String state = (ex instanceof SQLException sql) ? Objects.requireNonNullElse(sql.getSQLState(), "") : "";
		return switch (state) {
			case "42P01", "42S02", "42S04" -> "there is no table " + ConsentTables.NAME
					+ "; create it, or set telemetry.consent.jdbc.initialize-schema to always";
			case "" -> "the database does not answer";
			default -> "the database does not answer (SQL state " + state + ")";
		};
	}

	private record Failure(long at, String why) {

	}

}
