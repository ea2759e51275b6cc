package dev.telemetry.pipeline.reference;

import java.util.List;

/**
 * Finds payment card numbers: as many digits as the scheme has, in the ranges it issues,
 * that pass the Luhn check (ISO/IEC 7812-1). Between the digits there may be single
 * blanks or dashes, or in the groups that are printed on cards any few separators. Digits
 * of a UUID are none.
 */
final class CardNumbers {

	/** The shortest number of a scheme. */
	static final int SHORTEST = 12;

	private static final int LONGEST = 19;

	private static final int MOST_SEPARATORS = 3;

	private static final int LONGEST_WORD = 12;

	private static final int[] UUID_GROUPS = { 0, 9, 14, 19, 24 };

	/** By the first six digits, the longest prefix first where one is in another. */
	private static final List<Scheme> SCHEMES = List.of(new Scheme(400000, 499999, 13, 19),
			new Scheme(510000, 559999, 16, 16), new Scheme(222100, 272099, 16, 16), new Scheme(340000, 349999, 15, 15),
			new Scheme(370000, 379999, 15, 15), new Scheme(300000, 305999, 14, 19), new Scheme(309500, 309599, 14, 19),
			new Scheme(360000, 369999, 14, 19), new Scheme(380000, 399999, 14, 19), new Scheme(352800, 358999, 16, 19),
			new Scheme(601100, 601199, 16, 19), new Scheme(603700, 603799, 16, 19), new Scheme(606200, 606299, 16, 19),
			new Scheme(620000, 629999, 16, 19), new Scheme(630400, 630499, 12, 19), new Scheme(636000, 639999, 16, 19),
			new Scheme(644000, 659999, 16, 19), new Scheme(670000, 679999, 12, 19), new Scheme(220000, 220499, 16, 19),
			new Scheme(501800, 501999, 12, 19), new Scheme(502000, 502099, 12, 19), new Scheme(503800, 503899, 12, 19),
			new Scheme(506000, 509999, 16, 19), new Scheme(561200, 561299, 12, 19), new Scheme(589300, 589399, 12, 19));

	private static final List<String> PRINTED = List.of("4444", "465", "464", "4443", "4441", "44443", "4442", "844");

	private final ScannedText text;

	private final int[] digits = new int[LONGEST];

	private final StringBuilder groups = new StringBuilder();

	private CardNumbers(CharSequence text) {
		this.text = new ScannedText(text);
	}

	static void find(CharSequence text, Findings found) {
		new CardNumbers(text).find(found);
	}

	private void find(Findings found) {
		int i = 0;
		while (i < this.text.length()) {
			int end = startsNumber(i) ? endOfCard(i) : -1;
			if (end > 0) {
				found.add(i, end);
			}
			i = Math.max(i + 1, end);
		}
	}

	private boolean startsNumber(int index) {
		char c = this.text.at(index);
		return c >= '2' && c <= '6' && (!this.text.isLetterOrDigit(index - 1) || isBehindWord(index));
	}

	/** {@code card4111…}: a word, and not the middle of a hash. */
	private boolean isBehindWord(int index) {
		int word = this.text.startOfRun(index, LONGEST_WORD, Ascii::isLetter);
		return index - word > 1 && !this.text.isLetterOrDigit(word - 1);
	}

	/**
	 * Find the longest card number that begins at a position.
	 * @return where it ends, or -1
	 */
	private int endOfCard(int start) {
		int count = 0;
		int group = 0;
		int found = -1;
		boolean plain = true;
		this.groups.setLength(0);
		int i = start;
		while (count < LONGEST && Ascii.isDigit(this.text.at(i))) {
			this.digits[count++] = this.text.at(i++) - '0';
			group++;
			if (!this.text.isLetterOrDigit(i) && isCard(count) && (plain || (isPrinted(group) && isAlone(start, i)))) {
				found = i;
			}
			int next = Ascii.isDigit(this.text.at(i)) ? i : endOfSeparators(i);
			if (next > i) {
				plain &= next == i + 1 && this.text.isOneOf(i, " -");
				this.groups.append(group);
				group = 0;
			}
			i = next;
		}
		return (found > 0 && isInUuid(start)) ? -1 : found;
	}

	private int endOfSeparators(int start) {
		int end = this.text.endOfRun(start, MOST_SEPARATORS, (c) -> !Character.isLetterOrDigit(c));
		return Ascii.isDigit(this.text.at(end)) ? end : start;
	}

	/** Not among other numbers, in a list of them. */
	private boolean isAlone(int start, int end) {
		boolean before = Ascii.isDigit(this.text.at(start - 2)) && !this.text.isSpace(start - 1);
		boolean after = Ascii.isDigit(this.text.at(end + 1)) && !this.text.isSpace(end);
		return !before && !after;
	}

	/** The lengths of the groups before, and of this one. */
	private boolean isPrinted(int group) {
		return PRINTED.contains(this.groups.toString() + group);
	}

	private boolean isCard(int count) {
		if (count < SHORTEST) {
			return false;
		}
		int first = 0;
		for (int i = 0; i < 6; i++) {
			first = first * 10 + this.digits[i];
		}
		int range = first;
		return SCHEMES.stream().anyMatch((scheme) -> scheme.has(range, count)) && passesLuhn(count);
	}

	private boolean passesLuhn(int count) {
		int sum = 0;
		for (int i = 0; i < count; i++) {
			int digit = this.digits[count - 1 - i];
			int doubled = digit * 2;
			sum += (i % 2 == 0) ? digit : (doubled > 9) ? doubled - 9 : doubled;
		}
		return sum % 10 == 0;
	}

	private boolean isInUuid(int index) {
		for (int group : UUID_GROUPS) {
			if (index >= group && isUuid(this.text, index - group)) {
				return true;
			}
		}
		return false;
	}

	/** Say whether a UUID begins at a position. */
	static boolean isUuid(ScannedText text, int start) {
		for (int i = 0; i < 36; i++) {
			boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
			char c = text.at(start + i);
			if (dash ? c != '-' : !Ascii.isHex(c)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What a scheme issues.
	 *
	 * @param from the first six digits, lowest
	 * @param to the first six digits, highest
	 * @param shortest the least digits
	 * @param longest the most digits
	 */
	private record Scheme(int from, int to, int shortest, int longest) {

		boolean has(int first, int count) {
			return first >= this.from && first <= this.to && count >= this.shortest && count <= this.longest;
		}

	}

}
