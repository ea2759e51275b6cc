package dev.telemetry.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Asks the operating system for the identifier of the machine, at the places and in the
 * order of the {@code machine-uid} crate, so that {@link MachineId#derive} agrees with
 * the {@code rtb} tools. On Linux files are read (machine-id(5)); macOS and Windows have
 * no file, so a command of theirs is run, for two seconds at most.
 */
final class MachineSignals {

	private static final int MAX_LENGTH = 256;

	private static final Duration COMMAND_LIMIT = Duration.ofSeconds(2);

	private final String osName;

	private final Path root;

	private final Function<List<String>, @Nullable String> commands;

	/**
	 * Create.
	 * @param osName the value of {@code os.name}
	 * @param root the directory that holds {@code etc} and {@code var}
	 * @param commands runs a command and returns its output, or {@code null}
	 */
	MachineSignals(String osName, Path root, Function<List<String>, @Nullable String> commands) {
		this.osName = osName.toLowerCase(Locale.ROOT);
		this.root = root;
		this.commands = commands;
	}

	static MachineSignals ofThisMachine() {
		return new MachineSignals(System.getProperty("os.name", ""), Path.of("/"),
				(command) -> new BoundedCommand(COMMAND_LIMIT).run(command));
	}

	/**
	 * Find the identifier.
	 * @return the identifier without surrounding white space, or {@code null}
	 */
	@Nullable String find() {
		if (this.osName.contains("linux")) {
			return firstOf(read("var/lib/dbus/machine-id"), read("etc/machine-id"));
		}
		if (this.osName.contains("mac")) {
			return valueOf(run("/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"), "\"IOPlatformUUID\" =");
		}
		if (this.osName.contains("windows")) {
			return valueOf(run("reg", "query", "HKLM\\SOFTWARE\\Microsoft\\Cryptography", "/v", "MachineGuid"),
					"REG_SZ");
		}
		if (this.osName.contains("bsd")) {
			return firstOf(read("etc/hostid"), clean(run("kenv", "-q", "smbios.system.uuid")));
		}
		return null;
	}

	private static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
		return (first != null) ? first : second;
	}

	private @Nullable String read(String name) {
		return clean(SystemFile.read(this.root.resolve(name), MAX_LENGTH));
	}

	private @Nullable String run(String... command) {
		return this.commands.apply(List.of(command));
	}

	/** The rest of the line that contains the name, without quotes. */
	private static @Nullable String valueOf(@Nullable String output, String name) {
		int start = (output != null) ? output.indexOf(name) : -1;
		if (output == null || start < 0) {
			return null;
		}
		int end = output.indexOf('\n', start);
		String value = output.substring(start + name.length(), (end < 0) ? output.length() : end);
		return clean(value.replace("\"", ""));
	}

	/**
	 * An image that was never started holds {@code uninitialized}: that is no identifier.
	 */
	private static @Nullable String clean(@Nullable String value) {
		String stripped = (value != null) ? value.strip() : "";
		return (stripped.isEmpty() || stripped.equals("uninitialized")) ? null : stripped;
	}

}
