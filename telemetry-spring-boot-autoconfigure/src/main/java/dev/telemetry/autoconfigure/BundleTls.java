package dev.telemetry.autoconfigure;

import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.http.Tls;
import dev.telemetry.sink.http.TlsSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Converts an SSL bundle of the application into what sinks need of it, once for each
 * state of the bundle: a sink connects anew when it is given something else.
 */
final class BundleTls implements TlsSource {

	private final String name;

	private final ObjectProvider<SslBundles> bundles;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private boolean watched;

	@GuardedBy("lock")
	private @Nullable Tls current;

	private BundleTls(String name, ObjectProvider<SslBundles> bundles) {
		this.name = name;
		this.bundles = bundles;
	}

	static TlsSource of(@Nullable String name, ObjectProvider<SslBundles> bundles) {
		return (name != null) ? new BundleTls(name, bundles) : TlsSource.JAVA;
	}

	@Override
	public Tls tls() throws TelemetryException {
		try {
			synchronized (this.lock) {
				SslBundles all = this.bundles.getObject();
				if (!this.watched) {
					all.addBundleUpdateHandler(this.name, (updated) -> forget());
					this.watched = true;
				}
				if (this.current == null) {
					this.current = convert(all.getBundle(this.name));
				}
				return this.current;
			}
		}
		catch (RuntimeException ex) {
			// Its message may hold a path or a password
			throw new TelemetryException(
					Kind.HTTP, "the SSL bundle that 'telemetry.ssl.bundle' names cannot be used ("
							+ ex.getClass().getSimpleName() + "); look at 'spring.ssl.bundle'",
					Reaction.HOLD, null, ex);
		}
	}

	private static Tls convert(SslBundle bundle) {
		boolean shows = bundle.getStores().getKeyStore() != null;
		return new Tls(bundle.createSslContext(), shows ? List.of(bundle.getManagers().getKeyManagers()) : List.of(),
				List.of(bundle.getManagers().getTrustManagers()));
	}

	private void forget() {
		synchronized (this.lock) {
			this.current = null;
		}
	}

}
