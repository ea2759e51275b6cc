package dev.telemetry.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The names of this host, short and with its domain, as its environment and its own files
 * have them. The network is never asked: a name server that does not answer would make
 * the caller wait. Where there is no such file a command of the system is run, for two
 * seconds at most.
 */
public final class HostNames {

	private static final int MAX_BYTES = 64 * 1024;

	private static final int MAX_LENGTH = 253;

	private static final Duration COMMAND_LIMIT = Duration.ofSeconds(2);

	private static final List<String> VARIABLES = List.of("HOSTNAME", "COMPUTERNAME", "HOST");

	private static final List<String> FILES = List.of("proc/sys/kernel/hostname", "etc/hostname", "etc/HOSTNAME",
			"etc/nodename", "etc/myname");

	private static final List<List<String>> COMMANDS = List.of(List.of("/bin/hostname"),
			List.of("/usr/sbin/scutil", "--get", "LocalHostName"),
			List.of("/usr/sbin/scutil", "--get", "ComputerName"));

	private final boolean windows;

	private final Path root;

	private final UnaryOperator<@Nullable String> environment;

	private final Function<List<String>, @Nullable String> commands;

	/**
	 * Create.
	 * @param osName the value of {@code os.name}
	 * @param root the directory that holds {@code etc} and {@code proc}
	 * @param environment looks up variables
	 * @param commands runs a command and returns its output, or {@code null}
	 */
	HostNames(String osName, Path root, UnaryOperator<@Nullable String> environment,
			Function<List<String>, @Nullable String> commands) {
		this.windows = osName.toLowerCase(Locale.ROOT).contains("windows");
		this.root = root;
		this.environment = environment;
		this.commands = commands;
	}

	/**
	 * Return the names of the host we run on. Nothing is read yet.
	 * @return the names
	 */
	public static HostNames ofThisMachine() {
		return new HostNames(System.getProperty("os.name", ""), Path.of("/"), System::getenv,
				(command) -> new BoundedCommand(COMMAND_LIMIT).run(command));
	}

	/**
	 * Find the names. Reads files, so only a thread that may wait calls it.
	 * @return the names, those with a domain too
	 */
	public Set<String> find() {
		Set<String> names = new LinkedHashSet<>();
		VARIABLES.forEach((variable) -> add(this.environment.apply(variable), names));
		if (!this.windows) {
			boolean known = FILES.stream()
				.map((file) -> add(firstLine(read(file)), names))
				.reduce(false, Boolean::logicalOr);
			if (!known) {
				COMMANDS.forEach((command) -> add(firstLine(this.commands.apply(command)), names));
			}
			addAliases(names);
		}
		addWithDomains(names);
		return names;
	}

	private static boolean add(@Nullable String name, Set<String> names) {
		String stripped = (name != null) ? name.strip() : "";
		return !stripped.isEmpty() && stripped.length() <= MAX_LENGTH
				&& (names.add(stripped) || names.contains(stripped));
	}

	/** Only what begins like a name we know: others may be those of services. */
	private void addAliases(Set<String> names) {
		List<String> beginnings = names.stream().map((name) -> shortName(name).toLowerCase(Locale.ROOT) + ".").toList();
		read("etc/hosts").lines()
			.flatMap((line) -> words(line).skip(1))
			.filter((alias) -> beginnings.stream().anyMatch(alias.toLowerCase(Locale.ROOT)::startsWith))
			.forEach((alias) -> add(alias, names));
	}

	private void addWithDomains(Set<String> names) {
		List<String> domains = domains();
		List<String> shortNames = names.stream().map(HostNames::shortName).distinct().toList();
		for (String name : shortNames) {
			add(name, names);
			domains.forEach((domain) -> add(name + "." + domain, names));
		}
	}

	private List<String> domains() {
		if (this.windows) {
			String domain = this.environment.apply("USERDNSDOMAIN");
			return (domain != null) ? List.of(domain) : List.of();
		}
		return read("etc/resolv.conf").lines()
			.filter((line) -> line.startsWith("search") || line.startsWith("domain"))
			.flatMap((line) -> words(line).skip(1))
			.filter((domain) -> domain.indexOf('.') != 0)
			.toList();
	}

	private static String shortName(String name) {
		int dot = name.indexOf('.');
		return (dot > 0) ? name.substring(0, dot) : name;
	}

	private static Stream<String> words(String line) {
		int comment = line.indexOf('#');
		String text = (comment < 0) ? line : line.substring(0, comment);
		return Arrays.stream(text.strip().split("\\s+")).filter((word) -> !word.isEmpty());
	}

	private static @Nullable String firstLine(@Nullable String text) {
		return (text != null) ? text.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.findFirst()
			.orElse(null) : null;
	}

	private String read(String file) {
		return SystemFile.read(this.root.resolve(file), MAX_BYTES);
	}

}
