package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.TelemetrySdk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class TelemetryJdbcConsentAutoConfigurationTests {

	private static final String JDBC = "telemetry.consent.store=jdbc";

	/** A database that has just been made may be too slow on a machine that is busy. */
	private static final int MOST_TRIES = 20;

	@TempDir
	private Path directory;

	private Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.home = this.directory.resolve("home");
		this.runner = TestApplication.runner(this.home)
			.withConfiguration(AutoConfigurations.of(TelemetryJdbcConsentAutoConfiguration.class));
	}

	@Test
	void defaultKeepsTheDecisionInAFileAndAsksNoDatabase() {
		this.runner.withBean(DataSource.class, () -> unreachable()).run((context) -> {
			enable(context);
			assertThat(this.home.resolve("consent.json")).exists();
			assertThat(pollers()).isEmpty();
		});
	}

	@Test
	void jdbcWhenDatabaseIsEmbeddedCreatesTablesAndKeepsTheDecisionThere() throws InterruptedException {
		DataSource database = h2();
		List<Thread> pollers = new ArrayList<>();
		this.runner.withBean(DataSource.class, () -> database).withPropertyValues(JDBC).run((context) -> {
			assertThat(new JdbcTemplate(database).queryForList("select * from telemetry_consent")).isEmpty();
			enable(context);
			assertThat(new JdbcTemplate(database).queryForObject("select record from telemetry_consent", String.class))
				.contains("\"granted\"");
			assertThat(new JdbcTemplate(database).queryForObject("select count(*) from telemetry_consent_receipt",
					Integer.class))
				.isEqualTo(1);
			assertThat(this.home.resolve("consent.json")).doesNotExist();
			pollers.addAll(pollers());
		});
		assertThat(pollers).hasSize(1);
		Patience.end(pollers.get(0));
	}

	@Test
	void jdbcWhenTwoApplicationsShareADatabaseCreatesTheTablesOnce() {
		DataSource database = h2();
		this.runner.withBean(DataSource.class, () -> database)
			.withPropertyValues(JDBC)
			.run((one) -> this.runner.withBean(DataSource.class, () -> database)
				.withPropertyValues(JDBC, "telemetry.home=" + this.directory.resolve("other"))
				.run((other) -> {
					assertThat(problems(other)).isEmpty();
					enable(one);
					assertThat(telemetry(other).gate().refresh().state()).isEqualTo(ConsentState.GRANTED);
				}));
	}

	@Test
	void jdbcWhenThereIsNoDataSourceStaysClosedAndSaysSo() {
		this.runner.withPropertyValues(JDBC, "telemetry.enabled=true").run((context) -> {
			assertThat(telemetry(context).status().consent().state()).isEqualTo(ConsentState.FAULT);
			assertThat(telemetry(context).gate().enable(ConsentScope.EXPORT, null, "command").outcome())
				.isNotEqualTo(Outcome.DONE);
			assertThat(telemetry(context).context().isCollecting()).isFalse();
			assertThat(problems(context)).extracting(Problem::property).containsExactly("telemetry.consent.store");
			assertThat(this.home.resolve("consent.json")).doesNotExist();
		});
	}

	@Test
	void jdbcWhenThereAreTwoDataSourcesStaysClosedUnlessOneIsPrimary() {
		DataSource database = h2();
		ApplicationContextRunner two = this.runner.withPropertyValues(JDBC)
			.withBean("first", DataSource.class, () -> unreachable());
		two.withBean("second", DataSource.class, () -> unreachable())
			.run((context) -> assertThat(problems(context)).extracting(Problem::property)
				.containsExactly("telemetry.consent.store"));
		two.withBean("second", DataSource.class, () -> database, (definition) -> definition.setPrimary(true))
			.run((context) -> enable(context));
	}

	@Test
	void neverCreatesNoTablesAndTheFaultSaysHow() {
		this.runner.withBean(DataSource.class, () -> h2())
			.withPropertyValues(JDBC, "telemetry.consent.jdbc.initialize-schema=never")
			.run((context) -> {
				assertThat(telemetry(context).status().consent().state()).isEqualTo(ConsentState.FAULT);
				assertThat(telemetry(context).status().consent().reason()).contains("there is no table");
			});
	}

	@Test
	void alwaysWhenTablesCannotBeCreatedIsAProblemAndNoEnd() {
		String url = "jdbc:h2:mem:" + UUID.randomUUID();
		JdbcTemplate administrator = new JdbcTemplate(new DriverManagerDataSource(url + ";DB_CLOSE_DELAY=-1"));
		administrator.execute("create user reader password 'reader'");
		DataSource reader = new DriverManagerDataSource(url, "reader", "reader");
		this.runner.withBean(DataSource.class, () -> reader)
			.withPropertyValues(JDBC, "telemetry.consent.jdbc.initialize-schema=always")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(problems(context)).containsExactly(new Problem("telemetry.consent.jdbc.initialize-schema",
						"table telemetry_consent",
						"there is no table telemetry_consent, and it could not be created: the database user lacks"
								+ " privileges on the tables of consent",
						"create it with the script in dev/telemetry/consent of the library's jar, or let the database"
								+ " user create tables"));
				assertThat(telemetry(context).status().consent().state()).isEqualTo(ConsentState.FAULT);
				administrator.execute("alter user reader admin true");
				enable(context);
				assertThat(problems(context)).as("created when it is allowed at last").isEmpty();
			});
	}

	@Test
	void alwaysWhenTheDatabaseFailsIsAProblemOfTheStoreAndNoEnd() {
		this.runner.withBean(DataSource.class, () -> unreachable())
			.withPropertyValues(JDBC, "telemetry.consent.jdbc.initialize-schema=always")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(problems(context)).extracting(Problem::property).containsExactly("telemetry.consent.store");
				assertThat(problems(context).toString()).doesNotContain("db.internal");
				assertThat(telemetry(context).status().consent().state()).isEqualTo(ConsentState.FAULT);
			});
	}

	@Test
	void alwaysWhenSpringsJdbcIsMissingIsAProblemAndTheStoreWorksAllTheSame() {
		DataSource database = h2();
		ApplicationContextRunner jdbc = this.runner.withBean(DataSource.class, () -> database).withPropertyValues(JDBC);
		jdbc.run((context) -> assertThat(problems(context)).isEmpty());
		jdbc.withClassLoader(new FilteredClassLoader(DataSourceScriptDatabaseInitializer.class))
			.withPropertyValues("telemetry.consent.jdbc.initialize-schema=always")
			.run((context) -> {
				assertThat(problems(context)).extracting(Problem::property)
					.containsExactly("telemetry.consent.jdbc.initialize-schema");
				enable(context);
			});
	}

	@Test
	void storeWhenItsNameIsUnknownStaysClosed() {
		this.runner.withPropertyValues("telemetry.consent.store=redis", "telemetry.enabled=true").run((context) -> {
			assertThat(telemetry(context).status().consent().state()).isEqualTo(ConsentState.FAULT);
			assertThat(telemetry(context).gate().enable(ConsentScope.EXPORT, null, "command").outcome())
				.isNotEqualTo(Outcome.DONE);
			assertThat(problems(context)).extracting(Problem::action).containsExactly("use 'file' or 'jdbc'");
		});
	}

	@Test
	void storeOfTheUserWins() {
		ConsentStore own = ConsentStore.memory();
		this.runner.withBean(ConsentStore.class, () -> own).withPropertyValues(JDBC).run((context) -> {
			enable(context);
			assertThat(own.read().record()).isNotNull();
		});
	}

	private static void enable(ApplicationContext context) {
		Outcome outcome = Outcome.NOT_PERSISTED;
		for (int i = 0; i < MOST_TRIES && outcome == Outcome.NOT_PERSISTED; i++) {
			outcome = telemetry(context).gate().enable(ConsentScope.EXPORT, null, "command").outcome();
		}
		assertThat(outcome).isEqualTo(Outcome.DONE);
	}

	private static TelemetrySdk telemetry(ApplicationContext context) {
		return context.getBean(TelemetrySdk.class);
	}

	private static List<Problem> problems(ApplicationContext context) {
		return context.getBean(Problems.class).list();
	}

	private static List<Thread> pollers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("telemetry-consent"))
			.toList();
	}

	private static DataSource h2() {
		return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
	}

	private static DataSource unreachable() {
		return new AbstractDataSource() {

			@Override
			public java.sql.Connection getConnection() {
				throw new IllegalStateException("db.internal.example.com refused the password");
			}

			@Override
			public java.sql.Connection getConnection(String user, String password) {
				return getConnection();
			}

		};
	}

}
