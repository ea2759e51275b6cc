package dev.telemetry.pipeline;

/**
 * Finds credentials by the word in front of them, in one pass over a text:
 * {@code password=hunter2}, {@code "access_token": "…"}, {@code Authorization: Basic …},
 * {@code Bearer …}, {@code --password hunter2}, {@code setPassword("…")}.
 * <p>
 * The text to the left of a separator is checked up to the length of a name; a value is
 * only followed to its end when it is to be removed. So no character is looked at more
 * than a bounded number of times.
 */
final class CredentialScanner {

	private static final int MOST_BLANKS = 3;

	private static final int SHORTEST_CONFIGURED = 6;

	private final ScannedText text;

	private final CredentialNames names;

	private final SecretSpans spans;

	private CredentialScanner(CharSequence text, Findings found) {
		this.text = new ScannedText(text);
		this.names = new CredentialNames(this.text);
		this.spans = new SecretSpans(this.text, found);
	}

	static void find(CharSequence text, Findings found) {
		new CredentialScanner(text, found).find();
	}

	private void find() {
		int i = 0;
		while (i < this.text.length()) {
			int next = inspect(i);
			i = Math.max(i + 1, next);
		}
	}

	/**
	 * Look at a position that may be between a name and a value.
	 * @return where to go on; not beyond the position if there is nothing
	 */
	private int inspect(int index) {
		return switch (this.text.at(index)) {
			case '=' -> value(index, index + 1, true);
			case ':' -> colon(index);
			case '-' -> this.text.is(index + 1, '>') ? value(index, index + 2, true) : index;
			case '\u2192', '\u2254' -> value(index, index + 1, true);
			case '(' -> call(index);
			case ',' -> element(index);
			case '\t' -> column(index);
			case ' ', '\n', '\r', '+' -> argument(index);
			default -> index;
		};
	}

	private int colon(int index) {
		if (this.text.is(index + 1, ':')) {
			int end = this.text.skipBlanksBack(index, MOST_BLANKS);
			return stated(this.names.startOfName(end), end, startOfValue(index + 2));
		}
		return this.text.startsWith(index, "://") ? index : value(index, index + 1, false);
	}

	/** What follows a tabulator, as in a table or behind a label. */
	private int column(int tabulator) {
		int end = this.names.endBeforeClosers(tabulator);
		int next = stated(this.names.startOfName(end), end, this.text.skipBlanks(tabulator));
		return (next > tabulator) ? next : argument(tabulator);
	}

	/** What may follow a name for other reasons: only letters and digits count. */
	private int stated(int word, int end, int value) {
		SecretName name = SecretNames.of(this.text, word, end);
		return (name.compareTo(SecretName.CODE) >= 0) ? this.spans.value(SecretName.STATEMENT, value, true) : value;
	}

	private int value(int separator, int start, boolean parameter) {
		int end = this.names.endBeforeSeparator(separator);
		int closers = this.names.endBeforeClosers(end);
		int word = this.names.startOfName(closers);
		if (word == closers) {
			return separator;
		}
		boolean quoted = this.text.isQuote(end - 1) && this.text.isQuote(word - 1);
		int value = startOfValue(start);
		int next = endsWith(word, closers, "authorization") ? authorization(value)
				: !parameter && isCookie(word, closers, value) ? cookie(word, value)
						: named(word, closers, value, parameter, quoted);
		return (next > value) ? next : separator;
	}

