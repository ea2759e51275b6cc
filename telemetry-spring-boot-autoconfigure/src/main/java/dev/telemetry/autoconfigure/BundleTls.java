package dev.telemetry.autoconfigure;

import javax.net.ssl.SSLContext;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.http.TlsSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/** Makes of an SSL bundle of the application what sinks need of it. */
final class BundleTls implements TlsSource {

	private final String name;

	private final ObjectProvider<SslBundles> bundles;

	private BundleTls(String name, ObjectProvider<SslBundles> bundles) {
		this.name = name;
		this.bundles = bundles;
	}

	static TlsSource of(@Nullable String name, ObjectProvider<SslBundles> bundles) {
		return (name != null) ? new BundleTls(name, bundles) : TlsSource.JAVA;
	}

	@Override
	public SSLContext context() throws TelemetryException {
		try {
			return this.bundles.getObject().getBundle(this.name).createSslContext();
		}
		catch (RuntimeException ex) {
			// Its message may hold a path or a password
			throw new TelemetryException(Kind.HTTP, "the SSL bundle that 'telemetry.ssl.bundle' names cannot be used ("
					+ ex.getClass().getSimpleName() + "); look at 'spring.ssl.bundle'", false, ex);
		}
	}

}
