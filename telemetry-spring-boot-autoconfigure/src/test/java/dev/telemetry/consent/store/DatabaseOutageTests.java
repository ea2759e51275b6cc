package dev.telemetry.consent.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.telemetry.consent.gate.Inputs;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * What is wrong with a database is said by its name, with what helps. Every cause that a
 * PostgreSQL, an H2 or a pool can have is provoked.
 */
@Tag("F-32")
class DatabaseOutageTests {

	private static final String TABLES = "telemetry_consent, telemetry_consent_receipt and telemetry_consent_notice";

	private static final String NO_TABLE = "there is no table telemetry_consent; create it, or set"
			+ " telemetry.consent.jdbc.initialize-schema to always";

	private static final String NO_PRIVILEGE = "the database user lacks privileges on the tables of consent; grant it"
			+ " select, insert and update on " + TABLES;

	private static final String BAD_LOGIN = "the database refuses the user or the password; correct the user and the"
			+ " password of the application's DataSource";

	private static final String NO_DATABASE = "the database server has no such database; create the database, or"
			+ " correct the URL of the application's DataSource";

	private static final String READ_ONLY = "the database takes no changes: it is read-only; let the DataSource connect"
			+ " to the primary server, and not read-only";

	private static final String OTHER_TABLE = "a table of the record of consent has other columns than this version"
			+ " needs; compare " + TABLES + " with the script in dev/telemetry/consent of the library's jar";

	private static final String TOO_SLOW = "the database took too long with a table of the record of consent; look for"
			+ " a transaction that locks " + TABLES + ", or for what overloads the database";

	private static final String NO_CONNECTION = "the database gave no connection in time; check that it runs and can be"
			+ " reached, and that the application gives the connections of its pool back";

	@TempDir
	private Path directory;

	@Test
	void postgresWithoutTheTables() {
		assertThat(away(PostgresServer.newDatabase())).isEqualTo(NO_TABLE);
	}

	@Test
	void postgresUserWithoutPrivileges() {
		TestDatabase database = TestDatabase.postgres();
		String user = user(database, "");
		assertThat(away(database.url() + "&user=" + user)).isEqualTo(NO_PRIVILEGE);
	}

	@Test
	void postgresUserWhoMayOnlyRead() {
		TestDatabase database = TestDatabase.postgres();
		String user = user(database, "");
		database.execute(
				"grant select on telemetry_consent, telemetry_consent_receipt, telemetry_consent_notice to " + user);
		ConsentStore store = store(new DriverManagerDataSource(database.url() + "&user=" + user));
		assertThat(store.read()).isEqualTo(Found.NOTHING);
		assertThatIOException().isThrownBy(() -> store.write(Inputs.no(true))).withMessage(NO_PRIVILEGE);
	}

	@Test
	void postgresThatIsReadOnlyAsAStandbyIs() {
		TestDatabase database = TestDatabase.postgres();
		String user = user(database, "superuser");
		database.execute("alter role " + user + " set default_transaction_read_only = on");
		ConsentStore store = store(new DriverManagerDataSource(database.url() + "&user=" + user));
		assertThat(store.read()).isEqualTo(Found.NOTHING);
		assertThatIOException().isThrownBy(() -> store.write(Inputs.no(true))).withMessage(READ_ONLY);
	}

	@Test
	void postgresUserThatDoesNotExist() {
		assertThat(away(PostgresServer.newDatabase().replace("user=postgres", "user=nobody"))).isEqualTo(BAD_LOGIN);
	}

	@Test
	void postgresPasswordThatIsWrong() {
		String user = PostgresServer.newUserWithPassword("right");
		String url = PostgresServer.newDatabase().replace("user=postgres", "user=" + user);
		assertThat(away(url + "&password=right")).as("control").isEqualTo(NO_TABLE);
		assertThat(away(url + "&password=wrong")).isEqualTo(BAD_LOGIN);
	}

	@Test
	void postgresWithoutTheDatabase() {
		assertThat(away(PostgresServer.newDatabase().replaceAll("/telemetry\\d+", "/missing"))).isEqualTo(NO_DATABASE);
	}

	@Test
	void postgresWhoseConnectionsAreUsedUp() {
		TestDatabase database = TestDatabase.postgres();
		String user = user(database, "connection limit 0");
		assertThat(away(database.url() + "&user=" + user)).isEqualTo(
				"the database takes no further connections; raise its limit, or give the applications smaller pools");
	}

	@Test
	void postgresWithOtherColumns() {
		TestDatabase database = TestDatabase.postgres();
		database.execute("alter table telemetry_consent rename column seq to number");
		assertThat(away(database.url())).isEqualTo(OTHER_TABLE);
	}

