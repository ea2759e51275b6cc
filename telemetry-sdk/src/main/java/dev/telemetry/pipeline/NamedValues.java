package dev.telemetry.pipeline;

/**
 * Finds credentials whose name is a value itself:
 * {@code <add key="password" value="…"/>}, {@code {"name":"password","value":"…"}},
 * {@code - name: DB_PASSWORD} with {@code value: …} on the next line. The value may
 * precede the name. It is looked for so many characters around, and not beyond another
 * name.
 */
final class NamedValues {

	private static final int REACH = 128;

	private static final int MOST_BLANKS = 3;

	private static final int MOST_LINE_ENDS = 4;

	private final ScannedText text;

	private final SecretSpans spans;

	private NamedValues(CharSequence text, Findings found) {
		this.text = new ScannedText(text);
		this.spans = new SecretSpans(this.text, found);
	}

	static void find(CharSequence text, Findings found) {
		new NamedValues(text, found).find();
	}

	private void find() {
		for (int i = 0; i < this.text.length(); i++) {
			if (this.text.isOneOf(i, "=:") || isDeclaration(i)) {
				inspect(i);
			}
		}
	}

	/** {@code variable "password" …}, as Terraform has it. */
	private boolean isDeclaration(int blank) {
		return this.text.is(blank, ' ') && this.text.is(blank + 1, '"') && this.text.endsWith(blank, "variable");
	}

	private void inspect(int separator) {
		int end = endOfName(separator);
		int word = startOfWord(end);
		if (!ValueNames.isName(this.text, word, end)) {
			return;
		}
		int value = skipToValue(separator + 1);
		int valueEnd = this.text.endOfRun(value, SecretNames.LONGEST + 1,
				(c) -> Character.isLetterOrDigit(c) || "_-. ".indexOf(c) >= 0);
		SecretName name = named(value, valueEnd);
		if (name != SecretName.NONE && !part(name, valueEnd) && !ahead(name, valueEnd)) {
			before(name, word);
		}
	}

	/** What the value says of the one it names; a header field may hold a credential. */
	private SecretName named(int start, int end) {
		SecretName name = SecretNames.of(this.text, start, end);
		if (this.text.endsWith(end, "authorization") || this.text.endsWith(end, "cookie")) {
			return SecretName.CERTAIN;
		}
		return (name.compareTo(SecretName.CODE) >= 0) ? name : SecretName.NONE;
	}

	/** The content of a part of a form follows an empty line (RFC 7578). */
	private boolean part(SecretName name, int end) {
		int header = this.text.is(end, '"') ? end + 1 : end;
		int content = this.text.endOfRun(header, MOST_LINE_ENDS, (c) -> c == '\n' || c == '\r');
		int lines = (content - header) / (this.text.is(header, '\r') ? 2 : 1);
		return lines == 2 && this.spans.value(name, content, true) > content;
	}

	private boolean ahead(SecretName name, int start) {
		int i = start;
		while (i < start + REACH && i < this.text.length()) {
			int end = this.text.endOfRun(i, REACH, Ascii::isLetter);
			int separator = separatorBehind(end);
			if (separator > 0 && ValueNames.isValue(this.text, i, end)) {
				int value = skipToValue(separator + 1);
				return this.text.startsWith(value, Redactor.MARKER)
						|| this.spans.value(name, backToQuote(value), true) > value;
			}
			if (separator > 0 && ValueNames.isName(this.text, i, end) && !this.text.startsWith(i, "type")) {
				return false;
			}
			i = end + 1;
		}
		return false;
	}

	private void before(SecretName name, int word) {
		int i = word;
		while (i > word - REACH && i > 0) {
			int start = this.text.startOfRun(i, REACH, Ascii::isLetter);
			int separator = separatorBehind(i);
			if (start < i && separator > 0) {
				if (ValueNames.isValue(this.text, start, i)) {
					this.spans.value(name, backToQuote(skipToValue(separator + 1)), true);
				}
				if (ValueNames.isValue(this.text, start, i) || ValueNames.isName(this.text, start, i)) {
					return;
				}
			}
			i = start - 1;
		}
	}

	/** The position of the separator behind a name, or -1. */
	private int separatorBehind(int end) {
		int i = end;
		while (i < end + MOST_BLANKS && (this.text.isQuote(i) || this.text.isOneOf(i, "\\ "))) {
			i++;
		}
		return this.text.isOneOf(i, "=:") ? i : -1;
	}

	private int endOfName(int separator) {
		int end = this.text.skipBlanksBack(separator, MOST_BLANKS);
		end -= this.text.isQuote(end - 1) ? 1 : 0;
		return this.text.is(end - 1, '\\') ? end - 1 : end;
	}

	private int startOfWord(int end) {
		return this.text.startOfRun(end, SecretNames.LONGEST, Ascii::isLetter);
	}

	private int skipToValue(int start) {
		int value = this.text.skip(this.text.skipBlanks(start), '\\');
		return this.text.isQuote(value) ? value + 1 : value;
	}

	/** Back to the backslashes and the quote in front of a value. */
	private int backToQuote(int value) {
		int start = this.text.isQuote(value - 1) ? value - 1 : value;
		return this.text.startOfRun(start, 8, (c) -> c == '\\');
	}

}
