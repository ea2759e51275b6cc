package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.telemetry.EventType;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.deletion.TelemetryReset;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes the homes that {@link EarlierHomeTests} opens, with the version on the class
 * path. Runs once for each version: see the {@code README.md} beside the homes.
 */
final class EarlierHomeWriter {

	private static final EventType ORDER_PLACED = EventType.of("order.placed");

	private static final EventType REPORT_OPENED = EventType.of("report.opened");

	private final Path target;

	private EarlierHomeWriter(Path target) {
		this.target = target;
	}

	public static void main(String[] arguments) throws IOException {
		new EarlierHomeWriter(Path.of(arguments[0])).writeAll();
	}

	private void writeAll() throws IOException {
		write("granted", List.of(), EarlierHomeWriter::grantAgain);
		write("local", List.of(), (context) -> grant(context, ConsentScope.LOCAL));
		write("denied", List.of(), EarlierHomeWriter::deny);
		write("withdrawn", List.of(), (context) -> {
			grant(context, ConsentScope.EXPORT);
			deny(context);
		});
		write("reset", List.of("telemetry.deletion.http.url=http://localhost:9/deletion"), (context) -> {
			grant(context, ConsentScope.EXPORT);
			context.getBean(TelemetryReset.class).reset("command");
		});
		write("configured", List.of("telemetry.enabled=true"), EarlierHomeWriter::record);
		writeWithFile("configured-in-home", "telemetry.yaml", "enabled: true\n");
		writeWithFile("opted-in", "telemetry.opt-in", "true\n");
		write("taken-over", List.of("telemetry.enabled=true"), EarlierHomeWriter::takeOver);
		writeWithDatabase("granted-in-database", List.of(), EarlierHomeWriter::grantAgain);
		writeWithDatabase("denied-in-database", List.of(), EarlierHomeWriter::deny);
		writeWithDatabase("withdrawn-in-database", List.of(), (context) -> {
			grant(context, ConsentScope.EXPORT);
			deny(context);
		});
		writeWithDatabase("taken-over-in-database", List.of("telemetry.enabled=true"), EarlierHomeWriter::takeOver);
		upgrade("upgraded", new EarlierHome("a4b9d33", "granted"));
		upgrade("upgraded-in-database", new EarlierHome("a4b9d33", "granted-in-database"));
		try (Stream<Path> files = Files.walk(this.target)) {
			for (Path file : files.toList()) {
				if (file.toString().endsWith("lock")) {
					Files.delete(file);
				}
			}
		}
	}

	private void write(String name, List<String> more, Step step) {
		run(EarlierHome.application(this.target.resolve(name), new EarlierReceiver(true)), more, step);
	}

	private void writeWithFile(String name, String file, String content) throws IOException {
		Files.writeString(Files.createDirectories(this.target.resolve(name)).resolve(file), content);
		write(name, List.of(), EarlierHomeWriter::record);
	}

	private void writeWithDatabase(String name, List<String> more, Step step) throws IOException {
		Path home = Files.createDirectories(this.target.resolve(name));
		writeWithDatabase(home, EarlierHome.newDatabase(), more, step);
	}

	private static void writeWithDatabase(Path home, DataSource database, List<String> more, Step step) {
		run(EarlierHome.withDatabase(EarlierHome.application(home, new EarlierReceiver(true)), database), more, step);
		new JdbcTemplate(database)
			.execute("SCRIPT NOPASSWORDS NOSETTINGS TO '" + home.resolve(EarlierHome.DATABASE) + "'");
	}

	/**
	 * Open a home of a version before this one, so that it is as an upgrade leaves it.
	 */
	private void upgrade(String name, EarlierHome earlier) throws IOException {
		Path home = earlier.copyTo(this.target.resolve(name));
		Step step = (context) -> context.getBean(TelemetrySdk.class).flush(Duration.ofSeconds(2));
		if (earlier.isInDatabase()) {
			writeWithDatabase(home, earlier.database(), List.of(), step);
		}
		else {
			write(name, List.of(), step);
		}
	}

	private static void run(ApplicationContextRunner application, List<String> more, Step step) {
		application.withPropertyValues(more.toArray(String[]::new))
			.withPropertyValues("telemetry.shutdown-timeout=1s")
			.run(step::run);
	}

	/** So that the receipts tell of more than one decision. */
	private static void grantAgain(ApplicationContext context) {
		grant(context, ConsentScope.EXPORT);
		deny(context);
		grant(context, ConsentScope.EXPORT);
	}

	/** A grant that takes over one by configuration, and what waits under that one. */
	private static void takeOver(ApplicationContext context) {
		record(context);
		grant(context, ConsentScope.EXPORT);
	}

	private static void grant(ApplicationContext context, ConsentScope scope) {
		context.getBean(TelemetrySdk.class).gate().enable(scope, null, "command");
		record(context);
	}

	private static void deny(ApplicationContext context) {
		context.getBean(TelemetrySdk.class).gate().disable("command");
	}

	private static void record(ApplicationContext context) {
		TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
		if (!telemetry.context().isCollecting()) {
			throw new IllegalStateException("off: " + telemetry.status());
		}
		recordOrder(telemetry);
		telemetry.context().event(REPORT_OPENED).attribute("report", "monthly").record();
		// The receiver is away: this is for the attempt, after which all lies on disk
		telemetry.flush(Duration.ofSeconds(2));
		System.out.println(Map.of("machine id", String.valueOf(telemetry.status().machineId())));
	}

	static void recordOrder(TelemetrySdk telemetry) {
		telemetry.context()
			.event(ORDER_PLACED)
			.attribute("payment", "invoice")
			.attribute("items", 3)
			.attribute("total", 120)
			.attribute("customer", "alice")
			.record();
	}

	/** What is done with the application. */
	private interface Step {

		void run(ApplicationContext context);

	}

}
