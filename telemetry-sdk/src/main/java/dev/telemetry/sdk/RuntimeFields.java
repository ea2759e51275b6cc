package dev.telemetry.sdk;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Says where the tool runs, as coarsely as is useful: the family of the operating system,
 * the architecture, the major version of Java. The values are OpenTelemetry's
 * ({@code os.type}, {@code host.arch}).
 *
 * @param os for example {@code linux}, {@code darwin} or {@code windows}
 * @param arch for example {@code amd64} or {@code arm64}
 * @param javaVersion for example {@code 17}
 */
record RuntimeFields(@Nullable String os, @Nullable String arch, @Nullable String javaVersion) {

	/** What an event calls them. */
	static final List<String> NAMES = List.of("os", "arch", "java_version");

	static final RuntimeFields NONE = new RuntimeFields(null, null, null);

	static RuntimeFields of(UnaryOperator<@Nullable String> systemProperties) {
		return new RuntimeFields(os(lowerCase(systemProperties.apply("os.name"))),
				arch(lowerCase(systemProperties.apply("os.arch"))),
				major(systemProperties.apply("java.specification.version")));
	}

	private static @Nullable String lowerCase(@Nullable String value) {
		return (value != null) ? value.toLowerCase(Locale.ROOT) : null;
	}

	private static @Nullable String os(@Nullable String name) {
		if (name == null) {
			return null;
		}
		if (name.startsWith("mac") || name.startsWith("darwin")) {
			return "darwin";
		}
		int blank = name.indexOf(' ');
		return (blank > 0) ? name.substring(0, blank) : name;
	}

	private static @Nullable String arch(@Nullable String name) {
		if (name == null) {
			return null;
		}
		return switch (name) {
			case "x86_64", "x64" -> "amd64";
			case "aarch64" -> "arm64";
			default -> name;
		};
	}

	private static @Nullable String major(@Nullable String version) {
		return (version != null && version.startsWith("1.")) ? version.substring(2) : version;
	}

}
