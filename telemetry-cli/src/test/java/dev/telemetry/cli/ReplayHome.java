package dev.telemetry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeDestination;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.storage.Home;

/**
 * The home of the tool acme, on 21 November 2026; time passes only while somebody waits.
 */
final class ReplayHome {

	static final Instant YES = Instant.parse("2026-11-20T10:00:00Z");

	static final String MACHINE = "0123456789abcdef";

	private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

	private static final String GRANT = "0123456789abcdef0123456789abcdef";

	private final AtomicLong nanos = new AtomicLong();

	private final Map<String, String> variables = new HashMap<>();

	private final Map<String, String> properties = new HashMap<>();

	private final Path directory;

	ReplayHome(Path directory) throws IOException {
		this.directory = directory;
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
	}

	Path directory() {
		return this.directory;
	}

	Home home() {
		return Home.chosen(this.directory);
	}

	ConsentStore store() {
		return ConsentStore.file(home(), "acme");
	}

	/** A home with a yes to a receiver, and a log. */
	static ReplayHome of(Path directory, Receiver receiver, int events) throws IOException {
		ReplayHome home = new ReplayHome(directory);
		home.yes(YES, ConsentScope.EXPORT, notice(destination("http", receiver.address())));
		home.variable("TELEMETRY_HTTP_ENDPOINT", receiver.address() + "/events");
		home.log("telemetry.log", lines(0, events));
		return home;
	}

	static NoticeDestination destination(String protocol, String address) {
		return NoticeDestination.of(protocol, address);
	}

	static Notice notice(NoticeDestination... destinations) {
		return Notice.builder("acme").destinations(Arrays.asList(destinations)).build();
	}

	ReplayHome yes(Instant when, ConsentScope scope, Notice notice) throws IOException {
		store().saveNotice(notice.hash(), notice.toJson());
		store().write(new ConsentRecord(1, true, true, scope, notice.hash(), GRANT, when, "actuator", "acme"));
		return this;
	}

	ReplayHome no() {
		try {
			store().write(new ConsentRecord(1, false, true, ConsentScope.NONE, null, null, YES.plusSeconds(60),
					"command", "acme"));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	ReplayHome variable(String name, String value) {
		this.variables.put(name, value);
		return this;
	}

	ReplayHome without(String variable) {
		this.variables.remove(variable);
		return this;
	}

	ReplayHome property(String name, String value) {
		this.properties.put(name, value);
		return this;
	}

	ReplayHome file(String name, String text) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
		return this;
	}

	ReplayHome log(String name, List<String> lines) throws IOException {
		return file(name, String.join("\n", lines) + "\n");
	}

	/** Lines of events, one a second from ten seconds after the yes on. */
	static List<String> lines(int from, int to) {
		return IntStream.range(from, to).mapToObj((i) -> line(i, "acme", YES.plusSeconds(10 + i))).toList();
	}

	static String line(int number, String tool, Instant time) {
		String millis = time.toString().contains(".") ? time.toString() : time.toString().replace("Z", ".000Z");
		return "{\"id\":\"" + id(number) + "\",\"name\":\"order.placed\",\"tool\":\"" + tool
				+ "\",\"tool_version\":\"1.0.0\",\"machine_id\":\"" + MACHINE + "\",\"timestamp_utc\":\"" + millis
				+ "\",\"attrs\":{\"items\":" + number + "},\"schema_version\":1}";
	}

	static String id(int number) {
		return new UUID(0x0190_0000_0000_7000L + number, 0x8000_0000_0000_0000L).toString();
	}

	static List<String> ids(int from, int to) {
		return IntStream.range(from, to).mapToObj(ReplayHome::id).toList();
	}

	/** How long somebody waited. */
	Duration waited() {
		return Duration.ofNanos(this.nanos.get());
	}

	Cli.Answer replay(String... args) {
		return replayOf(this.directory, args);
	}

	Cli.Answer replayOf(Path place, String... args) {
		List<String> all = new ArrayList<>(List.of("replay", place.toString()));
		all.addAll(List.of(args));
		Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
		Host host = new Host(Path.of(""), this.variables, this.properties::get, clock, Instant.EPOCH, this.nanos::get,
				() -> this.nanos.addAndGet(Duration.ofSeconds(1).toNanos()));
		return Cli.run(host, all.toArray(String[]::new));
	}

}
