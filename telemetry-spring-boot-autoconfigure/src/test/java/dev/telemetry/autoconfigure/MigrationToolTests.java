package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;

import javax.sql.DataSource;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.InitializeSchema;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.JdbcConsentStore;
import dev.telemetry.consent.store.PostgresServer;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.TelemetrySdk;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that bring a fresh database up to date themselves, with the record of
 * consent in the same schema.
 */
class MigrationToolTests {

	private static final String MIGRATED = "select count(*) from orders";

	private static final String OURS = "select count(*) from telemetry_consent";

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner;

	/** A database with which an application begins. */
	enum Fresh {

		H2_FILE, POSTGRES;

		String url(Path directory) {
			return (this == H2_FILE) ? "jdbc:h2:file:" + directory.resolve("db") : PostgresServer.newDatabase();
		}

	}

	@BeforeEach
	void createRunner() throws IOException {
		Files.writeString(this.directory.resolve("V1__orders.sql"), "create table orders (id int primary key);");
		Files.writeString(this.directory.resolve("changelog.sql"), """
				--liquibase formatted sql
				--changeset shop:1
				create table orders (id int primary key);
				""");
		this.runner = TestApplication.runner(this.directory.resolve("home"))
			.withConfiguration(AutoConfigurations.of(TelemetryJdbcConsentAutoConfiguration.class,
					DataSourceAutoConfiguration.class, DataSourceInitializationAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class))
			.withPropertyValues("telemetry.consent.store=jdbc", "telemetry.consent.jdbc.initialize-schema=always",
					"spring.flyway.locations=filesystem:" + this.directory, "spring.liquibase.change-log=changelog.sql",
					"spring.liquibase.enabled=true", "spring.flyway.enabled=true");
	}

	private ApplicationContextRunner flyway() {
		return this.runner.withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class));
	}

	@ParameterizedTest
	@EnumSource
	void flywayFindsAnEmptySchemaAndOurTablesComeAfterIt(Fresh fresh) {
		flyway().withPropertyValues("spring.datasource.url=" + fresh.url(this.directory)).run(this::starts);
	}

	@Test
	void flywayFindsAnEmptySchemaInAnEmbeddedDatabaseByDefault() {
		flyway()
			.withPropertyValues("telemetry.consent.jdbc.initialize-schema=",
					"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
			.run(this::starts);
	}

	@ParameterizedTest
	@EnumSource
	void liquibaseMigratesAndOurTablesComeAfterIt(Fresh fresh) {
		this.runner.withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class))
			.withClassLoader(ofDirectory())
			.withPropertyValues("spring.datasource.url=" + fresh.url(this.directory))
			.run((context) -> {
				starts(context);
				assertThat(count(context, "select count(*) from databasechangelog")).isEqualTo(1);
			});
	}

	private ClassLoader ofDirectory() {
		try {
			return new URLClassLoader(new URL[] { this.directory.toUri().toURL() }, getClass().getClassLoader());
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void scriptsOfSpringBootRunFirst() throws IOException {
		Files.writeString(this.directory.resolve("schema.sql"), "create table orders (id int primary key);");
		this.runner
			.withPropertyValues("spring.datasource.url=" + Fresh.H2_FILE.url(this.directory),
					"spring.sql.init.mode=always",
					"spring.sql.init.schema-locations=file:" + this.directory.resolve("schema.sql"))
			.run(this::starts);
	}

	@Test
	void flywayOfOneOfTwoDatabasesFindsAnEmptySchema() {
		String first = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		String second = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		flyway().withPropertyValues("telemetry.consent.jdbc.initialize-schema=embedded")
			.withBean("first", DataSource.class, () -> new DriverManagerDataSource(first),
					(definition) -> definition.setPrimary(true))
			.withBean("second", DataSource.class, () -> new DriverManagerDataSource(second))
			.run((context) -> {
				starts(context);
				assertThat(new JdbcTemplate(new DriverManagerDataSource(second))
					.queryForList("select table_name from information_schema.tables where table_schema = 'PUBLIC'"))
					.isEmpty();
			});
	}

	@Test
	void flywayThatIsMadeWhenItIsNeededFirstFindsAnEmptySchema() {
		flyway().withPropertyValues("spring.datasource.url=" + Fresh.H2_FILE.url(this.directory))
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				TelemetrySdk telemetry = TestApplication.telemetry(context);
				assertThat(telemetry.gate().enable(ConsentScope.EXPORT, null, "command").reason()).contains(
						"there is no table telemetry_consent yet; wait for the application's database migrations");
				assertThat(telemetry.status().consent().state()).isEqualTo(ConsentState.FAULT);
				assertThat(context.getBeanFactory().containsSingleton("flywayInitializer"))
					.as("nothing of ours makes it run")
					.isFalse();
				context.getBean(JdbcTemplate.class);
				assertThat(context.getBeanFactory().containsSingleton("flywayInitializer"))
					.as("what uses the database does")
					.isTrue();
				starts(context);
			});
	}

	@Test
	void migrationThatNeedsTelemetryIsNoCycle() {
		flyway().withPropertyValues("spring.datasource.url=" + Fresh.H2_FILE.url(this.directory))
			.withBean(RecordingCallback.class)
			.run(this::starts);
	}

	@Test
	void replicasThatStartTogetherOnAFreshDatabaseFindNoProblem() throws Exception {
		DataSource database = new DriverManagerDataSource(PostgresServer.newDatabase());
		int replicas = 4;
		CyclicBarrier together = new CyclicBarrier(replicas);
		Problems problems = new Problems();
		List<Found> found = new ArrayList<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < replicas; i++) {
			ConsentStore store = JdbcConsentStore.of(database, "demo", System::nanoTime, new ScriptedConsentSchema(
					database, InitializeSchema.ALWAYS, new DefaultResourceLoader(), () -> true), problems);
			threads.add(new Thread(() -> {
				try {
					Patience.meet("read", together);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				Found answer = store.read();
				synchronized (found) {
					found.add(answer);
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			Patience.end(thread);
		}
		assertThat(problems.list()).isEmpty();
		assertThat(found).hasSize(replicas).containsOnly(new Found(null, null));
	}

	private void starts(ApplicationContext context) {
		assertThat(count(context, MIGRATED)).as("the application's own tables").isZero();
		Patience.until("consent to be stored",
				() -> TestApplication.telemetry(context)
					.gate()
					.enable(ConsentScope.EXPORT, null, "command")
					.outcome() == Outcome.DONE);
		assertThat(count(context, OURS)).isEqualTo(1);
		assertThat(TestApplication.problems(context)).extracting(Problem::property)
			.doesNotContain("telemetry.consent.store", "telemetry.consent.jdbc.initialize-schema");
	}

	private static int count(ApplicationContext context, String query) {
		Integer count = new JdbcTemplate(context.getBean(DataSource.class)).queryForObject(query, Integer.class);
		return (count != null) ? count : -1;
	}

	/** What an application may do while it migrates. */
	static final class RecordingCallback implements Callback {

		private final TelemetrySdk telemetry;

		RecordingCallback(TelemetrySdk telemetry) {
			this.telemetry = telemetry;
		}

		@Override
		public boolean supports(Event event, Context context) {
			return event == Event.AFTER_MIGRATE;
		}

		@Override
		public boolean canHandleInTransaction(Event event, Context context) {
			return true;
		}

		@Override
		public void handle(Event event, Context context) {
			this.telemetry.context().record("schema.migrated");
		}

		@Override
		public String getCallbackName() {
			return "recording";
		}

	}

}