	@Test
	void postgresWithNarrowerColumns() {
		TestDatabase database = TestDatabase.postgres();
		database.execute("alter table telemetry_consent alter column record type varchar(10)");
		assertThatIOException().isThrownBy(() -> store(database).write(Inputs.no(true))).withMessage(OTHER_TABLE);
	}

	@Test
	void postgresThatIsDown() throws IOException {
		assertThat(away("jdbc:postgresql://localhost:" + unusedPort() + "/demo?user=postgres")).isEqualTo(
				"the database does not answer (SQL state 08001); check that it runs and can be reached from" + " here");
	}

	@Test
	void postgresThatEndsTheConnection() throws SQLException {
		TestDatabase database = TestDatabase.postgres();
		try (Connection only = DriverManager.getConnection(database.url())) {
			ConsentStore store = store(new SingleConnectionDataSource(only, true));
			assertThat(store.read()).isEqualTo(Found.NOTHING);
			database.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
					+ " and pid <> pg_backend_pid()");
			assertThat(store.read().away()).isEqualTo("the database is starting or stopping; wait until it runs");
		}
	}

	@Test
	void postgresWhoseRowIsLocked() throws Exception {
		TestDatabase database = TestDatabase.postgres();
		ConsentStore store = store(database);
		store.write(Inputs.yes(ConsentScope.EXPORT));
		try (Connection other = DriverManager.getConnection(database.url());
				Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("update telemetry_consent set seq = seq");
			assertThatIOException().isThrownBy(() -> store.write(Inputs.no(true))).withMessage(TOO_SLOW);
			other.rollback();
		}
		Patience.until("the one that was given up to end", () -> write(store));
		assertThat(database.query("select seq from telemetry_consent")).as("it left nothing").containsExactly("2");
	}

	@Test
	void postgresThatPutsTransactionsInOrderLosesNone() throws Exception {
		TestDatabase database = TestDatabase.postgres();
		String user = user(database, "superuser");
		database.execute("alter role " + user + " set default_transaction_isolation = 'serializable'");
		DataSource serializable = new DriverManagerDataSource(database.url() + "&user=" + user);
		int writes = 10;
		Thread[] writers = new Thread[3];
		for (int i = 0; i < writers.length; i++) {
			writers[i] = new Thread(() -> {
				ConsentStore store = store(serializable);
				for (int k = 0; k < writes; k++) {
					Patience.until("a write", () -> write(store));
					store.read();
				}
			});
			writers[i].start();
		}
		for (Thread writer : writers) {
			Patience.end(writer);
		}
		assertThat(database.query("select seq from telemetry_consent"))
			.containsExactly(String.valueOf(writers.length * writes));
	}

	@Test
	void h2UserWithoutPrivileges() {
		String url = h2("create user reader password 'reader'");
		assertThat(store(new DriverManagerDataSource(url, "reader", "reader")).read().away()).isEqualTo(NO_PRIVILEGE);
	}

	@Test
	void h2UserWhoMayOnlyRead() {
		String url = h2("create user reader password 'reader'", "grant select on schema public to reader");
		ConsentStore store = store(new DriverManagerDataSource(url, "reader", "reader"));
		assertThat(store.read()).isEqualTo(Found.NOTHING);
		assertThatIOException().isThrownBy(() -> store.write(Inputs.no(true))).withMessage(NO_PRIVILEGE);
	}

	@Test
	void h2PasswordThatIsWrong() {
		String url = h2("create user reader password 'reader'");
		assertThat(store(new DriverManagerDataSource(url, "reader", "wrong")).read().away()).isEqualTo(BAD_LOGIN);
	}

	@Test
	void h2WithoutTheTables() {
		assertThat(away("jdbc:h2:mem:" + UUID.randomUUID())).isEqualTo(NO_TABLE);
	}

	@Test
	void h2WithoutTheDatabase() {
		assertThat(away("jdbc:h2:" + this.directory.resolve("none") + ";IFEXISTS=TRUE")).isEqualTo(NO_DATABASE);
	}

	@Test
	void h2FileThatIsOpenedForReadingOnly() throws SQLException {
		String url = "jdbc:h2:" + this.directory.resolve("db") + ";DATABASE_TO_LOWER=TRUE";
		new TestDatabase(url).create("h2");
		assertThatIOException()
			.isThrownBy(() -> store(new DriverManagerDataSource(url + ";ACCESS_MODE_DATA=r")).write(Inputs.no(true)))
			.withMessage(READ_ONLY);
	}

	@Test
	void h2WithOtherColumns() {
		TestDatabase database = TestDatabase.h2("h2");
		database.execute("alter table telemetry_consent alter column seq rename to number");
		assertThat(away(database.url())).isEqualTo(OTHER_TABLE);
	}

	@Test
	void h2WhoseRowIsLocked() throws Exception {
		TestDatabase database = TestDatabase.h2("h2");
		database.execute("set default_lock_timeout 100");
		ConsentStore store = store(database);
		store.write(Inputs.yes(ConsentScope.EXPORT));
		try (Connection other = DriverManager.getConnection(database.url());
				Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("update telemetry_consent set seq = seq");
			assertThatIOException().isThrownBy(() -> store.write(Inputs.no(true))).withMessage(TOO_SLOW);
			other.rollback();
		}
	}

	@Test
	void h2ServerThatIsDown() throws IOException {
		assertThat(away("jdbc:h2:tcp://localhost:" + unusedPort() + "/demo")).isEqualTo(
				"the database does not answer (SQL state 90067); check that it runs and can be reached from" + " here");
	}

	@Test
	void poolWhoseConnectionsTheApplicationHolds() throws SQLException {
		try (HikariDataSource pool = pool(TestDatabase.h2("h2").url()); Connection held = pool.getConnection()) {
			assertThat(held.isValid(1)).isTrue();
			assertThat(store(pool).read().away()).isEqualTo(NO_CONNECTION);
		}
	}

	@Test
	void poolBehindWhichTheServerRefusesThePassword() {
		String url = h2("create user reader password 'reader'");
		HikariConfig config = config(url);
		config.setUsername("reader");
		config.setPassword("wrong");
		try (HikariDataSource pool = new HikariDataSource(config)) {
			assertThat(store(pool).read().away()).isEqualTo(BAD_LOGIN);
		}
	}

	@Test
	void poolThatIsClosed() {
		HikariDataSource pool = pool(TestDatabase.h2("h2").url());
		pool.close();
		assertThat(store(pool).read().away())
			.isEqualTo("the application's DataSource is closed; start the application anew");
	}

	@Test
	void dataSourceThatFailsIsNamedByNothingItSays() {
		DataSource failing = new DriverManagerDataSource("jdbc:none:db.internal.example.com");
		assertThat(store(failing).read().away()).isEqualTo(
				"the database does not answer (SQL state 08001); check that it runs and can be reached from" + " here");
	}

	/** Servers that are not there for tests: their drivers' states and codes. */
	@ParameterizedTest
	@CsvSource({ "42S02, 1146, there is no table", "42000, 1142, lacks privileges", "42000, 1044, lacks privileges",
			"28000, 1045, refuses the user", "42000, 1049, no such database", "08004, 1040, no further connections",
			"HY000, 1290, read-only", "25006, 1792, read-only", "42S22, 1054, other columns", "HY000, 1205, too long",
			"HY000, 1021, no space", "42000, 942, there is no table", "72000, 1031, lacks privileges",
			"53100, 0, no space", "57P03, 0, starting or stopping", "XX000, 0, the database failed (SQL state XX000)" })
	void stateAndCodeOfAnotherServer(String state, int code, String expected) {
		assertThat(DatabaseOutage.of(new SQLException("db.internal.example.com", state, code)).problem())
			.contains(expected);
	}

	@Test
	void causeBehindWhatAPoolThrowsIsFound() {
		SQLException real = new SQLException("db.internal.example.com", "28P01");
		assertThat(DatabaseOutage.of(new SQLException("no connection", real)).toString()).isEqualTo(BAD_LOGIN);
		SQLException first = new SQLException("a batch");
		first.setNextException(real);
		assertThat(DatabaseOutage.of(first).toString()).isEqualTo(BAD_LOGIN);
		SQLException circular = new SQLException("a", new SQLException("b"));
		circular.getCause().initCause(circular);
		assertThat(DatabaseOutage.of(circular).problem()).contains("SQLException");
		assertThat(DatabaseOutage.of(new SQLTimeoutException()).toString()).isEqualTo(TOO_SLOW);
	}

	private String h2(String... statements) {
		String url = "jdbc:h2:mem:" + UUID.randomUUID();
		TestDatabase database = new TestDatabase(url + ";DB_CLOSE_DELAY=-1").create("h2");
		for (String statement : statements) {
			database.execute(statement);
		}
		return url;
	}

	private static String user(TestDatabase database, String options) {
		String user = "u" + UUID.randomUUID().toString().replace("-", "");
		database.execute("create role " + user + " login " + options);
		return user;
	}

	private static int unusedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static HikariDataSource pool(String url) {
		return new HikariDataSource(config(url));
	}

	private static HikariConfig config(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(2000);
		config.setInitializationFailTimeout(-1);
		return config;
	}

	private static String away(String url) {
		return String.valueOf(store(new DriverManagerDataSource(url)).read().away());
	}

	private static ConsentStore store(DataSource dataSource) {
		return TestDatabase.store(dataSource, "demo", System::nanoTime);
	}

	private static boolean write(ConsentStore store) {
		try {
			store.write(Inputs.no(true));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
