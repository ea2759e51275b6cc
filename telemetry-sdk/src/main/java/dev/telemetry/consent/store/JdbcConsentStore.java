package dev.telemetry.consent.store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import dev.telemetry.Internal;
import dev.telemetry.consent.store.ConsentDatabase.Statements;
import dev.telemetry.consent.store.ConsentDatabase.UncertainException;
import dev.telemetry.consent.store.ConsentTables.Row;
import dev.telemetry.consent.store.DatabaseOutage.OutageException;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Stores the record in the tables {@code telemetry_consent}, {@code _receipt} and
 * {@code _notice} of a database that replicas share. Writers need no lock: each changes
 * only the row it has seen, and looks again when another one was faster. The decision
 * that was made last applies: see {@link DecisionTime}.
 * <p>
 * While the database does not answer, the last answer counts for a while: see
 * {@link LastAnswer}. It is asked again half a second after it failed, and no caller
 * waits long for it: see {@link BoundedDatabase}.
 */
@Internal
public final class JdbcConsentStore implements ConsentStore, AutoCloseable {

	private static final byte[] NONE = {};

	private static final String NO_BASELINE = "";

	private final BoundedDatabase database;

	private final ConsentTables tables;

	private final DatabaseClock clock;

	private final LongSupplier nanoTime;

	private final LastAnswer last = new LastAnswer();

	private final SeenRecords seen;

	/** A grant that was answered as not stored, though it may have been. */
	private final AtomicReference<@Nullable Doubt> doubt = new AtomicReference<>();

	/** The text that was read last: it never changes under its hash. */
	private volatile @Nullable Text text;

	public JdbcConsentStore(BoundedDatabase database, String tool, DatabaseClock clock, LongSupplier nanoTime) {
		this.database = database;
		this.tables = new ConsentTables(tool);
		this.clock = clock;
		this.seen = new SeenRecords(tool);
		this.nanoTime = nanoTime;
	}

	/**
	 * Create a store. While the database does not answer, nothing can be decided, and
	 * after 30 seconds anything but a denial becomes a fault.
	 * @param dataSource the database; asked for a connection whenever one is needed
	 * @param tool the tool; a record of another one is a fault
	 * @param nanoTime the monotonic clock in nanoseconds
	 * @param schema creates the tables when they are missing
	 * @param problems told about a database that fails, and when it does so no longer
	 * @return the store
	 */
	public static ConsentStore of(DataSource dataSource, String tool, LongSupplier nanoTime, ConsentSchema schema,
			Problems problems) {
		return of(dataSource, tool, nanoTime, schema, JdbcConsentStore::newThread, problems);
	}

	static ConsentStore of(DataSource dataSource, String tool, LongSupplier nanoTime, ConsentSchema schema,
			ThreadFactory threads, Problems problems) {
		BoundedDatabase database = new BoundedDatabase(new ConsentDatabase(dataSource), schema, nanoTime, threads,
				problems);
		return new JdbcConsentStore(database, tool, DatabaseClock.system(), nanoTime);
	}

