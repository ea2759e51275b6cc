package dev.telemetry.sink.http;

import dev.telemetry.sink.TelemetryException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a sink which authorities to trust and which certificate to show; asked after a
 * grant only. A sink asks again before each request, and connects anew when it is given
 * something else.
 */
@FunctionalInterface
public interface TlsSource {

	/** Java's own trust store, and no certificate of ours. */
	TlsSource JAVA = () -> null;

	/**
	 * Return what a new connection uses.
	 * @return what was configured, the same object as long as that does not change, or
	 * {@code null} for Java's own
	 * @throws TelemetryException if what was configured cannot be used; the message names
	 * what to fix
	 */
	@Nullable Tls tls() throws TelemetryException;

}
