package dev.telemetry.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in this process, on 21 November 2026. */
final class Cli {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

	private static final Map<String, String> ENVIRONMENT = Map.of("DO_NOT_TRACK", "1", "TELEMETRY_HEADERS",
			"Authorization: s3cret");

	private Cli() {
	}

	static Answer run(String... args) {
		return runWith("", args);
	}

	/** Run a command with something piped in. */
	static Answer runWith(String input, String... args) {
		return run(Path.of(""), input, false, args);
	}

	/** Run a command as if a person sat there and typed. */
	static Answer type(String input, String... args) {
		return run(Path.of(""), input, true, args);
	}

	/** Type as before, on a machine where a variable is not set. */
	static Answer typeWithout(String variable, String input, String... args) {
		return run(hostWithout(variable), input, true, args);
	}

	/** Run a command on a machine where a variable is not set. */
	static Answer runWithout(String variable, String... args) {
		return run(hostWithout(variable), args);
	}

	private static Host hostWithout(String variable) {
		Map<String, String> environment = new HashMap<>(ENVIRONMENT);
		environment.remove(variable);
		return host(Path.of(""), environment);
	}

	/** Run a command in another directory. */
	static Answer runIn(Path directory, String... args) {
		return run(directory, "", false, args);
	}

	/** Run a command on another machine. */
	static Answer run(Host host, String... args) {
		return run(host, "", false, args);
	}

	private static Answer run(Path directory, String input, boolean terminal, String... args) {
		return run(host(directory, ENVIRONMENT), input, terminal, args);
	}

	private static Host host(Path directory, Map<String, String> environment) {
		return new Host(directory, environment, (name) -> null, CLOCK, Instant.EPOCH, System::nanoTime, () -> {
		});
	}

	private static Answer run(Host host, String input, boolean terminal, String... args) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int code = TelemetryCli
			.run(new CommandEnvironment(new StringReader(input), new PrintStream(out, true, StandardCharsets.UTF_8),
					new PrintStream(err, true, StandardCharsets.UTF_8), terminal, host), args);
		return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	/**
	 * What a command left.
	 *
	 * @param code its exit code
	 * @param out standard output
	 * @param err standard error
	 */
	record Answer(int code, String out, String err) {
	}

}
