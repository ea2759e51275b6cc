package dev.telemetry.pipeline;

/**
 * Finds e-mail addresses (RFC 5322, RFC 6531) around an at sign: letters and digits of
 * any script, what else a local part may have, a quoted one, a domain or an address in
 * brackets. The version of a package, an image for fine screens and the name of a
 * repository have an at sign too, and stay.
 */
final class EmailAddresses {

	private static final int LONGEST_LOCAL_PART = 128;

	private static final int LONGEST_DOMAIN = 255;

	/** More than letters and digits; what separates parameters is not among it. */
	private static final String LOCAL = "._+'-!#$*^~%";

	private final ScannedText text;

	private EmailAddresses(CharSequence text) {
		this.text = new ScannedText(text);
	}

	static void find(CharSequence text, Findings found) {
		new EmailAddresses(text).find(found);
	}

	private void find(Findings found) {
		for (int i = 1; i < this.text.length() - 1; i++) {
			if (this.text.is(i, '@')) {
				int start = startOfLocalPart(i);
				int end = (start < i) ? endOfDomain(i + 1) : -1;
				if (end > 0 && !isRepository(start, i, end)) {
					found.add(start, end);
				}
			}
		}
	}

	private int startOfLocalPart(int at) {
		if (this.text.is(at - 1, '"')) {
			return startOfQuoted(at);
		}
		int start = this.text.startOfRun(at, LONGEST_LOCAL_PART, EmailAddresses::isLocal);
		if (this.text.is(start - 1, '=')) {
			start = returnPath(start);
		}
		while (start < at && !this.text.isLetterOrDigit(start) && !this.text.is(start, '_')
				&& !this.text.is(start, '+')) {
			start++;
		}
		return start;
	}

	/** {@code "alice b"@example.com}. */
	private int startOfQuoted(int at) {
		for (int i = at - 2; i >= Math.max(0, at - LONGEST_LOCAL_PART) && !this.text.isLineEnd(i); i--) {
			if (this.text.is(i, '"') && !this.text.is(i - 1, '\\')) {
				return this.text.isLetterOrDigit(i - 1) ? at : i;
			}
		}
		return at;
	}

	/** {@code bounce+alice=example.com@example.org} has the address of Alice in it. */
	private int returnPath(int local) {
		int start = this.text.startOfRun(local - 1, LONGEST_LOCAL_PART, EmailAddresses::isLocal);
		int plus = this.text.endOfRun(start, LONGEST_LOCAL_PART, (c) -> c != '+' && c != '=');
		return (start < local - 1 && this.text.is(plus, '+')) ? start : local;
	}

	private static boolean isLocal(char c) {
		return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || LOCAL.indexOf(c) >= 0;
	}

	/** Where the domain ends, or -1 if it is none. */
	private int endOfDomain(int start) {
		if (this.text.is(start, '[')) {
			int end = this.text.endOfRun(start + 1, LONGEST_DOMAIN,
					(c) -> Ascii.isAlphanumeric(c) || c == '.' || c == ':');
			return (this.text.is(end, ']') && end > start + 1) ? end + 1 : -1;
		}
		int end = this.text.endOfRun(start, LONGEST_DOMAIN, EmailAddresses::isDomain);
		while (end > start && this.text.isOneOf(end - 1, ".-_")) {
			end--;
		}
		int label = this.text.startOfRun(end, LONGEST_DOMAIN, (c) -> c != '.' && c != '@');
		if (!isTopLevel(label, end)) {
			end = cut(label, end);
		}
		boolean domain = label > start && this.text.isLetterOrDigit(start) && isTopLevel(label, end)
				&& !isVersion(start) && !isImage(start, label);
		return (domain || NetworkAddresses.isIpv4(this.text, start, end)) ? end : -1;
	}

	/** {@code example.com-backup}: no top-level domain has a dash in it. */
	private int cut(int label, int end) {
		int letters = this.text.endOfRun(label, LONGEST_DOMAIN, Character::isLetter);
		return this.text.isOneOf(letters, "-_") ? letters : end;
	}

	private static boolean isDomain(char c) {
		return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || c == '.' || c == '-' || c == '_';
	}

	private boolean isTopLevel(int start, int end) {
		if (this.text.startsWith(start, "xn--")) {
			return true;
		}
		for (int i = start; i < end; i++) {
			if (!Character.isLetter(this.text.at(i)) && !Character.isSurrogate(this.text.at(i))) {
				return false;
			}
		}
		return end - start > 1;
	}

	/** {@code lib@4.17.21-next}. */
	private boolean isVersion(int start) {
		int major = this.text.endOfRun(start, 8, Ascii::isDigit);
		return major > start && this.text.is(major, '.') && Ascii.isDigit(this.text.at(major + 1));
	}

	/** {@code icon@2x.png}. */
	private boolean isImage(int start, int label) {
		return label - start == 3 && Ascii.isDigit(this.text.at(start)) && this.text.startsWith(start + 1, "x.");
	}

	/** {@code git@github.com:org/repo.git}: no name of a person. */
	private boolean isRepository(int start, int at, int end) {
		boolean program = (at - start == 3
				&& (this.text.startsWith(start, "git") || this.text.startsWith(start, "svn")))
				|| (at - start == 2 && this.text.startsWith(start, "hg"));
		return program && (this.text.isOneOf(end, ":/") || this.text.is(start - 1, '/'));
	}

}
