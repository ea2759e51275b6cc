package dev.telemetry.pipeline.reference;

import java.util.Set;

/**
 * Reads the name in front of a value, and what surrounds it: quotes, an index, a remark,
 * a type, one more word. Looks to the left no further than a few names are long.
 */
final class CredentialNames {

	private static final int MOST_BLANKS = 3;

	private static final int MOST_CLOSERS = 4;

	private static final int LONGEST_REMARK = 24;

	private static final int MOST_WORDS = 3;

	private static final int LONGEST_INDEX = 4;

	private static final int LONGEST_AUXILIARY = 6;

	private static final Set<String> AUXILIARIES = Set.of("is", "was", "are", "ist", "lautet", "est", "es");

	/** What programs declare a secret to be. */
	private static final Set<String> TYPES = Set.of("string", "str", "any", "text", "chars", "secret", "securestring",
			"option", "optional", "nsstring", "object", "const", "varchar");

	private final ScannedText text;

	CredentialNames(ScannedText text) {
		this.text = text;
	}

	/** {@code password: String = "…"}: the text before an equals sign is a type. */
	SecretName declared(int word, int end) {
		int type = this.text.startOfRun(word, SecretNames.LONGEST, (c) -> Ascii.isLetter(c) || "&[<?".indexOf(c) >= 0);
		int colon = this.text.skipBlanksBack(type, MOST_BLANKS) - 1;
		if (this.text.is(colon, ':') && isType(type)) {
			return name(startOfName(colon), colon);
		}
		return name(word, end);
	}

	SecretName name(int word, int end) {
		SecretName name = SecretNames.of(this.text, word, end);
		int two = startOfName(word - 1);
		if (!this.text.isBlank(word - 1) || two >= word - 1) {
			return name;
		}
		if (isAuxiliary(word, end)) {
			SecretName subject = SecretNames.of(this.text, two, word - 1);
			return (subject.compareTo(SecretName.CODE) >= 0) ? subject : name;
		}
		if (name == SecretName.KEY && (isOtherKey(two, word) || this.text.is(two - 1, '<'))) {
			return SecretName.SESSION;
		}
		if (name == SecretName.TOKEN && isOtherToken(two, word)) {
			return SecretName.STATEMENT;
		}
		SecretName both = SecretNames.of(this.text, two, end);
		return (both == SecretName.CERTAIN || both == SecretName.CODE) ? both : name;
	}

	/** {@code next token: EOF}: what a parser reads. */
	private boolean isOtherToken(int start, int end) {
		return switch (this.text.lower(start, end - 1)) {
			case "next", "expected", "expecting", "unexpected", "last", "first", "previous", "current", "unknown",
					"unrecognized", "illegal", "start", "end", "lookahead", "parsed", "stop" ->
				true;
			default -> false;
		};
	}

	/** {@code sort key}, {@code primary key}: keys to things, not to doors. */
	private boolean isOtherKey(int start, int end) {
		return switch (this.text.lower(start, end - 1)) {
			case "sort", "primary", "foreign", "cache", "partition", "routing", "message", "map", "lookup", "search",
					"index", "config", "object", "natural", "composite", "unknown", "missing" ->
				true;
			default -> false;
		};
	}

	boolean isType(int start) {
		int type = this.text.is(start, '&') ? start + 1 : start;
		int end = this.text.endOfRun(type, SecretNames.LONGEST, Ascii::isLetter);
		int next = this.text.skipBlanks(
				this.text.endOfRun(end, SecretNames.LONGEST, (c) -> Ascii.isLetter(c) || "?[]<>".indexOf(c) >= 0));
		return this.text.is(next, '=') && TYPES.contains(this.text.lower(type, end));
	}

