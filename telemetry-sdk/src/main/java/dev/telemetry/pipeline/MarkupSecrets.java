package dev.telemetry.pipeline;

/**
 * Finds credentials in elements of XML and HTML, by the name of the element or by an
 * attribute that names it: {@code <password>…</password>},
 * {@code <property name="password">…</property>}, and as property lists have it,
 * {@code <key>password</key><string>…</string>}.
 */
final class MarkupSecrets {

	private static final int LONGEST_TAG = 256;

	private static final String CDATA = "<![cdata[";

	private final ScannedText text;

	private final Findings found;

	private MarkupSecrets(CharSequence text, Findings found) {
		this.text = new ScannedText(text);
		this.found = found;
	}

	static void find(CharSequence text, Findings found) {
		new MarkupSecrets(text, found).find();
	}

	private void find() {
		for (int i = 0; i < this.text.length(); i++) {
			if (this.text.is(i, '<') && Ascii.isLetter(this.text.at(i + 1))) {
				element(i);
			}
		}
	}

	private void element(int start) {
		int end = endOfTag(start);
		if (end < 0 || this.text.is(end - 1, '/')) {
			return;
		}
		int nameEnd = this.text.endOfRun(start + 1, LONGEST_TAG, (c) -> Ascii.isWord(c) || c == '.' || c == ':');
		SecretName name = SecretNames.of(this.text, start + 1, nameEnd);
		for (int i = nameEnd; i < end; i++) {
			if (this.text.is(i, '=')) {
				name = max(name, attribute(i));
			}
		}
		int content = startOfContent(end + 1);
		if (name != SecretName.NONE) {
			content(name, content);
		}
		int word = this.text.startOfRun(nameEnd, LONGEST_TAG, Ascii::isLetter);
		if (ValueNames.isName(this.text, word, nameEnd)) {
			property(content);
		}
	}

	/** What an attribute says of the element it is at. */
	private SecretName attribute(int equals) {
		int word = this.text.startOfRun(equals, SecretNames.LONGEST, Ascii::isLetter);
		if (!ValueNames.isName(this.text, word, equals)) {
			return SecretName.NONE;
		}
		int value = this.text.isQuote(equals + 1) ? equals + 2 : equals + 1;
		int end = this.text.endOfRun(value, SecretNames.LONGEST, (c) -> Ascii.isWord(c) || c == '.');
		return SecretNames.of(this.text, value, end);
	}

	private static SecretName max(SecretName one, SecretName other) {
		return (one.compareTo(other) < 0) ? other : one;
	}

	/** The content of this element may name that of the next. */
	private void property(int content) {
		int end = this.text.endOfRun(content, SecretNames.LONGEST, (c) -> c != '<');
		SecretName name = SecretNames.of(this.text, content, end);
		int closing = this.text.startsWith(end, "</") ? endOfTag(end) : -1;
		int next = (closing > 0) ? this.text.skipSpaces(closing + 1) : -1;
		if (name.compareTo(SecretName.CODE) >= 0 && Ascii.isLetter(this.text.at(next + 1)) && this.text.is(next, '<')) {
			int tag = endOfTag(next);
			if (tag > 0) {
				content(name, startOfContent(tag + 1));
			}
		}
	}

	private void content(SecretName name, int start) {
		SecretName sure = (name == SecretName.PARAMETER || name == SecretName.KEY) ? SecretName.SESSION : name;
		int look = endOfContent(start, SecretValues.LONGEST_LOOK + 1);
		if (SecretValues.isSecret(sure, this.text, start, trimmed(start, look), true)) {
			this.found.add(start, trimmed(start, endOfContent(start, Integer.MAX_VALUE)));
		}
	}

	private int endOfContent(int start, int most) {
		int end = this.text.endOfRun(start, most, (c) -> c != '<');
		return this.text.endsWith(end, "]]>") ? end - 3 : end;
	}

	/** Behind blanks, the mark of literal text and one more tag. */
	private int startOfContent(int start) {
		int content = this.text.skipSpaces(start);
		if (this.text.startsWith(content, CDATA)) {
			return content + CDATA.length();
		}
		if (this.text.is(content, '<') && Ascii.isLetter(this.text.at(content + 1))) {
			int end = endOfTag(content);
			return (end > 0) ? this.text.skipSpaces(end + 1) : content;
		}
		return content;
	}

	private int trimmed(int start, int end) {
		int trimmed = end;
		while (trimmed > start && this.text.isSpace(trimmed - 1)) {
			trimmed--;
		}
		return trimmed;
	}

	/** Where the tag that begins at a position ends, or -1. */
	private int endOfTag(int start) {
		int end = this.text.endOfRun(start + 1, LONGEST_TAG, (c) -> c != '>' && c != '<');
		return this.text.is(end, '>') ? end : -1;
	}

}
