package dev.telemetry.pipeline.reference;

/**
 * Follows values to their end. Each method takes where a value begins, adds what must not
 * be recorded to the findings and returns where to go on; where nothing is to be removed,
 * it returns a position that is not behind the beginning.
 */
final class SecretSpans {

	private static final int LONGEST_LENGTH = 10;

	private static final String CLOSERS = ",;)]}>'\"`\u201d";

	private final ScannedText text;

	private final Findings found;

	SecretSpans(ScannedText text, Findings found) {
		this.text = text;
		this.found = found;
	}

	int range(int start, int end) {
		this.found.add(start, end);
		return end;
	}

	/** All to the end of the line, or to a quote. */
	int line(int start, char quote) {
		int end = start;
		while (!this.text.isLineEnd(end) && (quote == ScannedText.NONE || !this.text.is(end, quote))) {
			end++;
		}
		return range(start, end);
	}

	/** Whatever it is. */
	int anything(int start) {
		int quote = this.text.skip(start, '\\');
		return this.text.isQuote(quote) ? quoted(quote, quote - start)
				: range(start, trimmed(start, endOfToken(start, Integer.MAX_VALUE, true)));
	}

	/**
	 * A value, if it can be a secret: what is between quotes or brackets, else what
	 * reaches to a blank or an ampersand, in a connection string to a semicolon.
	 */
	int value(SecretName name, int start, boolean parameter) {
		if (name == SecretName.NONE || isRedacted(start)) {
			return start;
		}
		if (this.text.startsWith(start, "string")) {
			int quoted = this.text.endOfRun(start + 6, LONGEST_LENGTH,
					(c) -> Ascii.isDigit(c) || "() ".indexOf(c) >= 0);
			if (this.text.isBlank(quoted - 1) && this.text.isQuote(quoted)) {
				// As PHP prints a variable
				return value(name, quoted, true);
			}
		}
		int quote = this.text.skip(isPrefix(start) ? start + 1 : start, '\\');
		if (isTriple(quote)) {
			return value(name, quote + 2, true);
		}
		if (this.text.isQuote(quote)) {
			int backslashes = isPrefix(start) ? 0 : quote - start;
			int look = this.text.endOfQuoted(quote, backslashes, SecretValues.LONGEST_LOOK + 1);
			return SecretValues.isSecret(name, this.text, quote + 1, look, true) ? quoted(quote, backslashes) : start;
		}
		return this.text.is(start, '[') ? list(name, start) : bare(name, start, parameter);
	}

	/** Three quotes around several lines, as TOML, Python and Java have them. */
	private boolean isTriple(int quote) {
		return this.text.isOneOf(quote, "\"'") && this.text.is(quote + 1, this.text.at(quote))
				&& this.text.is(quote + 2, this.text.at(quote)) && !this.text.is(quote + 3, this.text.at(quote));
	}

	/** {@code b"…"}, as Python has it, or {@code @"…"}, as C# does. */
	private boolean isPrefix(int start) {
		return this.text.isOneOf(start, "bBrRuUfF@$") && this.text.isOneOf(start + 1, "\"'");
	}

	/** A value that nothing encloses. */
	private int bare(SecretName name, int start, boolean parameter) {
		if ((this.text.is(start, '{') && !isInConnectionString(start)) || isEscapedSpace(start)) {
			return start;
		}
		boolean part = isInConnectionString(start);
		int end = part ? endOfPart(start, SecretValues.LONGEST_LOOK)
				: trimmed(start, endOfToken(start, SecretValues.LONGEST_LOOK, parameter));
		boolean nothing = end == start + 1 && this.text.isOneOf(start, CLOSERS);
		if (nothing || !SecretValues.isSecret(name, this.text, start, end, parameter)) {
			return start;
		}
		return range(start, part ? endOfPart(start, Integer.MAX_VALUE)
				: trimmed(start, endOfToken(start, Integer.MAX_VALUE, parameter)));
	}

	/** A value of JSON that is not quoted, behind a name that is. */
	int literal(SecretName name, int start) {
		int end = this.text.endOfRun(start, SecretValues.LONGEST_LOOK,
				(c) -> ",}]".indexOf(c) < 0 && !Character.isWhitespace(c));
		return SecretValues.isSecret(name, this.text, start, end, true) ? range(start, end) : start;
	}

	/** What a rule has removed before; nothing may stick to it. */
	private boolean isRedacted(int start) {
		return this.text.startsWith(start, ReferenceRedactor.MARKER)
				&& !this.text.isLetterOrDigit(start + ReferenceRedactor.MARKER.length());
	}

	/** A line feed in a string of a program; it is read when it is resolved. */
	private boolean isEscapedSpace(int start) {
		return this.text.is(start, '\\') && this.text.isOneOf(start + 1, "nrt")
				&& !this.text.isLetterOrDigit(start + 2);
	}

	private int quoted(int quote, int backslashes) {
		int end = this.text.endOfQuoted(quote, backslashes, Integer.MAX_VALUE);
		return range(quote + 1, end);
	}

