package dev.telemetry.sink.http;

import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Whom to trust and what to show, in the two forms in which clients ask for it.
 *
 * @param context for Java's own client
 * @param keyManagers what to show; empty for nothing
 * @param trustManagers whom to trust
 */
public record Tls(SSLContext context, List<KeyManager> keyManagers, List<TrustManager> trustManagers) {

	public Tls {
		keyManagers = List.copyOf(keyManagers);
		trustManagers = List.copyOf(trustManagers);
	}

}