	/** {@code io.jsonwebtoken:jjwt-api:0.12.5}: the coordinates of a library. */
	boolean isCoordinate(int word, int end, int value) {
		if (!this.text.is(value - 1, ':')
				|| this.text.endOfRun(word, SecretNames.LONGEST, (c) -> Ascii.isLower(c) || c == '-') == end) {
			return false;
		}
		int artifact = this.text.endOfRun(value, SecretNames.LONGEST,
				(c) -> Ascii.isLower(c) || Ascii.isDigit(c) || c == '-' || c == '.' || c == '_');
		int version = this.text.startsWith(artifact, ":jar:") ? artifact + 5 : artifact + 1;
		int next = this.text.endOfRun(version, SecretNames.LONGEST, Ascii::isDigit);
		return artifact > value && this.text.is(version - 1, ':') && next > version && this.text.is(next, '.')
				&& Ascii.isDigit(this.text.at(next + 1));
	}

	/** {@code password for user app: …}. */
	boolean isLabel(int word) {
		int start = word;
		for (int i = 0; i < MOST_WORDS && this.text.isBlank(start - 1); i++) {
			int end = start - 1;
			start = startOfName(end);
			if (end - start == 3 && this.text.startsWith(start, "for") && this.text.isBlank(start - 1)) {
				return name(startOfName(start - 1), start - 1).compareTo(SecretName.CODE) >= 0;
			}
		}
		return false;
	}

	/** {@code "password":{"value":"…"}}. */
	boolean nested(int word, int end) {
		if (!ValueNames.isValue(this.text, word, end)) {
			return false;
		}
		int brace = this.text.skipBlanksBack(this.text.isQuote(word - 1) ? word - 1 : word, MOST_BLANKS);
		int separator = this.text.skipBlanksBack(brace - 1, MOST_BLANKS) - 1;
		if (!this.text.is(brace - 1, '{') || !this.text.isOneOf(separator, ":=")) {
			return false;
		}
		int outer = endBeforeClosers(this.text.skipBlanksBack(separator, MOST_BLANKS));
		return name(startOfName(outer), outer).compareTo(SecretName.CODE) >= 0;
	}

	boolean isAuxiliary(int word, int end) {
		return end - word <= LONGEST_AUXILIARY && AUXILIARIES.contains(this.text.lower(word, end));
	}

	/**
	 * Skip the rest of an operator, a remark, and what is between a name and its value in
	 * {@code ? name⏎: value}.
	 */
	int endBeforeSeparator(int separator) {
		int end = this.text.skipBlanksBack(separator, MOST_BLANKS);
		if (this.text.is(separator, '=') && this.text.isOneOf(end - 1, "!?+~")) {
			return this.text.skipBlanksBack(end - 1, MOST_BLANKS);
		}
		if (this.text.is(end - 1, '\n') && this.text.is(separator, ':')) {
			int line = this.text.is(end - 2, '\r') ? end - 2 : end - 1;
			int key = this.text.startOfRun(line, SecretNames.LONGEST, (c) -> c != '\n' && c != '?');
			return this.text.is(key - 1, '?') ? line : end;
		}
		if (this.text.is(end - 1, ')')) {
			int remark = this.text.startOfRun(end - 1, LONGEST_REMARK, (c) -> c != '(' && c >= ' ');
			boolean apart = this.text.is(remark - 1, '(') && this.text.isBlank(remark - 2);
			return apart ? this.text.skipBlanksBack(remark - 1, MOST_BLANKS) : end;
		}
		return end;
	}

	/** Skip what closes a name: an index, a quote and its backslashes, brackets. */
	int endBeforeClosers(int end) {
		int index = this.text.startOfRun(end - 1, LONGEST_INDEX, Ascii::isDigit);
		int name = (this.text.is(end - 1, ']') && this.text.is(index - 1, '[')) ? index - 1 : end;
		for (int i = 0; i < MOST_CLOSERS
				&& (this.text.isQuote(name - 1) || this.text.isOneOf(name - 1, "])}\\")); i++) {
			name--;
		}
		return name;
	}

	int startOfName(int end) {
		return this.text.startOfRun(end, SecretNames.LONGEST,
				(c) -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
	}

}