	private int named(int word, int end, int value, boolean parameter, boolean quoted) {
		SecretName name = parameter ? this.names.declared(word, end) : this.names.name(word, end);
		if (AuthSchemes.isBasic(this.text, word, end)
				&& AuthSchemes.isCredential(this.text, word, end, value, endOfLook(value))) {
			return this.spans.anything(value);
		}
		if (name == SecretName.NONE) {
			return this.names.nested(word, end) ? this.spans.value(SecretName.CERTAIN, value, true)
					: !parameter && this.names.isLabel(word) ? this.spans.value(SecretName.STATEMENT, value, true)
							: value;
		}
		if (isWorkingDirectory(word, end, value)
				|| (!parameter && (this.names.isType(value) || this.names.isCoordinate(word, end, value)))) {
			return value;
		}
		if (name.compareTo(SecretName.TOKEN) >= 0 && isFollowedByScheme(value)) {
			return authorization(value);
		}
		if (ValueNames.isName(this.text, word, end) && isNamed(value)) {
			return value;
		}
		boolean bare = !this.text.isQuote(this.text.skip(value, '\\')) && !this.text.isOneOf(value, "[{\n\r");
		if (quoted && bare && !this.text.startsWith(value, "string")) {
			return this.spans.literal(name, value);
		}
		int below = (name.compareTo(SecretName.CODE) >= 0) ? this.spans.below(name, value, parameter) : value;
		return (below > value) ? below : this.spans.value(name, value, parameter || quoted);
	}

	/** {@code key="timeout" value="30"}: the key is the name of another value. */
	private boolean isNamed(int value) {
		int start = this.text.endOfRun(value, 4, (c) -> "\\\"'".indexOf(c) >= 0);
		int end = this.text.endOfRun(start, SecretNames.LONGEST, (c) -> Ascii.isWord(c) || ".:/".indexOf(c) >= 0);
		int next = this.text.endOfRun(end, 8, (c) -> !Ascii.isLetter(c));
		int nextEnd = this.text.endOfRun(next, 12, Ascii::isLetter);
		return ValueNames.isValue(this.text, next, nextEnd) && !this.text.isLetterOrDigit(nextEnd);
	}

	private boolean isFollowedByScheme(int value) {
		int end = this.text.endOfRun(value, SecretNames.LONGEST, Ascii::isLetter);
		return this.text.isOneOf(end, " +") && AuthSchemes.isScheme(this.text, value, end);
	}

	/** The shell's variable and command, not a password, if it is a path. */
	private boolean isWorkingDirectory(int word, int end, int value) {
		return end - word == 3 && this.text.startsWith(word, "pwd")
				&& (this.text.isOneOf(value, "/~") || this.text.is(value + 1, ':'));
	}

	/** The header field, whose value consists of names and values. */
	private boolean isCookie(int word, int end, int value) {
		return (endsWith(word, end, "cookie") || endsWith(word, end, "cookie2")) && this.text
			.is(this.text.endOfRun(value, SecretNames.LONGEST, (c) -> c != '=' && c != '"' && c > ' '), '=');
	}

	private int cookie(int word, int value) {
		return this.spans.line(value, this.text.isQuote(word - 1) ? this.text.at(word - 1) : ScannedText.NONE);
	}

	private boolean endsWith(int word, int end, String name) {
		return end - word >= name.length() && this.text.endsWith(end, name);
	}

	/** Skip {@code ===}, {@code =>} and blanks, a tag and an anchor of YAML. */
	private int startOfValue(int start) {
		int operator = this.text.endOfRun(start, 2, (c) -> c == '=' || c == '>');
		int value = this.text.skipBlanks(operator);
		boolean tag = this.text.startsWith(value, "!!") || (this.text.is(value, '!') && isTag(value + 1));
		if (tag || (this.text.is(value, '&') && this.text.isBlank(value - 1))) {
			int end = this.text.endOfRun(value, SecretNames.LONGEST, (c) -> c > ' ');
			int next = this.text.skipBlanks(end);
			return (next > end && !this.text.is(next, '=')) ? next : value;
		}
		return value;
	}

	/** {@code !vault}: of small letters, with a value behind it. */
	private boolean isTag(int start) {
		int end = this.text.endOfRun(start, SecretNames.LONGEST, (c) -> Ascii.isLower(c) || "-:/.".indexOf(c) >= 0);
		return end > start && this.text.isBlank(end) && !this.text.isLineEnd(this.text.skipBlanks(end));
	}

