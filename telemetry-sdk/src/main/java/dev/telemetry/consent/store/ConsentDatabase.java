package dev.telemetry.consent;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Runs statements in transactions of their own, each on a connection that is given back
 * as it was. A database that hangs is given up after a few seconds, as far as its driver
 * can do that; how long a pool lets callers wait for a connection is the pool's setting.
 */
final class ConsentDatabase {

	private static final int STATEMENT_SECONDS = 2;

	/** Longer than a statement may take: for a server that does not even cancel. */
	private static final int NETWORK_MILLIS = 3000;

	private static final int UNBOUNDED = -1;

	private final DataSource dataSource;

	ConsentDatabase(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Do something, wholly or not at all. An interrupt is handed on afterwards: some
	 * drivers give up the whole database on one.
	 * @param <T> the type of the result
	 * @param work what to do
	 * @return its result, or {@code null}
	 * @throws SQLException if the database failed
	 * @throws IOException if the work did not want to go on
	 */
	<T> @Nullable T transact(Work<T> work) throws SQLException, IOException {
		boolean interrupted = Thread.interrupted();
		try (Connection connection = this.dataSource.getConnection()) {
			return bounded(connection, work);
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

	private static <T> @Nullable T bounded(Connection connection, Work<T> work) throws SQLException, IOException {
		int before = bound(connection, NETWORK_MILLIS);
		try {
			return isolated(connection, work);
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

	private static <T> @Nullable T isolated(Connection connection, Work<T> work) throws SQLException, IOException {
		boolean before = connection.getAutoCommit();
		connection.setAutoCommit(false);
		boolean done = false;
		try {
			@Nullable T result = work.run(new Statements(connection));
			connection.commit();
			done = true;
			return result;
		}
		finally {
			end(connection, done, before);
		}
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

	/**
	 * Makes something of a row.
	 *
	 * @param <T> what it makes
	 */
	interface RowReader<T> {

		T read(ResultSet row) throws SQLException;

	}

	/** The statements of one transaction. */
	static final class Statements {

		private final Connection connection;

		private Statements(Connection connection) {
			this.connection = connection;
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
