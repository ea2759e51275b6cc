package dev.telemetry.pipeline.reference;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Resolves what represents another character, one level of it: percent-encoding in UTF-8,
 * escapes of Java, JavaScript and C, character references of HTML, addresses that were
 * made unclickable ({@code [.]}, {@code (at)}), and characters that look like ASCII.
 * Invisible characters are left out. What is no such escape stays.
 */
final class TextDecoder {

	private static final int LONGEST_REFERENCE = 12;

	private static final int MAX_BYTES = 4;

	private static final Map<String, String> REFERENCES = Map.ofEntries(Map.entry("quot", "\""), Map.entry("apos", "'"),
			Map.entry("amp", "&"), Map.entry("lt", "<"), Map.entry("gt", ">"), Map.entry("nbsp", " "),
			Map.entry("commat", "@"), Map.entry("equals", "="), Map.entry("colon", ":"), Map.entry("period", "."),
			Map.entry("sol", "/"), Map.entry("bsol", "\\"), Map.entry("lowbar", "_"), Map.entry("hyphen", "-"),
			Map.entry("percnt", "%"), Map.entry("num", "#"));

	private static final Map<String, String> UNCLICKABLE = Map.of("[.]", ".", "(.)", ".", "[dot]", ".", "(dot)", ".",
			"[@]", "@", "[at]", "@", "(at)", "@", "[:]", ":");

	private static final int LONGEST_UNCLICKABLE = 5;

	private static final String INVISIBLE = "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff";

	private final ScannedText text;

	private final StringBuilder result;

	private int[] starts;

	private int size;

	private boolean changed;

	TextDecoder(CharSequence text) {
		this.text = new ScannedText(text);
		this.result = new StringBuilder(text.length());
		this.starts = new int[text.length() + 1];
	}

	/**
	 * Resolve everything.
	 * @return whether there was something to resolve
	 */
	boolean decode() {
		int i = 0;
		while (i < this.text.length()) {
			char c = this.text.at(i);
			int end = switch (c) {
				case '%' -> percent(i);
				case '\\' -> backslash(i);
				case '&' -> reference(i);
				case '[', '(' -> unclickable(i, i);
				case ' ' -> this.text.isOneOf(i + 1, "[(") ? unclickable(i, i + 1) : i;
				default -> (c < 128) ? i : lookalike(i, c);
			};
			if (end == i) {
				append(c, i);
				end = i + 1;
			}
			else {
				this.changed = true;
			}
			i = end;
		}
		reserve(this.size + 1);
		this.starts[this.size] = this.text.length();
		return this.changed;
	}

	String text() {
		return this.result.toString();
	}

	/** Where each character begins in the text that was decoded, and where that ends. */
	int[] starts() {
		return Arrays.copyOf(this.starts, this.size + 1);
	}

	private void append(char c, int start) {
		reserve(this.size + 1);
		this.starts[this.size++] = start;
		this.result.append(c);
	}

	/** Append what represents a part; its first character begins with the part. */
	private int append(CharSequence characters, int start, int end) {
		for (int i = 0; i < characters.length(); i++) {
			append(characters.charAt(i), (i == 0) ? start : end);
		}
		return end;
	}

	private void reserve(int needed) {
		if (needed >= this.starts.length) {
			this.starts = Arrays.copyOf(this.starts, needed + needed / 2 + 1);
		}
	}

	private int percent(int index) {
		if (Ascii.lower(this.text.at(index + 1)) == 'u') {
			return codePoint(index, index + 2, 4);
		}
		int first = octet(index);
		if (first < 0) {
			return index;
		}
		if (first < 0x80) {
			return append(String.valueOf((char) first), index, index + 3);
		}
		return utf8(index);
	}

	private int octet(int index) {
		if (!this.text.is(index, '%')) {
			return -1;
		}
		int high = Ascii.hex(this.text.at(index + 1));
		int low = Ascii.hex(this.text.at(index + 2));
		return (high < 0 || low < 0) ? -1 : high << 4 | low;
	}

	private int utf8(int index) {
		byte[] bytes = new byte[MAX_BYTES];
		int count = 0;
		int next = index;
		for (int octet = octet(next); octet >= 0x80 && count < MAX_BYTES; octet = octet(next)) {
			bytes[count++] = (byte) octet;
			next += 3;
			CharBuffer decoded = decode(ByteBuffer.wrap(bytes, 0, count));
			if (decoded != null) {
				return append(decoded, index, next);
			}
		}
		return index;
	}

