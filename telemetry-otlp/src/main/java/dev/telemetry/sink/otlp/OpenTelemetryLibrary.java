package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.regex.Pattern;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Says why the classes of OpenTelemetry do not serve: they are absent, or those of
 * another version. Loads none of them.
 */
final class OpenTelemetryLibrary {

	/** What this library is built for; a test holds it to the version of the build. */
	static final String REQUIRED = "1.62.0";

	private static final String VERSION = "io/opentelemetry/sdk/common/version.properties";

	private static final String EXPORTER = "io/opentelemetry/exporter/otlp/http/logs/OtlpHttpLogRecordExporter.class";

	private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z.-]{1,40}");

	private final ClassLoader classLoader;

	OpenTelemetryLibrary(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	/**
	 * Say why a class could not be linked.
	 * @param failure how it failed
	 * @param alsoNeeded what the sink needs beside OpenTelemetry, or {@code null}
	 * @return the exception to throw
	 */
	TelemetryException unusable(LinkageError failure, @Nullable String alsoNeeded) {
		String version = version();
		boolean exporter = this.classLoader.getResource(EXPORTER) != null;
		if (version != null && exporter && !version.equals(REQUIRED)) {
			return new TelemetryException(Kind.OTLP,
					"the OTLP sink was built for OpenTelemetry " + REQUIRED + ", and the class path has " + version,
					false, failure)
				.withAction("set the property 'opentelemetry.version' of the build, which Spring Boot's dependency"
						+ " management reads, to " + REQUIRED);
		}
		String also = (alsoNeeded != null) ? ", and " + alsoNeeded : "";
		return new TelemetryException(Kind.OTLP,
				"the OTLP sink needs 'io.opentelemetry:opentelemetry-sdk' and"
						+ " 'io.opentelemetry:opentelemetry-exporter-otlp' on the class path" + also,
				false, failure)
			.withAction("add what is missing");
	}

	/** Return the version of the SDK, or {@code null} without one. */
	private @Nullable String version() {
		try (InputStream in = this.classLoader.getResourceAsStream(VERSION)) {
			Properties properties = new Properties();
			if (in != null) {
				properties.load(in);
			}
			String version = properties.getProperty("sdk.version", "");
			return NUMBER.matcher(version).matches() ? version : null;
		}
		catch (IOException | IllegalArgumentException ex) {
			return null;
		}
	}

}
