package dev.telemetry.sink;

import java.net.SocketException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.Locale;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import dev.telemetry.Internal;
import dev.telemetry.problem.CauseChain;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no TLS session with a destination, told from the exceptions of Java's own
 * TLS and of those that gRPC and Kafka bring.
 */
@Internal
public enum TlsFailure {

	/** The certificate names other hosts. */
	OTHER_NAME("the certificate of %1$s is for another name; use a name in '%2$s' that the certificate has"),

	/** The certificate, or one above it, is out of date. */
	EXPIRED("the certificate of %1$s has expired; it has to be renewed there"),

	/** The certificate is from tomorrow, or the clock from yesterday. */
	NOT_YET_VALID("the certificate of %1$s is not valid yet; check the clock of this machine, then the certificate"),

	/** Its authority took it back. */
	REVOKED("the certificate of %1$s has been revoked; it has to be replaced there"),

	/** Too weak for this Java. */
	WEAK("the certificate of %1$s uses an algorithm or a key that this Java refuses; it has to be replaced there"),

	/** There is no authority to trust. */
	TRUST_STORE("the trust store is empty or cannot be used; check '%3$s', or 'javax.net.ssl.trustStore' without one"),

	/** Its authority is not known here. */
	NOT_TRUSTED("the certificate of %1$s is not trusted; add its authority to the trust store of '%3$s'"),

	/** The destination wants to know who we are. */
	CLIENT_CERTIFICATE("%1$s asks for a client certificate, or does not accept the one it gets;"
			+ " check the key store of '%3$s'"),

	/** Nothing in common. */
	VERSION("%1$s and this Java have no version or cipher suite of TLS in common"),

	/** Something else speaks there. */
	NOT_TLS("%1$s does not speak TLS; check the scheme and the port of '%2$s'"),

	/** The destination does not say what it minds. */
	HANDSHAKE("%1$s ends the TLS handshake without a reason; it may ask for a client certificate or for another"
			+ " version of TLS");

	/** What Java says of a name; the exception has no type of its own. */
	private static final Pattern NAME = Pattern.compile("No (name matching|subject alternative) .*", Pattern.DOTALL);

	private static final Pattern CLIENT_ALERT = Pattern
		.compile(
				".*alert.*(bad.certificate|certificate.required|certificate.unknown|unknown.ca|certificate.expired"
						+ "|certificate.revoked|unsupported.certificate|access.denied|no.certificate).*",
				Pattern.DOTALL);

	private static final Pattern VERSIONS = Pattern.compile(
			".*(alert.*protocol.version|selected protocol version|no appropriate protocol|no cipher suites in common"
					+ "|unsupported.protocol|wrong.version.*alert).*",
			Pattern.DOTALL);

	private static final Pattern NO_RECORD = Pattern.compile(
			".*(unrecognized ssl message|not an ssl/tls record|wrong.version.number|plaintext connection).*",
			Pattern.DOTALL);

	private final String text;

	TlsFailure(String text) {
		this.text = text;
	}

	/**
	 * Return why there is no TLS session.
	 * @param failure what was thrown
	 * @return the reason, or {@code null} if it is not about TLS
	 */
	public static @Nullable TlsFailure of(Throwable failure) {
		if (CauseChain.has(failure, TlsFailure::isAboutTheTrustStore)) {
			return TRUST_STORE;
		}
		@Nullable TlsFailure certificate = certificate(failure);
		if (certificate != null) {
			return certificate;
		}
		return CauseChain.has(failure, SSLException.class::isInstance) ? handshake(failure) : null;
	}

	private static boolean isAboutTheTrustStore(Throwable cause) {
		return cause instanceof InvalidAlgorithmParameterException || cause instanceof NoSuchAlgorithmException;
	}

	private static @Nullable TlsFailure certificate(Throwable failure) {
		if (CauseChain.has(failure, CertificateExpiredException.class::isInstance)) {
			return EXPIRED;
		}
		if (CauseChain.has(failure, CertificateNotYetValidException.class::isInstance)) {
			return NOT_YET_VALID;
		}
		if (CauseChain.has(failure, CertificateRevokedException.class::isInstance)) {
			return REVOKED;
		}
		if (CauseChain.has(failure, TlsFailure::isWeak)) {
			return WEAK;
		}
		if (CauseChain.has(failure,
				(cause) -> cause instanceof CertificateException && NAME.matcher(message(cause)).matches())) {
			return OTHER_NAME;
		}
		return CauseChain.has(failure, CertificateException.class::isInstance) ? NOT_TRUSTED : null;
	}

	private static boolean isWeak(Throwable cause) {
		return cause instanceof CertPathValidatorException path
				&& path.getReason() == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED;
	}

	private static @Nullable TlsFailure handshake(Throwable failure) {
		if (says(failure, CLIENT_ALERT)) {
			return CLIENT_CERTIFICATE;
		}
		if (says(failure, VERSIONS)) {
			return VERSION;
		}
		if (says(failure, NO_RECORD)) {
			return NOT_TLS;
		}
		// Else a connection broke that TLS ran over
		boolean shaking = CauseChain.has(failure, SSLHandshakeException.class::isInstance);
		return (shaking && !CauseChain.has(failure, SocketException.class::isInstance)) ? HANDSHAKE : null;
	}

	private static boolean says(Throwable failure, Pattern text) {
		return CauseChain.has(failure, (cause) -> cause instanceof SSLException
				&& text.matcher(message(cause).toLowerCase(Locale.ROOT)).matches());
	}

	private static String message(Throwable cause) {
		return String.valueOf(cause.getMessage());
	}

	/**
	 * Return what happened and what helps.
	 * @param target who was to be reached
	 * @param address the property with its address
	 * @param tls the property that says whom to trust and what to show
	 * @return one clause
	 */
	public String describe(String target, String address, String tls) {
		return String.format(Locale.ROOT, this.text, target, address, tls);
	}

}