	private static @Nullable CharBuffer decode(ByteBuffer bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(bytes);
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private int backslash(int index) {
		char next = this.text.at(index + 1);
		return switch (next) {
			case 'n', 'r' -> append("\n", index, index + 2);
			case 't' -> append("\t", index, index + 2);
			case 'u' -> this.text.is(index + 2, '{') ? braced(index)
					: codePoint(index, this.text.endOfRun(index + 2, 4, (c) -> c == 'u'), 4);
			case 'U' -> codePoint(index, index + 2, 8);
			case 'x' -> codePoint(index, index + 2, 2);
			case '0', '1', '2', '3' -> octal(index);
			default -> (next >= ' ' && next < 127 && !Ascii.isAlphanumeric(next))
					? append(String.valueOf(next), index, index + 2) : index;
		};
	}

	/** {@code \\075}. */
	private int octal(int index) {
		int end = this.text.endOfRun(index + 1, 3, (c) -> c >= '0' && c <= '7');
		return (end == index + 4) ? number(index, index + 1, end, 8, end) : index;
	}

	/** {@code \\u{1F600}}. */
	private int braced(int index) {
		int end = this.text.endOfRun(index + 3, 6, Ascii::isHex);
		return this.text.is(end, '}') ? number(index, index + 3, end, 16, end + 1) : index;
	}

	private int codePoint(int index, int digits, int count) {
		int end = this.text.endOfRun(digits, count, Ascii::isHex);
		return (end == digits + count) ? number(index, digits, end, 16, end) : index;
	}

	private int number(int index, int start, int end, int radix, int next) {
		long value = 0;
		for (int i = start; i < end; i++) {
			value = value * radix + Character.digit(this.text.at(i), radix);
		}
		boolean valid = end > start && Character.isValidCodePoint((int) value) && value <= Character.MAX_CODE_POINT;
		return valid ? append(Character.toString((int) value), index, next) : index;
	}

	private int reference(int index) {
		if (this.text.is(index + 1, '#')) {
			return numeric(index);
		}
		int end = this.text.endOfRun(index + 1, LONGEST_REFERENCE, Ascii::isLetter);
		if (!this.text.is(end, ';')) {
			return index;
		}
		String character = REFERENCES.get(this.text.lower(index + 1, end));
		return (character != null) ? append(character, index, end + 1) : index;
	}

	private int numeric(int index) {
		boolean hex = Ascii.lower(this.text.at(index + 2)) == 'x';
		int start = hex ? index + 3 : index + 2;
		int end = this.text.endOfRun(start, 7, hex ? Ascii::isHex : Ascii::isDigit);
		return this.text.is(end, ';') ? number(index, start, end, hex ? 16 : 10, end + 1) : index;
	}

	private int unclickable(int index, int bracket) {
		if (!this.text.isOneOf(bracket + 1, ".@:aAdD")) {
			return index;
		}
		int end = this.text.endOfRun(bracket, LONGEST_UNCLICKABLE, (c) -> c != ']' && c != ')') + 1;
		String character = UNCLICKABLE.get(this.text.lower(bracket, Math.min(end, this.text.length())));
		if (character == null) {
			return index;
		}
		return append(character, index, (index < bracket && this.text.is(end, ' ')) ? end + 1 : end);
	}

	private int lookalike(int index, char c) {
		if (INVISIBLE.indexOf(c) >= 0) {
			return index + 1;
		}
		char plain = plain(c);
		return (plain == c) ? index : append(String.valueOf(plain), index, index + 1);
	}

	private static char plain(char c) {
		if (c >= '\uff01' && c <= '\uff5e') {
			return (char) (c - 0xfee0);
		}
		if (c >= '\u2010' && c <= '\u2015') {
			return '-';
		}
		return switch (c) {
			case '\u2212', '\ufe63' -> '-';
			case '\u2024', '\u3002', '\uff61' -> '.';
			case '\u2044', '\u2215' -> '/';
			case '\u2236', '\ufe55', '\ua789' -> ':';
			case '\ufe6b' -> '@';
			default ->
				Character.isSpaceChar(c) ? ' ' : Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : c;
		};
	}

}