	/** {@code ["…", "…"]}; a list of anything else is none of secrets. */
	private int list(SecretName name, int bracket) {
		int end = bracket;
		int i = this.text.skipSpaces(bracket + 1);
		while (name.compareTo(SecretName.PARAMETER) >= 0 && i < this.text.length() && !this.text.is(i, ']')) {
			int quote = this.text.skip(i, '\\');
			boolean quoted = this.text.isQuote(quote);
			int next = quoted ? value(name, i, true) : bare(name, i, true);
			if (next <= i) {
				return end;
			}
			end = next;
			i = this.text.endOfRun(quoted ? next + (quote - i) + 1 : next,
					(c) -> c == ',' || Character.isWhitespace(c));
		}
		return end;
	}

	/**
	 * A value on the lines below its name: a block of YAML, a list, or one that is more
	 * indented or alone on its line.
	 */
	int below(SecretName name, int start, boolean parameter) {
		int indicator = this.text.isOneOf(start, "|>")
				? this.text.endOfRun(start, 3, (c) -> "|>+-123456789".indexOf(c) >= 0) : start;
		int comment = this.text.skipBlanks(indicator);
		boolean continued = this.text.is(comment, '\\') && this.text.isLineEnd(comment + 1);
		int line = nextLine(
				this.text.startsWith(comment, "# ") ? this.text.endOfLine(comment) : continued ? comment + 1 : comment);
		if (line < 0) {
			return start;
		}
		if (indicator > start) {
			return indented(start, line);
		}
		int content = this.text.skipBlanks(line);
		if (this.text.startsWith(content, "- ")) {
			return items(name, start, line);
		}
		boolean alone = content > line || (!parameter && this.text.isLineEnd(endOfLook(content)));
		return (alone && !isName(content)) ? this.value(name, content, true) : start;
	}

	/** All lines that begin with a blank. */
	private int indented(int start, int firstLine) {
		int end = start;
		int line = firstLine;
		while (line >= 0 && this.text.isBlank(line)) {
			end = line(this.text.skipBlanks(line), ScannedText.NONE);
			line = nextLine(end);
		}
		return end;
	}

	private int items(SecretName name, int start, int firstLine) {
		int end = start;
		int line = firstLine;
		while (line >= 0 && this.text.startsWith(this.text.skipBlanks(line), "- ")) {
			int content = this.text.skipBlanks(line) + 2;
			int after = isName(content) ? content : value(name, content, true);
			if (after <= content) {
				return end;
			}
			end = after;
			line = nextLine(this.text.isQuote(end) ? end + 1 : end);
		}
		return end;
	}

	/** Where the next line begins, or -1 if there is something before it. */
	private int nextLine(int end) {
		int line = this.text.endOfRun(end, 2, (c) -> c == '\n' || c == '\r');
		return (line > end) ? line : -1;
	}

	/** Say whether a line gives something else a value. */
	private boolean isName(int start) {
		int end = this.text.endOfRun(start, SecretNames.LONGEST,
				(c) -> Character.isLetterOrDigit(c) || "_-.\"".indexOf(c) >= 0);
		return this.text.isOneOf(end, ":=");
	}

	private int endOfLook(int start) {
		return this.text.endOfRun(start, SecretValues.LONGEST_LOOK, (c) -> !Character.isWhitespace(c));
	}

	/** In a query an ampersand ends a value, in an element of XML the tag behind it. */
	private int endOfToken(int start, int most, boolean parameter) {
		int end = start;
		while (end < this.text.length() && end - start < most && !this.text.isSpace(end)
				&& !(parameter && this.text.is(end, '&')) && !this.text.startsWith(end, "</")) {
			end++;
		}
		return end;
	}

	/** What closes the enclosure of a value is not part of it. */
	private int trimmed(int start, int end) {
		int trimmed = end;
		while (trimmed > start + 1 && this.text.isOneOf(trimmed - 1, CLOSERS) && !isOpened(start, trimmed)
				&& !this.text.endsWith(trimmed, ReferenceRedactor.MARKER)) {
			trimmed--;
		}
		return trimmed;
	}

	/** {@code (hunter2)} is closed by a parenthesis of its own. */
	private boolean isOpened(int start, int end) {
		return switch (this.text.at(end - 1)) {
			case ')' -> this.text.is(start, '(');
			case ']' -> this.text.is(start, '[');
			case '}' -> this.text.isOneOf(start, "{$#%");
			case '>' -> this.text.is(start, '<');
			default -> false;
		};
	}

	/**
	 * In {@code a=b;password=two words;c=d} a semicolon ends a value and a blank does
	 * not.
	 */
	private boolean isInConnectionString(int start) {
		int name = this.text.startOfRun(this.text.skipBlanksBack(start, 1) - 1, SecretNames.LONGEST,
				(c) -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ' ');
		return this.text.is(name - 1, ';') && this.text.is(start - 1, '=');
	}

	private int endOfPart(int start, int most) {
		if (this.text.is(start, '{')) {
			return this.text.endOfRun(start, most, (c) -> c != '}' && c != '\n' && c != '\r');
		}
		return this.text.endOfRun(start, most, (c) -> c != ';' && c != '\n' && c != '\r' && c != '"' && c != '&');
	}

}
