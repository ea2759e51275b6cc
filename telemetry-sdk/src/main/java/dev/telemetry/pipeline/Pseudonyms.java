package dev.telemetry.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.telemetry.Internal;

/**
 * Replaces values by pseudonyms: HMAC-SHA-256 with the secret of this installation. Who
 * does not have the secret can neither compute one nor try out values. Immutable and safe
 * for use by several threads.
 */
@Internal
public final class Pseudonyms {

	private static final String ALGORITHM = "HmacSHA256";

	// As long as a commit: a longer run of digits would be taken for a secret
	private static final int LENGTH = 20;

	private final SecretKeySpec key;

	/**
	 * Create pseudonyms.
	 * @param key the secret
	 */
	public Pseudonyms(byte[] key) {
		this.key = new SecretKeySpec(key, ALGORITHM);
	}

	/**
	 * Return the pseudonym of a value.
	 * @param value the value as text
	 * @return 40 lower-case hexadecimal digits
	 */
	public String of(String value) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)), 0, LENGTH);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has " + ALGORITHM, ex);
		}
	}

}
