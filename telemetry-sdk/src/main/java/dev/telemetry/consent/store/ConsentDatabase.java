package dev.telemetry.consent.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements in transactions of their own, each on a connection that is returned as
 * it was. A database that hangs is given up after a few seconds, as far as its driver can
 * do that; how long a pool lets callers wait for a connection is the pool's setting.
 * {@link DatabaseThread} ensures that no caller waits for either.
 */
@Internal
public final class ConsentDatabase {

	private static final int STATEMENT_SECONDS = 2;

	/** Longer than a statement may take: for a server that does not even cancel. */
	private static final int NETWORK_MILLIS = 3000;

	private static final int UNBOUNDED = -1;

	private final DataSource dataSource;

	public ConsentDatabase(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Do something, wholly or not at all. An interrupt is handed on afterwards: some
	 * drivers give up the whole database on one.
	 * @param <T> the type of the result
	 * @param work what to do
	 * @param progress is told how far it has got, and may forbid the end
	 * @return its result, or {@code null}
	 * @throws SQLException if the database failed
	 * @throws IOException if the work did not want to go on
	 */
	<T> @Nullable T transact(Work<T> work, Progress progress) throws SQLException, IOException {
		boolean interrupted = Thread.interrupted();
		try (Connection connection = this.dataSource.getConnection()) {
			progress.connected();
			return bounded(connection, work, progress);
		}
		catch (RuntimeException ex) {
			throw new SQLException("The data source failed", ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static <T> @Nullable T bounded(Connection connection, Work<T> work, Progress progress)
			throws SQLException, IOException {
		int before = bound(connection, NETWORK_MILLIS);
		try {
			return isolated(connection, work, progress);
		}
		finally {
			if (before != UNBOUNDED) {
				bound(connection, before);
			}
		}
	}

	/** Return what it was before; not every driver can do this. */
	private static int bound(Connection connection, int millis) {
		try {
			int before = connection.getNetworkTimeout();
			connection.setNetworkTimeout(Runnable::run, millis);
			return before;
		}
		catch (SQLException ex) {
			// Then a statement's own limit has to do
			return UNBOUNDED;
		}
	}

	private static <T> @Nullable T isolated(Connection connection, Work<T> work, Progress progress)
			throws SQLException, IOException {
		boolean before = connection.getAutoCommit();
		connection.setAutoCommit(false);
		boolean done = false;
		try {
			@Nullable T result = work.run(new Statements(connection));
			if (!progress.mayCommit()) {
				throw DatabaseOutage.inTime(true);
			}
			commit(connection);
			done = true;
			return result;
		}
		finally {
			end(connection, done, before);
		}
	}

	private static void commit(Connection connection) throws SQLException {
		try {
			connection.commit();
		}
		catch (SQLException ex) {
			throw isLostRace(ex) ? ex : new UncertainException(ex);
		}
	}

	/**
	 * Return whether a transaction had no effect because another one was faster: a row
	 * that was there first, a deadlock, or two that could not be put in order.
	 */
	static boolean isLostRace(SQLException ex) {
		String state = Objects.requireNonNullElse(ex.getSQLState(), "");
		return state.startsWith("23") || state.startsWith("40");
	}

	static SQLException lostRace() {
		return new SQLException("Another replica was faster", "40001");
	}

	/**
	 * What fails here changes nothing any more: the pool throws such a connection away.
	 */
	private static void end(Connection connection, boolean done, boolean autoCommit) {
		try {
			if (!done) {
				connection.rollback();
			}
			connection.setAutoCommit(autoCommit);
		}
		catch (SQLException ex) {
			// Said above
		}
	}

	/**
	 * Something done in a transaction.
	 *
	 * @param <T> the type of the result
	 */
	interface Work<T> {

		@Nullable T run(Statements sql) throws SQLException, IOException;

	}

	/** It may be that a transaction was committed, and it may be that it was not. */
	static final class UncertainException extends SQLException {

		private static final long serialVersionUID = 1L;

		UncertainException(SQLException cause) {
			super("The commit was not answered", cause);
		}

	}

	/** Follows a transaction. */
	interface Progress {

		/** There is a connection. */
		void connected();

		/** Return whether the transaction may be committed now. */
		boolean mayCommit();

	}

	/**
	 * Makes something of a row.
	 *
	 * @param <T> what it makes
	 */
	interface RowReader<T> {

		T read(ResultSet row) throws SQLException;

	}

	/** The statements of one transaction. */
	public static final class Statements {

		private final Connection connection;

		private Statements(Connection connection) {
			this.connection = connection;
		}

		String product() throws SQLException {
			return Objects.requireNonNullElse(this.connection.getMetaData().getDatabaseProductName(), "");
		}

		<T> @Nullable T first(RowReader<T> reader, String sql, Object... parameters) throws SQLException {
			try (PreparedStatement statement = prepare(sql, parameters); ResultSet rows = statement.executeQuery()) {
				return rows.next() ? reader.read(rows) : null;
			}
		}

		<T> List<T> all(RowReader<T> reader, String sql, Object... parameters) throws SQLException {
			List<T> all = new ArrayList<>();
			try (PreparedStatement statement = prepare(sql, parameters); ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					all.add(reader.read(rows));
				}
			}
			return all;
		}

		int update(String sql, Object... parameters) throws SQLException {
			try (PreparedStatement statement = prepare(sql, parameters)) {
				return statement.executeUpdate();
			}
		}

		private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
			PreparedStatement statement = this.connection.prepareStatement(sql);
			statement.setQueryTimeout(STATEMENT_SECONDS);
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			return statement;
		}

	}

}
