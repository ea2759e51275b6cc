package dev.telemetry.consent.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.telemetry.consent.store.ConsentDatabase.Statements;
import dev.telemetry.consent.store.ConsentStore.Archive;
import org.jspecify.annotations.Nullable;

/**
 * The statements on our tables, in SQL that every database speaks. A row is changed only
 * by a writer that has seen its current content: {@code false} means that another writer
 * was faster.
 */
final class ConsentTables {

	static final String NAME = "telemetry_consent";

	private final String tool;

	ConsentTables(String tool) {
		this.tool = tool;
	}

	@Nullable Row row(Statements sql) throws SQLException {
		return sql.first((row) -> new Row(row.getLong(1), row.getString(2), time(row, 3)),
				"select seq, record, updated_at from telemetry_consent where tool = ?", this.tool);
	}

	private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
		try {
			LocalDateTime utc = row.getObject(column, LocalDateTime.class);
			return (utc != null) ? utc.toInstant(ZoneOffset.UTC) : null;
		}
		catch (SQLException ex) {
			// A table that was not made by our script may hold another type
			return null;
		}
	}

	/**
	 * Record a decision.
	 * @param made when it was made, by the clock that all replicas share
	 */
	boolean put(Statements sql, @Nullable Row current, ConsentRecord next, Instant made) throws SQLException {
		String text = new String(ConsentRecordFormat.write(next), StandardCharsets.UTF_8).trim();
		// Cut, since some databases would round it to a later time
		LocalDateTime at = LocalDateTime.ofInstant(made.truncatedTo(precision(sql)), ZoneOffset.UTC);
		if (current == null) {
			return sql.update("insert into telemetry_consent (tool, seq, record, updated_at) values (?, ?, ?, ?)",
					this.tool, next.seq(), text, at) == 1;
		}
		return sql.update("update telemetry_consent set seq = ?, record = ?, updated_at = ? where tool = ? and seq = ?",
				next.seq(), text, at, this.tool, current.seq()) == 1;
	}

	private static ChronoUnit precision(Statements sql) throws SQLException {
		return switch (sql.product().toLowerCase(Locale.ROOT)) {
			case "postgresql", "h2" -> ChronoUnit.MICROS;
			default -> ChronoUnit.MILLIS;
		};
	}

	boolean setAside(Statements sql, Row current) throws SQLException {
		return sql.update("update telemetry_consent set damaged = record, record = null where tool = ? and seq = ?",
				this.tool, current.seq()) == 1;
	}

	boolean appendReceipt(Statements sql, ConsentReceipt receipt) throws SQLException {
		Receipt last = sql.first((row) -> new Receipt(row.getLong(1), row.getString(2)),
				"select seq, receipt from telemetry_consent_receipt where tool = ? and seq = "
						+ "(select max(seq) from telemetry_consent_receipt where tool = ?)",
				this.tool, this.tool);
		String line = ReceiptLog.line(receipt, (last != null) ? last.receipt() : null);
		return sql.update("insert into telemetry_consent_receipt (tool, seq, receipt) values (?, ?, ?)", this.tool,
				(last != null) ? last.seq() + 1 : 1, line) == 1;
	}

	boolean saveNotice(Statements sql, String hash, byte[] json) throws SQLException {
		return notice(sql, hash) != null
				|| sql.update("insert into telemetry_consent_notice (hash, notice) values (?, ?)", hash,
						new String(json, StandardCharsets.UTF_8)) == 1;
	}

	/**
	 * The sentences are stored beside the texts of the notices, so that tables made by an
	 * earlier version suffice.
	 */
	boolean saveShown(Statements sql, ShownNotice shown) throws SQLException {
		return saveNotice(sql, "text:" + shown.hash(), shown.toJson());
	}

	byte @Nullable [] notice(Statements sql, String hash) throws SQLException {
		return sql.first((row) -> row.getString(1).getBytes(StandardCharsets.UTF_8),
				"select notice from telemetry_consent_notice where hash = ?", hash);
	}

	/**
	 * The limit of a grant is stored beside the texts of the notices, so that tables made
	 * by an earlier version suffice.
	 */
	@Nullable String baseline(Statements sql, String accepted) throws SQLException, IOException {
		byte[] text = notice(sql, BaselineFormat.key(accepted));
		return (text != null) ? BaselineFormat.read(text).get(accepted) : null;
	}

	boolean saveBaseline(Statements sql, String accepted, @Nullable String expected, String notice)
			throws SQLException, IOException {
		if (!Objects.equals(baseline(sql, accepted), expected)) {
			return false;
		}
		String text = text(accepted, notice);
		String key = BaselineFormat.key(accepted);
		if (expected == null) {
			return sql.update("insert into telemetry_consent_notice (hash, notice) values (?, ?)", key, text) == 1;
		}
		return sql.update("update telemetry_consent_notice set notice = ? where hash = ?", text, key) == 1;
	}

	private static String text(String accepted, String notice) {
		return new String(BaselineFormat.write(Map.of(accepted, notice)), StandardCharsets.UTF_8);
	}

	Archive archive(Statements sql) throws SQLException {
		return new Archive(
				sql.all((row) -> row.getString(1),
						"select receipt from telemetry_consent_receipt where tool = ? order by seq", this.tool),
				sql.all((row) -> row.getString(1), "select notice from telemetry_consent_notice order by hash"));
	}

	/**
	 * What is recorded.
	 *
	 * @param seq the number of the decision
	 * @param record its text, or {@code null} when it was set aside
	 * @param made when it was made, by the clock that all replicas share
	 */
	record Row(long seq, @Nullable String record, @Nullable Instant made) {

		ConsentRecord parse() throws IOException {
			String text = Objects.requireNonNullElse(this.record, "");
			ConsentRecord parsed = ConsentRecordFormat.read(text.getBytes(StandardCharsets.UTF_8));
			if (parsed.seq() != this.seq) {
				throw new IOException("its number is not that of its row");
			}
			return parsed;
		}

	}

	private record Receipt(long seq, String receipt) {

	}

}