	private int authorization(int start) {
		int value = this.text.skip(start, '+');
		int quote = this.text.skip(value, '\\');
		if (this.text.isQuote(quote) || this.text.is(value, '[')) {
			return this.spans.value(SecretName.CERTAIN, value, true);
		}
		int end = this.text.endOfRun(value, SecretNames.LONGEST, AuthSchemes::isCredentialCharacter);
		boolean scheme = AuthSchemes.isScheme(this.text, value, end);
		int credential = this.text.endOfRun(end, (c) -> c == ' ' || c == '\t' || c == '+' || c == '\\');
		if (credential == end || !(scheme || isOtherScheme(value, end, credential))) {
			return this.spans.value(SecretName.CERTAIN, value, true);
		}
		return AuthSchemes.hasParameters(this.text, value, end) ? this.spans.line(credential, ScannedText.NONE)
				: this.spans.anything(credential);
	}

	/** A vendor's own scheme, if what follows is no word. */
	private boolean isOtherScheme(int value, int end, int credential) {
		int next = this.text.endOfRun(credential, SecretValues.LONGEST_LOOK, AuthSchemes::isCredentialCharacter);
		return this.text.endOfRun(value, SecretNames.LONGEST, Ascii::isLetter) == end
				&& (SecretValues.isMixed(this.text, credential, next) || this.text.is(next, ':')
						|| this.text.startsWith(credential, Redactor.MARKER));
	}

	/** What follows a blank or a plus sign, and the word in front of that. */
	private int argument(int blank) {
		int word = this.names.startOfName(blank);
		if (word == blank) {
			return blank;
		}
		boolean plus = this.text.is(blank, '+');
		int next = plus ? blank + 1 : this.text.skipBlanks(blank);
		if (this.text.is(word, '-') && !plus) {
			SecretName name = SecretNames.of(this.text, word, blank);
			boolean other = this.text.is(next, '-') || name == SecretName.PARAMETER || name == SecretName.KEY
					|| name == SecretName.SESSION;
			return other ? blank : this.spans.value(name, next, true);
		}
		if (AuthSchemes.isScheme(this.text, word, blank)) {
			if (AuthSchemes.isCredential(this.text, word, blank, next, endOfLook(next))) {
				return credential(next);
			}
		}
		return plus ? blank : sentence(word, blank, next);
	}

	/** Most of what looks like a credential is none, and is not followed to its end. */
	private int endOfLook(int start) {
		int quoted = this.text.isQuote(start) ? start + 1 : start;
		return this.text.endOfRun(quoted, SecretValues.LONGEST_LOOK, AuthSchemes::isCredentialCharacter);
	}

	private int credential(int start) {
		int quoted = this.text.isQuote(start) ? start + 1 : start;
		return this.spans.range(quoted, this.text.endOfRun(quoted, AuthSchemes::isCredentialCharacter));
	}

	/**
	 * {@code password is hunter2}, {@code password 'hunter2'},
	 * {@code login bob password hunter2}.
	 */
	private int sentence(int word, int blank, int next) {
		if (this.names.isAuxiliary(word, blank)) {
			int end = this.text.skipBlanksBack(word, MOST_BLANKS);
			SecretName name = this.names.name(this.names.startOfName(end), end);
			return (name.compareTo(SecretName.CODE) >= 0)
					? this.spans.value((name == SecretName.CODE) ? name : SecretName.STATEMENT, skipNow(next), true)
					: blank;
		}
		boolean identified = endsWith(word, blank, "by") && isIdentified(word);
		if (this.text.isQuote(next)) {
			boolean said = identified || SecretNames.of(this.text, word, blank) == SecretName.CERTAIN;
			return said ? this.spans.value(SecretName.CERTAIN, next, true) : blank;
		}
		if (identified) {
			return this.spans.value(this.text.is(word, 'B') ? SecretName.CERTAIN : SecretName.STATEMENT, next, true);
		}
		if (isConfigured(word, blank, next) || (endsWith(word, blank, "password") && followsLogin(word))
				|| endsWith(word, blank, "requirepass") || endsWith(word, blank, "masterauth")) {
			return this.spans.value(SecretName.CERTAIN, next, true);
		}
		return blank;
	}

