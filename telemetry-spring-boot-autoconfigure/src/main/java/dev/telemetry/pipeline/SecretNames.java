package dev.telemetry.pipeline;

/**
 * The names under which secrets travel. A name counts when a word ends with it, in any
 * case and with any {@code _ - .} inside: {@code client_secret}, {@code X-Api-Key},
 * {@code spring.datasource.password}.
 */
final class SecretNames {

	// By last letter
	private static final String[] D = { "password", "passwd", "pwd", "sessionid" };

	private static final String[] E = { "passphrase", "passcode" };

	private static final String[] L = { "credential" };

	private static final String[] N = { "token" };

	private static final String[] S = { "credentials" };

	private static final String[] T = { "secret" };

	private static final String[] Y = { "apikey", "accesskey", "secretkey", "privatekey", "accountkey", "sharedkey",
			"signingkey", "encryptionkey", "authkey", "subscriptionkey", "masterkey", "licensekey" };

	private static final String[] NONE = {};

	private static final String[] AMBIGUOUS = { "auth", "authorization", "cookie", "signature", "sig" };

	private SecretNames() {
	}

	/**
	 * Say whether a word names a secret wherever it stands.
	 * @param text the text
	 * @param start where the word begins
	 * @param end where it ends
	 * @return whether what belongs to the word is a secret
	 */
	static boolean isSecret(String text, int start, int end) {
		return end > start && endsWithAny(text, start, end, byLastLetter(text.charAt(end - 1)));
	}

	/**
	 * Say whether a word names a secret in front of an equals sign or as a JSON name,
	 * where words count that in prose mean nothing.
	 * @param text the text
	 * @param start where the word begins
	 * @param end where it ends
	 * @return whether the value is a secret
	 */
	static boolean isSecretParameter(String text, int start, int end) {
		return isSecret(text, start, end) || endsWithAny(text, start, end, AMBIGUOUS)
				|| (end - start == 3 && text.regionMatches(true, start, "key", 0, 3));
	}

	static boolean endsWith(String text, int start, int end, String name) {
		int i = end - 1;
		for (int k = name.length() - 1; k >= 0; k--) {
			while (i >= start && isJoint(text.charAt(i))) {
				i--;
			}
			if (i < start || (text.charAt(i) | 0x20) != name.charAt(k)) {
				return false;
			}
			i--;
		}
		return true;
	}

	private static boolean endsWithAny(String text, int start, int end, String[] names) {
		for (String name : names) {
			if (endsWith(text, start, end, name)) {
				return true;
			}
		}
		return false;
	}

	private static String[] byLastLetter(char last) {
		return switch (last) {
			case 'd', 'D' -> D;
			case 'e', 'E' -> E;
			case 'l', 'L' -> L;
			case 'n', 'N' -> N;
			case 's', 'S' -> S;
			case 't', 'T' -> T;
			case 'y', 'Y' -> Y;
			default -> NONE;
		};
	}

	private static boolean isJoint(char c) {
		return c == '_' || c == '-' || c == '.';
	}

}
