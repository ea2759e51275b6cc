package dev.telemetry.sink.http;

import dev.telemetry.sink.TelemetryException;
import org.jspecify.annotations.Nullable;

/** Gives a sink whom to trust and what to show; asked after a grant only. */
@FunctionalInterface
public interface TlsSource {

	/** Java's own trust store, and no certificate of ours. */
	TlsSource JAVA = () -> null;

	/**
	 * Return what a new sink uses.
	 * @return what was configured, or {@code null} for Java's own
	 * @throws TelemetryException if what was configured cannot be used; the message names
	 * what to mend
	 */
	@Nullable Tls tls() throws TelemetryException;

}
