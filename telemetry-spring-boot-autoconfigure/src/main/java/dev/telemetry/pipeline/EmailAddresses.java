package dev.telemetry.pipeline;

/**
 * Tells e-mail addresses from other words with an at sign, such as {@code lib@4.17.21}.
 */
final class EmailAddresses {

	private EmailAddresses() {
	}

	/**
	 * Redact a match.
	 * @param match a local part, an at sign (plain or as {@code %40}) and what may be a
	 * domain
	 * @return the marker with any punctuation behind the domain, or the match
	 */
	static String redact(String match) {
		int end = match.length();
		while (match.charAt(end - 1) == '.' || match.charAt(end - 1) == '-') {
			end--;
		}
		int at = Math.max(match.lastIndexOf('@', end), match.lastIndexOf("%40", end));
		int dot = match.lastIndexOf('.', end - 1);
		boolean domain = dot > at && (isTopLevel(match.substring(dot + 1, end)) || isQuad(match, at, end));
		return domain ? Redactor.MARKER + match.substring(end) : match;
	}

	private static boolean isTopLevel(String label) {
		return label.length() > 1 && label.codePoints().anyMatch(Character::isLetter);
	}

	private static boolean isQuad(String match, int at, int end) {
		return match.substring(at, end).chars().filter((c) -> c == '.').count() == 3;
	}

}
