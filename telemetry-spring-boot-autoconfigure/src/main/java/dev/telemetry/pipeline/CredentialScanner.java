package dev.telemetry.pipeline;

/**
 * Finds credentials by the word in front of them, in one pass over a text:
 * {@code password=hunter2}, {@code "access_token": "…"}, {@code Authorization: Basic …},
 * {@code Bearer …}, {@code --password hunter2}, {@code token%3D…}.
 */
final class CredentialScanner {

	private static final int LONGEST_NAME = 64;

	private static final int MOST_BLANKS = 3;

	private final String text;

	private final int length;

	// Where the credential found last begins and ends
	private int from;

	private int to;

	private CredentialScanner(String text) {
		this.text = text;
		this.length = text.length();
	}

	static String redact(String text) {
		return new CredentialScanner(text).redact();
	}

	private String redact() {
		Replacement result = new Replacement(this.text);
		int i = 0;
		while (i < this.length) {
			if (find(i) && this.to > this.from) {
				result.replace(this.from, this.to);
				i = this.to;
			}
			else {
				i++;
			}
		}
		return result.toString();
	}

	private boolean find(int index) {
		return switch (this.text.charAt(index)) {
			case '=' -> findValue(index, index + 1, true);
			case ':' -> findValue(index, index + 1, false);
			case '%' -> isEncoded(index, 'D') ? findValue(index, index + 3, true)
					: isEncoded(index, 'A') && findValue(index, index + 3, false);
			case ' ', '\t', '\n', '\r' -> findArgument(index);
			default -> false;
		};
	}

	/** Say whether {@code %3D} or {@code %3A} stands at a position. */
	private boolean isEncoded(int index, char last) {
		return index + 2 < this.length && this.text.charAt(index + 1) == '3'
				&& Character.toUpperCase(this.text.charAt(index + 2)) == last;
	}

	private boolean findValue(int separator, int start, boolean parameter) {
		int end = separator;
		for (int blanks = 0; blanks < MOST_BLANKS && isBlank(end - 1); blanks++) {
			end--;
		}
		boolean quoted = isQuote(end - 1);
		end -= quoted ? 1 : 0;
		while (quoted && is(end - 1, '\\')) {
			end--;
		}
		end -= is(end - 1, ']') ? 1 : 0;
		int word = startOfWord(end);
		int value = skipBlanks((is(start, '=') || is(start, '>')) ? start + 1 : start);
		if (!isQuote(skip(value, "\\"))) {
			if (SecretNames.endsWith(this.text, word, end, "authorization")) {
				return findHeader(value);
			}
			if (!parameter && SecretNames.endsWith(this.text, word, end, "cookie")) {
				return restOfLine(value);
			}
		}
		boolean secret = (parameter || quoted) ? SecretNames.isSecretParameter(this.text, word, end)
				: SecretNames.isSecret(this.text, word, end);
		return secret && token(value);
	}

	private boolean findHeader(int value) {
		int end = endOfWord(value);
		if (!isBlank(end) || !AuthSchemes.isScheme(this.text, value, end)) {
			return token(value);
		}
		int credential = skipBlanks(end);
		return AuthSchemes.hasParameters(this.text, value, end) ? restOfLine(credential) : token(credential);
	}

	private boolean findArgument(int blank) {
		int word = startOfWord(blank);
		if (word == blank) {
			return false;
		}
		int next = skipBlanks(blank);
		if (this.text.charAt(word) == '-') {
			return SecretNames.isSecret(this.text, word, blank) && !is(next, '-') && token(next);
		}
		int end = next;
		while (end < this.length && AuthSchemes.isCredentialCharacter(this.text.charAt(end))) {
			end++;
		}
		return AuthSchemes.isCredential(this.text, word, blank, next, end) && span(next, end);
	}

	/**
	 * Take a value: what stands between quotes, else what reaches to a blank or an
	 * ampersand.
	 */
	private boolean token(int start) {
		int quote = skip(start, "\\");
		if (isQuote(quote)) {
			return span(quote + 1, endOfQuoted(quote, quote - start));
		}
		int end = start;
		while (end < this.length && !Character.isWhitespace(this.text.charAt(end)) && !is(end, '&')) {
			end++;
		}
		return span(start, end);
	}

	/**
	 * Find the end of a quoted value. A quote with more backslashes in front of it than
	 * the first had belongs to the value.
	 */
	private int endOfQuoted(int quote, int backslashes) {
		int slashes = 0;
		for (int i = quote + 1; i < this.length; i++) {
			boolean closes = (backslashes > 0) ? slashes <= backslashes : slashes % 2 == 0;
			if (this.text.charAt(i) == this.text.charAt(quote) && closes) {
				return i - Math.min(slashes, backslashes);
			}
			slashes = is(i, '\\') ? slashes + 1 : 0;
		}
		return this.length;
	}

	private boolean restOfLine(int start) {
		int end = start;
		while (end < this.length && !is(end, '\n') && !is(end, '\r')) {
			end++;
		}
		return span(start, end);
	}

	private boolean span(int start, int end) {
		this.from = start;
		this.to = end;
		return true;
	}

	private int startOfWord(int end) {
		int start = end;
		while (start > 0 && end - start < LONGEST_NAME && isWord(start - 1)) {
			start--;
		}
		return start;
	}

	private int endOfWord(int start) {
		int end = start;
		while (end < this.length && end - start < LONGEST_NAME && isWord(end)) {
			end++;
		}
		return end;
	}

	private int skipBlanks(int start) {
		int end = start;
		while (isBlank(end)) {
			end++;
		}
		return end;
	}

	private int skip(int start, String characters) {
		int end = start;
		while (end < this.length && characters.indexOf(this.text.charAt(end)) >= 0) {
			end++;
		}
		return end;
	}

	private boolean isWord(int index) {
		char c = this.text.charAt(index);
		return (c < 128 && Character.isLetterOrDigit(c)) || c == '_' || c == '-' || c == '.';
	}

	private boolean isBlank(int index) {
		return is(index, ' ') || is(index, '\t');
	}

	private boolean isQuote(int index) {
		return is(index, '"') || is(index, '\'');
	}

	private boolean is(int index, char c) {
		return index >= 0 && index < this.length && this.text.charAt(index) == c;
	}

}
