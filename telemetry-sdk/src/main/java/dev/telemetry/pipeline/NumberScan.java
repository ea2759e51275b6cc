package dev.telemetry.pipeline;

/**
 * Says whether there could be addresses of networks and numbers of cards in a text, by
 * how long its runs of letters and digits are and by what is between them.
 */
final class NumberScan {

	private static final int MOST_GAPS = 3;

	private static final int QUAD_SEPARATORS = 3;

	private static final int MAC_SEPARATORS = 5;

	private static final int LONGEST_GROUP = 4;

	private NumberScan() {
	}

	/**
	 * Say which rules could find something.
	 * @param text the text
	 * @return the triggers
	 */
	static int scan(String text) {
		int length = text.length();
		int seen = 0;
		// Digits with little between them, and where they ended last
		int digits = 0;
		int digitsEnd = 0;
		// How many groups in a row, by their length, and numbers, have a separator behind
		char separator = 0;
		int pairs = 0;
		int groups = 0;
		int fours = 0;
		int numbers = 0;
		int i = 0;
		while (i < length) {
			int start = i;
			int trailing = 0;
			while (i < length && Ascii.isAlphanumeric(text.charAt(i))) {
				trailing = Ascii.isDigit(text.charAt(i)) ? trailing + 1 : 0;
				i++;
			}
			int size = i - start;
			if (size > 0) {
				boolean joins = trailing == size && start - digitsEnd <= MOST_GAPS;
				digits = joins ? digits + size : trailing;
				digitsEnd = i;
				seen |= (digits >= CardNumbers.SHORTEST) ? TextScan.CARD : 0;
			}
			if (i == length) {
				break;
			}
			char c = text.charAt(i);
			if (c == ':' || c == '-' || c == '_' || c == '.') {
				boolean goesOn = c == separator && start > 0 && text.charAt(start - 1) == c;
				pairs = !(size == 1 || size == 2) ? 0 : goesOn ? pairs + 1 : 1;
				groups = (size == 0 || size > LONGEST_GROUP) ? 0 : goesOn ? groups + 1 : 1;
				fours = fours(text, start, size, c, goesOn ? fours : 0);
				boolean between = trailing > 0 && i + 1 < length && Ascii.isDigit(text.charAt(i + 1));
				numbers = !between ? 0 : (goesOn && trailing == size) ? numbers + 1 : 1;
				boolean ipv6 = c == ':' && (groups >= MAC_SEPARATORS || (size == 0 && goesOn));
				seen |= (ipv6 || pairs >= MAC_SEPARATORS || fours >= 2) ? TextScan.GROUPS : 0;
				seen |= (numbers >= QUAD_SEPARATORS) ? TextScan.NUMBERS : 0;
				separator = c;
			}
			else {
				separator = 0;
			}
			i++;
		}
		return seen;
	}

	/** Groups of four, of which the first begins with two zeros unless dots follow. */
	private static int fours(String text, int start, int size, char separator, int before) {
		if (size != LONGEST_GROUP) {
			return 0;
		}
		return (before > 0 || separator == '.' || text.startsWith("00", start)) ? before + 1 : 0;
	}

}
