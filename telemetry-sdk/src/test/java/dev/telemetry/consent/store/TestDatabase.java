package dev.telemetry.consent;

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
import java.util.logging.Logger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** A database with our tables, which a test can take away and give back. */
public final class TestDatabase implements DataSource {

	private final String url;

	/** What every call fails with, or {@code null} while the database answers. */
	volatile @Nullable SQLException failure;

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

	static TestDatabase postgres() {
		return new TestDatabase(PostgresServer.newDatabase()).create("postgresql");
	}

	/**
	 * Another process, as it were: the same database through a data source of its own.
	 */
	TestDatabase replica() {
		return new TestDatabase(this.url);
	}

	private TestDatabase create(String platform) {
		String script = "schema-" + platform + ".sql";
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

	List<String> query(String sql) {
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
		Connection real = DriverManager.getConnection(this.url);
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("close")) {
						assertGivenBackAsItWas(real);
						this.open.decrementAndGet();
					}
					if (this.unbounded && method.getName().endsWith("NetworkTimeout")) {
						throw new SQLFeatureNotSupportedException();
					}
					try {
						return method.invoke(real, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
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
