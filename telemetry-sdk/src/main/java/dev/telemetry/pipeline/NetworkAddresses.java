package dev.telemetry.pipeline;

/**
 * Finds IPv4 addresses, plain and in the names of hosts: {@code 10.0.0.5},
 * {@code ip-10-0-0-5.ec2.internal}, {@code 10-0-0-5.sslip.io}. Four numbers with dots are
 * one wherever they occur, unless there are more of them. Right behind a letter they can
 * be a version: then only those count that can hardly be one, of a private network or
 * with a first number of three digits.
 */
final class NetworkAddresses {

	private static final int NUMBERS = 4;

	private static final int LONGEST = 15;

	private static final int LONGEST_LABEL = 63;

	private final ScannedText text;

	private NetworkAddresses(CharSequence text) {
		this.text = new ScannedText(text);
	}

	static void find(CharSequence text, Findings found) {
		new NetworkAddresses(text).find(found);
	}

	private void find(Findings found) {
		int i = 0;
		while (i < this.text.length()) {
			int end = i;
			if (Ascii.isDigit(this.text.at(i)) && !Ascii.isDigit(this.text.at(i - 1))) {
				end = Math.max(dotted(i), dashed(i));
				if (end > i) {
					found.add(i, end);
				}
			}
			i = Math.max(i + 1, end);
		}
	}

	/** Where four numbers with dots end, or -1. */
	private int dotted(int start) {
		int end = quad(start, '.');
		boolean more = (this.text.is(start - 1, '.') && Ascii.isDigit(this.text.at(start - 2)))
				|| (this.text.is(end, '.') && Ascii.isDigit(this.text.at(end + 1))) || Ascii.isDigit(this.text.at(end));
		if (end < 0 || more) {
			return -1;
		}
		if (isProduct(start, end)) {
			return -1;
		}
		boolean inWord = Character.isLetter(this.text.at(start - 1)) || Character.isLetter(this.text.at(end));
		return (!inWord || isHardlyAVersion(start)) ? end : -1;
	}

	/**
	 * {@code Chrome/131.0.0.0}, as browsers call themselves; no host has an address with
	 * three zeros.
	 */
	private boolean isProduct(int start, int end) {
		return this.text.is(start - 1, '/') && Ascii.isLetter(this.text.at(start - 2))
				&& this.text.endsWith(end, ".0.0.0");
	}

	/** Where four numbers with dashes in the name of a host end, or -1. */
	private int dashed(int start) {
		int end = quad(start, '-');
		boolean more = isBehindNumber(start) || Ascii.isDigit(this.text.at(start - 1)) || this.text.isLetterOrDigit(end)
				|| (this.text.is(end, '-') && Ascii.isDigit(this.text.at(end + 1)));
		if (end < 0 || more) {
			return -1;
		}
		boolean label = this.text.isLetterOrDigit(start - 1)
				|| (this.text.is(start - 1, '-') && this.text.isLetterOrDigit(start - 2));
		boolean address = isHardlyAVersion(start) || isHostPrefix(start);
		return ((label && address) || isDomain(end, address)) ? end : -1;
	}

	/** {@code ip-} and {@code ec2-}: nothing else has such a name. */
	private boolean isHostPrefix(int start) {
		return this.text.endsWith(start, "ip-") || this.text.endsWith(start, "ec2-")
				|| this.text.endsWith(start, "host-");
	}

	/** One more label, or two where the numbers could be others. */
	private boolean isDomain(int dot, boolean address) {
		int label = this.text.endOfRun(dot + 1, LONGEST_LABEL, Ascii::isWord);
		boolean labels = this.text.is(dot, '.') && Ascii.isLetter(this.text.at(dot + 1));
		return labels && (address || (this.text.is(label, '.') && Ascii.isLetter(this.text.at(label + 1))));
	}

	private boolean isBehindNumber(int start) {
		int group = this.text.startOfRun(start - 1, 8, Ascii::isAlphanumeric);
		return this.text.is(start - 1, '-') && SecretValues.isDigits(this.text, group, start - 1);
	}

	private int quad(int start, char separator) {
		int i = start;
		for (int number = 0; number < NUMBERS; number++) {
			int end = this.text.endOfRun(i, 4, Ascii::isDigit);
			if (end == i || end - i > 3 || value(i, end) > 255) {
				return -1;
			}
			if (number == NUMBERS - 1) {
				return end;
			}
			if (!this.text.is(end, separator)) {
				return -1;
			}
			i = end + 1;
		}
		return -1;
	}

	/** A first number of three digits, or of the private network 10.0.0.0/8. */
	private boolean isHardlyAVersion(int start) {
		int first = value(start, this.text.endOfRun(start, 4, Ascii::isDigit));
		return first >= 100 || first == 10;
	}

	private int value(int start, int end) {
		return value(this.text, start, end);
	}

	private static int value(ScannedText text, int start, int end) {
		int value = 0;
		for (int i = start; i < Math.min(end, start + 4); i++) {
			value = value * 10 + (text.at(i) - '0');
		}
		return value;
	}

	/** Say whether a part is four numbers from 0 to 255 with dots. */
	static boolean isIpv4(ScannedText text, int start, int end) {
		return end - start <= LONGEST && new NetworkAddresses(text).quad(start, '.') == end;
	}

	private NetworkAddresses(ScannedText text) {
		this.text = text;
	}

}