	/** It inherits nothing from the thread that happens to ask first. */
	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(null, task, "telemetry", 0, false);
		thread.setContextClassLoader(JdbcConsentStore.class.getClassLoader());
		return thread;
	}

	@Override
	public Limit within(Duration limit) {
		return this.database.within(limit);
	}

	@Override
	public Found read() {
		long begun = this.nanoTime.getAsLong();
		DatabaseOutage outage = this.database.restingFrom();
		if (outage != null) {
			return this.last.orFault(begun, outage);
		}
		long number = this.last.draw();
		@Nullable ConsentRecord seenBefore = this.seen.newest();
		Doubt doubted = this.doubt.get();
		try {
			Found found = this.database.ask((sql) -> judge(settled(sql, doubted), seenBefore));
			this.doubt.compareAndSet(doubted, null);
			this.last.learn(number, begun, found);
			return found;
		}
		catch (IOException ex) {
			return this.last.orFault(this.nanoTime.getAsLong(), DatabaseOutage.of(ex));
		}
	}

	private Found judge(@Nullable Row row, @Nullable ConsentRecord seenBefore) {
		return (row != null && row.record() != null) ? this.seen.judge(row::parse, seenBefore) : Found.NOTHING;
	}

	/**
	 * Return the current row. A grant that was answered as not stored is revoked if it
	 * was stored nevertheless.
	 */
	private @Nullable Row settled(Statements sql, @Nullable Doubt doubted) throws SQLException {
		Row row = this.tables.row(sql);
		if (row == null || doubted == null || !doubted.isAbout(row)) {
			return row;
		}
		ConsentRecord before = doubted.before();
		boolean done = (before != null) ? this.tables.put(sql, row, before.withSeq(row.seq() + 1), before.asOf())
				: this.tables.setAside(sql, row);
		if (!done) {
			throw ConsentDatabase.lostRace();
		}
		return this.tables.row(sql);
	}

	@Override
	public long nanoTime() {
		return this.nanoTime.getAsLong();
	}

	@Override
	public ConsentRecord write(ConsentRecord record) throws IOException {
		return write(record, new Moment(this.seen.highest(), this.nanoTime.getAsLong()));
	}

	@Override
	public ConsentRecord write(ConsentRecord record, Moment made) throws IOException {
		long begun = this.nanoTime.getAsLong();
		AtomicReference<@Nullable Doubt> written = new AtomicReference<>();
		ConsentRecord standing;
		try {
			standing = this.database.ask((sql) -> put(sql, record, made, written));
		}
		catch (OutageException ex) {
			if (record.granted() && ex.getCause() instanceof UncertainException) {
				this.doubt.set(written.get());
			}
			throw ex;
		}
		this.doubt.set(null);
		this.seen.saw(standing);
		this.last.learn(this.last.draw(), begun, new Found(standing, null));
		return standing;
	}

	@Override
	public void confirm(ConsentRecord grant, Moment made) throws IOException {
		write(grant, made);
	}

	private @Nullable ConsentRecord put(Statements sql, ConsentRecord record, Moment made,
			AtomicReference<@Nullable Doubt> written) throws SQLException, IOException {
		DecisionTime time = DecisionTime.of(record, made, this.nanoTime, this.clock, sql);
		Row row = this.tables.row(sql);
		ConsentRecord current = judge(row, null).record();
		if (row != null && current != null && time.isBefore(row)) {
			if (record.granted()) {
				throw new IOException("another decision was made meanwhile");
			}
			if (current.granted()) {
				return current;
			}
		}
		// Also that of one that was set aside: others have seen it
		ConsentRecord next = this.seen.next(record, current, made.seen(), (row != null) ? row.seq() : 0);
		written.set(new Doubt(next, current));
		return this.tables.put(sql, row, next, time.made()) ? next : null;
	}

	@Override
	public void setAside() throws IOException {
		@Nullable ConsentRecord seenBefore = this.seen.newest();
		this.database.ask((sql) -> {
			Row row = this.tables.row(sql);
			// Another replica may have fixed it already
			if (row == null || judge(row, seenBefore).fault() == null) {
				return true;
			}
			return done(this.tables.setAside(sql, row));
		});
	}

	@Override
	public void appendReceipt(ConsentReceipt receipt) throws IOException {
		this.database.ask((sql) -> done(this.tables.appendReceipt(sql, receipt)));
	}

	@Override
	public void saveNotice(String hash, byte[] json) throws IOException {
		this.database.ask((sql) -> done(this.tables.saveNotice(sql, hash, json)));
	}

	@Override
	public void saveShown(ShownNotice shown) throws IOException {
		this.database.ask((sql) -> done(this.tables.saveShown(sql, shown)));
	}

	@Override
	public byte @Nullable [] notice(String hash) {
		Text known = this.text;
		if (known != null && known.hash().equals(hash)) {
			return known.json().clone();
		}
		try {
			byte[] json = this.database.ask((sql) -> Objects.requireNonNullElse(this.tables.notice(sql, hash), NONE));
			if (json.length == 0) {
				return null;
			}
			this.text = new Text(hash, json.clone());
			return json;
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public @Nullable String baseline(String accepted) throws IOException {
		String notice = this.database
			.ask((sql) -> Objects.requireNonNullElse(this.tables.baseline(sql, accepted), NO_BASELINE));
		return notice.equals(NO_BASELINE) ? null : notice;
	}

	@Override
	public boolean saveBaseline(String accepted, @Nullable String expected, String notice) throws IOException {
		return this.database.ask((sql) -> this.tables.saveBaseline(sql, accepted, expected, notice));
	}

	@Override
	public Archive archive() throws IOException {
		return this.database.ask(this.tables::archive);
	}

	@Override
	public @Nullable Problem receiptsProblem() throws IOException {
		return ReceiptChain.problem("table " + ConsentTables.NAME + "_receipt", archive().receipts());
	}

	@Override
	public String place() {
		return "table " + ConsentTables.NAME;
	}

	@Override
	public @Nullable String unusable() {
		return null;
	}

	/** End the thread that asks the database; the application stops. */
	@Override
	public void close() {
		this.database.close();
	}

	private static @Nullable Boolean done(boolean done) {
		return done ? Boolean.TRUE : null;
	}

	/**
	 * A grant that may have been stored, and what it replaced.
	 *
	 * @param written the grant
	 * @param before what stood before it, or {@code null}
	 */
	private record Doubt(ConsentRecord written, @Nullable ConsentRecord before) {

		boolean isAbout(Row row) {
			try {
				return row.seq() == this.written.seq() && this.written.equals(row.parse());
			}
			catch (IOException ex) {
				return false;
			}
		}

	}

	// Never compared, and copied where it gets in and out
	@SuppressWarnings("ArrayRecordComponent")
	private record Text(String hash, byte[] json) {

	}

}
