package dev.telemetry.pipeline.reference;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * The schemes of HTTP authentication, and what may follow one. {@code token expired} and
 * {@code basic auth failed} are prose, {@code Bearer xyz} is a credential.
 */
final class AuthSchemes {

	private static final int LONGEST = 20;

	private static final Set<String> SIMPLE = Set.of("bearer", "basic", "token", "apikey", "negotiate", "ntlm", "dpop");

	private static final Set<String> WITH_PARAMETERS = Set.of("digest", "aws4-hmac-sha256", "oauth", "hawk",
			"signature");

	/** Words that follow "bearer" in sentences about it. */
	private static final Set<String> PROSE = Set.of("token", "tokens", "auth", "authentication", "authorization",
			"scheme", "schemes", "header", "headers", "credentials", "credential", "is", "was", "are", "of", "and",
			"or", "not", "in", "on", "for", "from", "with", "has", "to", "the", "only", "missing", "required",
			"expected", "invalid", "expired", "bond", "bonds", "share", "shares", "market", "realm", "error", "scope",
			"format", "redacted");

	private static final int SHORTEST_CREDENTIAL = 8;

	private static final int SHORTEST_MIXED_CREDENTIAL = 12;

	private AuthSchemes() {
	}

	static boolean isScheme(ScannedText text, int start, int end) {
		return isOneOf(SIMPLE, text, start, end) || hasParameters(text, start, end);
	}

	static boolean hasParameters(ScannedText text, int start, int end) {
		return isOneOf(WITH_PARAMETERS, text, start, end);
	}

	/**
	 * Say whether a word after a scheme is a credential.
	 * @param text the text
	 * @param word where the scheme begins
	 * @param wordEnd where it ends
	 * @param start where the next word begins
	 * @param end where that ends
	 * @return whether the next word is to be redacted
	 */
	static boolean isCredential(ScannedText text, int word, int wordEnd, int start, int end) {
		if (end == start || !isOneOf(SIMPLE, text, word, wordEnd)) {
			return false;
		}
		return switch (text.lower(word, wordEnd)) {
			case "bearer" -> !isOneOf(PROSE, text, start, end) && !isParameter(text, start, end);
			case "basic" -> isNameAndPassword(text, start, end);
			default -> looksRandom(text, start, end);
		};
	}

	static boolean isBasic(ScannedText text, int start, int end) {
		return end - start == 5 && text.startsWith(start, "basic");
	}

	static boolean isCredentialCharacter(char c) {
		return Ascii.isAlphanumeric(c) || "_.+/=~-".indexOf(c) >= 0;
	}

	/** {@code realm="…"} in a challenge. */
	private static boolean isParameter(ScannedText text, int start, int end) {
		return text.is(end - 1, '=') && text.is(end, '"')
				&& text.endOfRun(start, end - start, (c) -> c != '=') == end - 1;
	}

	/**
	 * What follows "Basic" is a name and a password with a colon, in base64 (RFC 7617).
	 */
	private static boolean isNameAndPassword(ScannedText text, int start, int end) {
		int length = text.endOfRun(start, end - start, (c) -> c != '=') - start;
		if (end - start >= SecretValues.LONGEST_LOOK) {
			return SecretValues.isMixed(text, start, end);
		}
		try {
			String plain = new String(Base64.getDecoder().decode(text.exactly(start, start + length)),
					StandardCharsets.ISO_8859_1);
			return plain.indexOf(':') >= 0 && plain.chars().noneMatch((c) -> c < ' ' || c == 127);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean looksRandom(ScannedText text, int start, int end) {
		boolean capitalInside = false;
		for (int i = start + 1; i < Math.min(end, start + SecretValues.LONGEST_LOOK); i++) {
			capitalInside |= Ascii.isUpper(text.at(i)) && Ascii.isLower(text.at(i - 1));
		}
		int length = end - start;
		return (length >= SHORTEST_CREDENTIAL && (SecretValues.looksRandom(text, start, end) || text.is(end - 1, '=')))
				|| (length >= SHORTEST_MIXED_CREDENTIAL && capitalInside);
	}

	private static boolean isOneOf(Set<String> words, ScannedText text, int start, int end) {
		return end - start <= LONGEST && words.contains(text.lower(start, end));
	}

}
