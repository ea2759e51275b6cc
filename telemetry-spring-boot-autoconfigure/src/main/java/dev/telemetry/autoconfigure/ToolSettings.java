package dev.telemetry.autoconfigure;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What the application is called, and which directory follows from it.
 */
final class ToolSettings {

	private static final int MAX_NAME_LENGTH = 100;

	private final Environment environment;

	private final @Nullable String mainClass;

	private final @Nullable String buildVersion;

	/**
	 * Create an instance.
	 * @param environment the application's environment
	 * @param mainClass the simple name of the main class, or {@code null}
	 * @param buildVersion the version in the build information, or {@code null}
	 */
	ToolSettings(Environment environment, @Nullable String mainClass, @Nullable String buildVersion) {
		this.environment = environment;
		this.mainClass = mainClass;
		this.buildVersion = buildVersion;
	}

	TelemetrySettings.Tool tool(TelemetryProperties.Tool tool) {
		String version = firstText(tool.version(),
				firstText(this.buildVersion, property("spring.application.version")));
		return new TelemetrySettings.Tool(firstText(tool.name(), fallbackName()),
				(version != null) ? version : "unknown");
	}

	/**
	 * Find the directory of everything we keep.
	 * @param reader reads what may decide about it
	 * @return the home, or {@code null} with a problem when no directory can be named
	 */
	@Nullable Home home(SettingReader reader) {
		Path chosen = reader.find("telemetry.home", this::path, Optional::empty).orElse(null);
		if (chosen != null) {
			return Home.chosen(chosen);
		}
		// A wrong name is reported when all settings are read
		String name = name(new SettingReader(reader.sources(), (problem) -> {
		}));
		String slug = (name != null) ? Home.slug(name) : null;
		Path userHome = userHome();
		if (slug == null || userHome == null) {
			reader.report("telemetry.home", null,
					new WrongValueException((slug == null) ? "the application has no name that a directory could bear"
							: "there is no usable user home", "set telemetry.home"));
			return null;
		}
		return Home.byDefault(userHome.resolve("." + slug));
	}

	/**
	 * Return whether a home was chosen that cannot be used, so that what is in it is not
	 * read.
	 * @param sources all settings from outside the home
	 * @return whether another home takes its place
	 */
	boolean isChosenHomeLost(SettingSources sources) {
		SettingReader reader = new SettingReader(sources, (problem) -> {
		});
		return reader.find("telemetry.home", (text) -> path(text).toString(), () -> Optional.of(""))
			.filter(String::isEmpty)
			.isPresent();
	}

	/**
	 * Parse a path; {@code ~} is the user's home.
	 * @param text the path
	 * @return the absolute path
	 * @throws WrongValueException if it is none
	 */
	Path path(String text) {
		Path userHome = userHome();
		try {
			Path path = (userHome != null) ? Home.expand(text, userHome) : Path.of(text);
			// A remaining tilde names the home of another user, or one that does not
			// exist
			if (!path.toString().startsWith("~")) {
				return path.toAbsolutePath().normalize();
			}
		}
		catch (InvalidPathException ex) {
			// Reported below
		}
		throw new WrongValueException("is not a usable path", "use an absolute path, or one that begins with '~/'");
	}

	private @Nullable Path userHome() {
		String home = property("user.home");
		try {
			Path path = Path.of((home != null) ? home : "");
			return path.isAbsolute() && path.getNameCount() > 0 ? path : null;
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

	private @Nullable String name(SettingReader reader) {
		return reader.find("telemetry.tool.name", ValueParser.line(MAX_NAME_LENGTH), Optional::empty)
			.orElseGet(this::fallbackName);
	}

	private @Nullable String fallbackName() {
		return firstText(property("spring.application.name"), this.mainClass);
	}

	/** A broken property of the application is none of ours, and must not stop it. */
	private @Nullable String property(String name) {
		try {
			return this.environment.getProperty(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable String firstText(@Nullable String first, @Nullable String second) {
		return StringUtils.hasText(first) ? first.trim() : (StringUtils.hasText(second) ? second.trim() : null);
	}

}
