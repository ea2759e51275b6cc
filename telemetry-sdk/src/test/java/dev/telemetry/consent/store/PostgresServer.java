package dev.telemetry.consent.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A real PostgreSQL server, which all tests share; each gets a database of its own. */
public final class PostgresServer {

	private static final AtomicInteger DATABASES = new AtomicInteger();

	private PostgresServer() {
	}

	/**
	 * Make an empty database.
	 * @return its address, with the user's name
	 */
	public static String newDatabase() {
		String name = "telemetry" + DATABASES.incrementAndGet();
		try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
			return Holder.SERVER.getJdbcUrl("postgres", name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Make a user whose password is asked for, unlike that of all others.
	 * @param password the password
	 * @return the user's name
	 */
	static String newUserWithPassword(String password) {
		String user = "asked" + DATABASES.incrementAndGet();
		try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create role " + user + " login password '" + password + "'");
			Path rules;
			try (ResultSet row = statement.executeQuery("show hba_file")) {
				row.next();
				rules = Path.of(row.getString(1));
			}
			Files.writeString(rules, "host all " + user + " all scram-sha-256\n" + Files.readString(rules));
			statement.execute("select pg_reload_conf()");
			return user;
		}
		catch (SQLException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Started when it is needed first; ends with the tests. */
	private static final class Holder {

		private static final EmbeddedPostgres SERVER = start();

		private static EmbeddedPostgres start() {
			try {
				return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
