package dev.telemetry.consent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

import dev.telemetry.consent.ConsentDatabase.Statements;
import dev.telemetry.consent.ConsentStore.Archive;
import org.jspecify.annotations.Nullable;

/**
 * The statements on our tables, in SQL that every database speaks. A row is only changed
 * by who has seen what stands in it: {@code false} means that somebody was faster.
 */
final class ConsentTables {

	static final String NAME = "telemetry_consent";

	private final String tool;

	ConsentTables(String tool) {
		this.tool = tool;
	}

	@Nullable Row row(Statements sql) throws SQLException {
		return sql.first((row) -> new Row(row.getLong(1), row.getString(2)),
				"select seq, record from telemetry_consent where tool = ?", this.tool);
	}

	boolean put(Statements sql, @Nullable Row current, ConsentRecord next) throws SQLException {
		String text = new String(ConsentRecordFormat.write(next), StandardCharsets.UTF_8).trim();
		LocalDateTime at = LocalDateTime.ofInstant(next.asOf(), ZoneOffset.UTC);
		if (current == null) {
			return sql.update("insert into telemetry_consent (tool, seq, record, updated_at) values (?, ?, ?, ?)",
					this.tool, next.seq(), text, at) == 1;
		}
		return sql.update("update telemetry_consent set seq = ?, record = ?, updated_at = ? where tool = ? and seq = ?",
				next.seq(), text, at, this.tool, current.seq()) == 1;
	}

	boolean setAside(Statements sql, Row current) throws SQLException {
		return sql.update("update telemetry_consent set damaged = record, record = null where tool = ? and seq = ?",
				this.tool, current.seq()) == 1;
	}

	boolean appendReceipt(Statements sql, ConsentRecord decision) throws SQLException {
		Receipt last = sql.first((row) -> new Receipt(row.getLong(1), row.getString(2)),
				"select seq, receipt from telemetry_consent_receipt where tool = ? and seq = "
						+ "(select max(seq) from telemetry_consent_receipt where tool = ?)",
				this.tool, this.tool);
		String line = ReceiptLog.line(decision, (last != null) ? last.receipt() : null);
		return sql.update("insert into telemetry_consent_receipt (tool, seq, receipt) values (?, ?, ?)", this.tool,
				(last != null) ? last.seq() + 1 : 1, line) == 1;
	}

	boolean saveNotice(Statements sql, String hash, byte[] json) throws SQLException {
		return notice(sql, hash) != null
				|| sql.update("insert into telemetry_consent_notice (hash, notice) values (?, ?)", hash,
						new String(json, StandardCharsets.UTF_8)) == 1;
	}

	byte @Nullable [] notice(Statements sql, String hash) throws SQLException {
		return sql.first((row) -> row.getString(1).getBytes(StandardCharsets.UTF_8),
				"select notice from telemetry_consent_notice where hash = ?", hash);
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
	 */
	record Row(long seq, @Nullable String record) {

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
