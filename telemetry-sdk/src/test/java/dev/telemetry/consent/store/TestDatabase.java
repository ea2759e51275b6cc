package dev.telemetry.consent.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

import javax.sql.DataSource;

import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/** A database with our tables, which a test can take away and give back. */
public final class TestDatabase implements DataSource {

	private final String url;

	/** What every call fails with, or {@code null} while the database answers. */
	public volatile @Nullable SQLException failure;

	/** Whether one connection serves for all; for one thread at a time. */
	public boolean reuses;

	private @Nullable Connection reused;

	/** What a commit fails with although it was done, or {@code null}. */
	public volatile @Nullable SQLException commitFailure;

	/** Whether the driver refuses to bound how long the network may take. */
	volatile boolean unbounded;

	/** Connections that were handed out, and those that are out now. */
	final AtomicInteger connections = new AtomicInteger();

	final AtomicInteger open = new AtomicInteger();

	TestDatabase(String url) {
		this.url = url;
	}

	/**
	 * Make a database in memory, with our tables.
	 * @param platform whose script creates them
	 * @return the database
	 */
	public static TestDatabase h2(String platform) {
		String mode = platform.equals("h2") ? "" : ";MODE=" + platform;
		String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;DATABASE_TO_LOWER=TRUE" + mode;
		return new TestDatabase(url).create(platform);
	}

	/**
	 * Make a store of a process of its own.
	 * @param database the database
	 * @param tool the tool
	 * @param nanoTime the monotonic clock
	 * @return the store
	 */
	public static ConsentStore store(DataSource database, String tool, LongSupplier nanoTime) {
		return JdbcConsentStore.of(database, tool, nanoTime, ConsentSchema.none(), new Problems());
	}

	static TestDatabase postgres() {
		return new TestDatabase(PostgresServer.newDatabase()).create("postgresql");
	}

	/**
	 * Another process, as it were: the same database through a data source of its own.
	 */
	public TestDatabase replica() {
		return new TestDatabase(this.url);
	}

	/** Answer nothing from now on. */
	public void goAway() {
		this.failure = new SQLException("gone", "08006");
	}

	/** Answer again. */
	public void comeBack() {
		this.failure = null;
	}

	String url() {
		return this.url;
	}

	TestDatabase create(String platform) {
		String script = "/dev/telemetry/consent/schema-" + platform + ".sql";
		try (var in = ConsentStore.class.getResourceAsStream(script)) {
			assert in != null;
			for (String statement : new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\n", -1)) {
				if (!statement.isBlank()) {
					execute(statement);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	void execute(String sql) {
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public List<String> query(String sql) {
		List<String> values = new ArrayList<>();
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				values.add(rows.getString(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return values;
	}

	@Override
	public Connection getConnection() throws SQLException {
		SQLException failing = this.failure;
		if (failing != null) {
			throw failing;
		}
		this.connections.incrementAndGet();
		this.open.incrementAndGet();
		Connection real = connect();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("close")) {
						assertGivenBackAsItWas(real);
						this.open.decrementAndGet();
						if (this.reuses) {
							return null;
						}
					}
					if (this.unbounded && method.getName().endsWith("NetworkTimeout")) {
						throw new SQLFeatureNotSupportedException();
					}
					try {
						Object result = method.invoke(real, arguments);
						SQLException committed = this.commitFailure;
						if (committed != null && method.getName().equals("commit")) {
							throw committed;
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private Connection connect() throws SQLException {
		Connection connection = this.reused;
		if (connection == null) {
			connection = DriverManager.getConnection(this.url);
			this.reused = this.reuses ? connection : null;
		}
		return connection;
	}

	private static void assertGivenBackAsItWas(Connection connection) throws SQLException {
		if (!connection.getAutoCommit()) {
			throw new AssertionError("given back within a transaction");
		}
	}

	@Override
	public Connection getConnection(String user, String password) throws SQLException {
		return getConnection();
	}

	@Override
	public @Nullable PrintWriter getLogWriter() {
		return null;
	}

	@Override
	public void setLogWriter(PrintWriter out) {
	}

	@Override
	public void setLoginTimeout(int seconds) {
	}

	@Override
	public int getLoginTimeout() {
		return 0;
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		throw new SQLFeatureNotSupportedException();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		throw new SQLException();
	}

	@Override
	public boolean isWrapperFor(Class<?> type) {
		return false;
	}

}
