package dev.telemetry.setting;

import java.util.regex.Pattern;

/**
 * Tells values that are still encrypted, because nothing had the key: those of Spring
 * Cloud Config, {@code {cipher}…}, and of Jasypt, {@code ENC(…)}. Sent as they are they
 * open nothing, and tell a stranger what is used.
 */
public final class EncryptedValue {

	/** In a header after a scheme such as Bearer, too. */
	private static final Pattern FORMS = Pattern.compile("(?s)(?:.*\\s)?(?:\\{cipher\\}.*|ENC\\(.*\\))\\s*");

	private EncryptedValue() {
	}

	/**
	 * Check that a value is none.
	 * @param value the value of a setting, or of one header in it
	 * @throws WrongValueException if it is still encrypted
	 */
	public static void refuse(String value) {
		if (FORMS.matcher(value).matches()) {
			throw new WrongValueException("is still encrypted",
					"give the application the key that decrypts it, or write the value itself");
		}
	}

}
