package dev.telemetry.sink.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

import org.jspecify.annotations.Nullable;

/**
 * What a client may show, and whether it was asked for it: servers that miss a
 * certificate often hang up before they can say so.
 */
final class ClientKeys extends X509ExtendedKeyManager {

	private final @Nullable X509KeyManager keys;

	private boolean asked;

	/**
	 * Use the first of several that knows certificates, as Java does.
	 * @param managers what was configured
	 */
	ClientKeys(List<KeyManager> managers) {
		this.keys = managers.stream()
			.filter(X509KeyManager.class::isInstance)
			.map(X509KeyManager.class::cast)
			.findFirst()
			.orElse(null);
	}

	/** Forget that a client key was asked for. */
	void forget() {
		this.asked = false;
	}

	boolean wereAskedFor() {
		return this.asked;
	}

	@Override
	public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
		this.asked = true;
		return (this.keys != null) ? this.keys.chooseClientAlias(types, issuers, socket) : null;
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		return chooseClientAlias(types, issuers, null);
	}

	@Override
	public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
		return (this.keys != null) ? this.keys.getClientAliases(type, issuers) : null;
	}

	@Override
	public X509Certificate @Nullable [] getCertificateChain(String alias) {
		return (this.keys != null) ? this.keys.getCertificateChain(alias) : null;
	}

	@Override
	public @Nullable PrivateKey getPrivateKey(String alias) {
		return (this.keys != null) ? this.keys.getPrivateKey(alias) : null;
	}

	/** A client is never a server. */
	@Override
	public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
		return null;
	}

	@Override
	public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
		return null;
	}

}
