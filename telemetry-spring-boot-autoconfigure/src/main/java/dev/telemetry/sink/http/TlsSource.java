package dev.telemetry.sink.http;

import javax.net.ssl.SSLContext;

import dev.telemetry.sink.TelemetryException;
import org.jspecify.annotations.Nullable;

/** Gives a sink whom to trust and what to show; asked after a grant only. */
@FunctionalInterface
public interface TlsSource {

	/** Java's own trust store, and no certificate of ours. */
	TlsSource JAVA = () -> null;

	/**
	 * Return the context for a new sink.
	 * @return the context, or {@code null} for Java's own
	 * @throws TelemetryException if what was configured cannot be used; the message names
	 * what to mend
	 */
	@Nullable SSLContext context() throws TelemetryException;

}
