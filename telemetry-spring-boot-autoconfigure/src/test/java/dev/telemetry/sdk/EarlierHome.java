package dev.telemetry.sdk;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryJdbcConsentAutoConfiguration;
import dev.telemetry.sink.TelemetrySinkFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A home that an earlier version wrote, and the application it belongs to. How the homes
 * were made stands in the {@code README.md} beside them.
 *
 * @param version the commit of the version
 * @param name what had happened in it
 */
record EarlierHome(String version, String name) {

	private static final Pattern EVENT = Pattern.compile("\\{\"id\":\"([0-9a-f-]{36})\"");

	/** What lies beside the home when the decision is in a database. */
	static final String DATABASE = "consent.sql";

	/**
	 * The application of every earlier home, as it was declared. What ages is kept for a
	 * century: the homes get older with each day.
	 */
	private static final String[] PROPERTIES = { "spring.application.name=order-desk",
			"telemetry.specs=classpath:dev/telemetry/earlier/desk.telemetry.yaml",
			"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false",
			"telemetry.consent.max-age=36500d", "telemetry.spill.max-age=36500d", "telemetry.file.max-age=36500d",
			"telemetry.metadata.region=north", "telemetry.batch-timeout=0s" };

	static ApplicationContextRunner application(Path home, TelemetrySinkFactory receiver) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TelemetryJdbcConsentAutoConfiguration.class,
					TelemetryAutoConfiguration.class))
			.withBean("receiver", TelemetrySinkFactory.class, () -> receiver)
			.withPropertyValues(PROPERTIES)
			.withPropertyValues("telemetry.home=" + home);
	}

	static ApplicationContextRunner withDatabase(ApplicationContextRunner application, DataSource database) {
		return application.withBean("database", DataSource.class, () -> database)
			.withPropertyValues("telemetry.consent.store=jdbc", "telemetry.consent.jdbc.initialize-schema=always");
	}

	static DataSource newDatabase() {
		return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
	}

	/**
	 * Start the application as it was started then.
	 * @param copy a copy of the home
	 * @param receiver where events go today
	 * @return what starts it, as often as it is asked to
	 */
	ApplicationContextRunner opened(Path copy, TelemetrySinkFactory receiver) {
		ApplicationContextRunner application = application(copy, receiver);
		if (this.name.equals("configured")) {
			application = application.withPropertyValues("telemetry.enabled=true");
		}
		return isInDatabase() ? withDatabase(application, database()) : application;
	}

	boolean isInDatabase() {
		return Files.exists(original().resolve(DATABASE));
	}

	/** Return the database as it was, in memory. */
	DataSource database() {
		DataSource database = newDatabase();
		new JdbcTemplate(database).execute("RUNSCRIPT FROM '" + original().resolve(DATABASE) + "'");
		return database;
	}

	/** Return whether the decision was recorded, and not found in configuration. */
	boolean isRecorded() {
		return !this.name.startsWith("configured") && !this.name.equals("opted-in");
	}

	/**
	 * Return what waited to be sent.
	 * @return the identifiers of the events, the oldest first
	 * @throws IOException if the spill cannot be read
	 */
	List<String> waiting() throws IOException {
		Path spill = original().resolve("spill");
		List<String> ids = new ArrayList<>();
		if (Files.exists(spill)) {
			for (Path file : Installation.files(spill).stream().sorted().toList()) {
				EVENT.matcher(Files.readString(file)).results().forEach((event) -> ids.add(event.group(1)));
			}
		}
		return ids;
	}

	/** Return whether its grant agreed to a notice of the first format. */
	boolean isOfTheFirstNotice() {
		return this.version.equals("a4b9d33") || this.name.startsWith("upgraded");
	}

	/** Return the requests for deletion that were not answered yet. */
	List<String> pendingDeletions() throws IOException {
		List<String> requests = new ArrayList<>();
		for (Path file : Installation.files(original().resolve("deletion"))) {
			requests.add(Files.readString(file));
		}
		return requests;
	}

	/**
	 * Copy the home, with the modes it was written with: a version control system keeps
	 * none.
	 * @param target a directory that does not exist
	 * @return the target
	 * @throws IOException if it cannot be copied
	 */
	Path copyTo(Path target) throws IOException {
		Path original = original();
		Files.walkFileTree(original, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				Files.createDirectory(target.resolve(original.relativize(directory)),
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (!file.endsWith(DATABASE)) {
					Path copy = Files.copy(file, target.resolve(original.relativize(file)));
					Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
				}
				return FileVisitResult.CONTINUE;
			}

		});
		return target;
	}

	private Path original() {
		String name = "/dev/telemetry/earlier/" + this.version + "/" + this.name;
		URL found = EarlierHome.class.getResource(name);
		if (found == null) {
			throw new IllegalStateException("no " + name);
		}
		try {
			return Path.of(found.toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return this.name + " of " + this.version;
	}

}