	private int skipNow(int start) {
		return this.text.startsWith(start, "now ") ? start + 4 : start;
	}

	/**
	 * {@code aws_secret_access_key wJalr…}: a name that is no word, and a value neither.
	 */
	private boolean isConfigured(int word, int blank, int next) {
		int end = this.text.endOfRun(next, SecretValues.LONGEST_LOOK, AuthSchemes::isCredentialCharacter);
		return end - next >= SHORTEST_CONFIGURED && SecretValues.isMixed(this.text, next, end)
				&& this.text.endOfRun(word + 1, SecretNames.LONGEST, (c) -> Ascii.isLower(c) || c == '-') < blank
				&& SecretNames.of(this.text, word, blank).compareTo(SecretName.TOKEN) >= 0;
	}

	/** {@code IDENTIFIED BY}, in MySQL also {@code IDENTIFIED WITH plugin BY}. */
	private boolean isIdentified(int by) {
		int end = this.text.skipBlanksBack(by, MOST_BLANKS);
		boolean quoted = this.text.isQuote(end - 1);
		int plugin = this.names.startOfName(quoted ? end - 1 : end);
		return this.text.endsWith(end, "identified") || this.text
			.endsWith(this.text.skipBlanksBack(quoted ? plugin - 1 : plugin, MOST_BLANKS), "identified with");
	}

	/** A line of {@code .netrc}. */
	private boolean followsLogin(int word) {
		int end = startOfSpaces(word);
		int user = this.text.startOfRun(end, SecretNames.LONGEST, (c) -> c > ' ');
		int before = startOfSpaces(user);
		return before < user && user < end && end < word && this.text.endsWith(before, "login");
	}

	private int startOfSpaces(int end) {
		return this.text.startOfRun(end, MOST_BLANKS, (c) -> c == ' ' || c == '\t' || c == '\n' || c == '\r');
	}

	/** {@code setPassword("…")}. */
	private int call(int parenthesis) {
		if (!this.text.isQuote(this.text.skipBlanks(parenthesis + 1))) {
			return parenthesis;
		}
		int word = this.names.startOfName(parenthesis);
		SecretName name = SecretNames.of(this.text, word, parenthesis);
		boolean sets = this.text.startsWith(word, "set") || this.text.startsWith(word, "with")
				|| this.text.startsWith(word, "password");
		return this.spans.value((name == SecretName.NONE || sets) ? name : SecretName.STATEMENT,
				this.text.skipBlanks(parenthesis + 1), sets);
	}

	/**
	 * {@code "password", "…"}, {@code "--password","…"}, and as a pair
	 * {@code (password, …)}.
	 */
	private int element(int comma) {
		int value = this.text.skipBlanks(comma + 1);
		int end = this.text.isQuote(comma - 1) ? comma - 1 : comma;
		int word = this.names.startOfName(end);
		boolean quoted = end < comma && this.text.isQuote(word - 1) && this.text.isQuote(value);
		if (quoted && endsWith(word, end, "authorization")) {
			return authorization(value);
		}
		boolean flag = this.text.startsWith(word, "--") && !this.text.startsWith(value, "-");
		boolean pair = end == comma && this.text.isOneOf(word - 1, "({");
		SecretName name = (quoted || flag || pair) ? SecretNames.of(this.text, word, end) : SecretName.NONE;
		if (name.compareTo(SecretName.CODE) < 0) {
			return comma;
		}
		return this.spans.value(flag ? name : SecretName.STATEMENT, value, true);
	}

}
