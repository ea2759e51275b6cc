package dev.telemetry.pipeline;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks over one text by runs of letters and digits. What is between them decides,
 * together with what is right before it.
 * <p>
 * One loop with local variables: it runs for every text of every event, allocates
 * nothing, and leaves to other methods what few texts have.
 */
final class CloseScan {

	private static final int HARDWARE_DIGITS = 12;

	// Kinds of characters
	private static final int LOWER = 1;

	private static final int UPPER = 1 << 1;

	private static final int DIGIT = 1 << 2;

	private static final int RUN = LOWER | UPPER | DIGIT;

	private static final int CAPITAL_J = 1 << 3;

	private static final int OWN_INITIAL = 1 << 4;

	/** What can be between the groups of an address, but for a dot. */
	private static final int GROUPS = 1 << 5;

	/** What ends a segment of a path. */
	private static final int SLASH = 1 << 6;

	private static final int OTHER = 1 << 7;

	/** In front of the paths of hooks. */
	private static final List<String> HOOKS = List.of("hook", "hooks", "integration", "slack.com", "discord.com",
			"discordapp.com", "office.com", "zapier.com", "ifttt.com", "telegram.org");

	private static final List<String> ZONES = List.of(".ip6.arpa", ".ipv6-literal.net");

	private static final String SPACES = " \t\n\r\f\u000b";

	private CloseScan() {
	}

	/**
	 * Tell the kinds of ASCII characters.
	 * @param names names of which the first characters are of another kind
	 * @return the kinds, for all texts that are scanned for these names
	 */
	static int[] kinds(LocalNames names) {
		int[] kinds = new int[128];
		for (char c = 0; c < 128; c++) {
			kinds[c] = kind(c);
		}
		names.initials()
			.flatMap((c) -> IntStream.of(c, Character.toUpperCase(c), Character.toLowerCase(c)))
			.filter((c) -> c < 128)
			.forEach((c) -> kinds[c] |= OWN_INITIAL);
		return kinds;
	}

	private static int kind(char c) {
		if (Ascii.isDigit(c)) {
			return DIGIT;
		}
		if (Ascii.isLetter(c)) {
			return (Ascii.isLower(c) ? LOWER : UPPER) | ((c == 'J') ? CAPITAL_J : 0);
		}
		return switch (c) {
			case ':', '-', '_' -> GROUPS;
			case '/', '\\' -> SLASH;
			default -> 0;
		};
	}

	/**
	 * Say which rules could find something in a text.
	 * @param text the text
	 * @param kinds the kinds of characters
	 * @param names the names of which they know the first characters
	 * @return the triggers
	 */
	static int scan(String text, int[] kinds, LocalNames names) {
		int length = text.length();
		int seen = 0;
		int all = 0;
		// Where runs begin: of letters, digits, _ and -; of these and a dot; of those and
		// what base64 has; of what a token has
		int word = 0;
		int name = 0;
		int base64 = 0;
		int tokenStart = 0;
		int longestToken = 0;
		// The last character between what may be a name and its value
		int statement = -1;
		boolean colon = false;
		int i = 0;
		while (i < length) {
			int start = i;
			char c = text.charAt(i);
			int kind = (c < 128) ? kinds[c] : OTHER;
			int inner = 0;
			if ((kind & OWN_INITIAL) != 0 && names.isAt(text, i)) {
				seen |= TextScan.OWN;
			}
			if ((kind & RUN) != 0) {
				do {
					all |= kind;
					if (++i == length) {
						break;
					}
					c = text.charAt(i);
					kind = (c < 128) ? kinds[c] : OTHER;
					inner |= kind;
				}
				while ((kind & RUN) != 0);
			}
			all |= kind;
			if (i - start == HARDWARE_DIGITS || i - start == HARDWARE_DIGITS / 2) {
				seen |= hardware(text, start, i);
			}
			if (i == length) {
				break;
			}
			if (i > start && (kind & OWN_INITIAL) != 0 && names.isAt(text, i)) {
				seen |= TextScan.OWN;
			}
			switch (c) {
				case '-' -> {
					seen |= text.startsWith("----", i - 3) ? TextScan.DASHES : 0;
					statement = (at(text, i + 1) == '>') ? i : statement;
				}
				case '_' -> {
					// Goes on
				}
				case '.' -> {
					seen |= program(text, word, i) | zone(text, i) | opaque(base64, i);
					word = i + 1;
					base64 = i + 1;
				}
				case '/' -> {
					seen |= hook(text, i);
					word = i + 1;
					name = i + 1;
				}
				case '+' -> {
					seen |= program(text, word, i) | argument(text, name, i, false, true);
					word = i + 1;
					name = i + 1;
				}
				default -> {
					if (kind == OTHER) {
						seen |= other(text, i, c, names);
						statement = (c == '\u2192' || c == '\u2254') ? i : statement;
					}
					else if (c == ' ') {
						boolean plain = name == start && (inner & (UPPER | DIGIT)) == 0;
						seen |= program(text, word, i)
								| (plain ? word(text, start, i) : argument(text, name, i, false, false));
						seen |= variable(text, i);
						colon = false;
					}
					else {
						seen |= separator(text, i, c, word, name, colon);
						statement = isStatement(text, i, c, name) ? i : statement;
						colon = c == ':' || (colon && SPACES.indexOf(c) < 0);
					}
					seen |= opaque(base64, i);
					if (c != '=' && c != ':' && c != '~') {
						longestToken = Math.max(longestToken, i - tokenStart);
						tokenStart = i + 1;
					}
					word = i + 1;
					base64 = i + 1;
					name = (kind == OTHER && Character.isLetterOrDigit(c)) ? name : i + 1;
				}
			}
			i++;
		}
		seen |= opaque(base64, length);
		longestToken = Math.max(longestToken, length - tokenStart);
		if (statement >= 0) {
			seen |= statement(text, statement);
		}
		if ((all & (DIGIT | GROUPS)) != 0) {
			seen |= NumberScan.scan(text);
		}
		if ((all & SLASH) != 0) {
			seen |= HomePaths.couldBeIn(text) ? TextScan.PATH : 0;
		}
		if ((all & CAPITAL_J) != 0) {
			seen |= text.contains("eyJ") ? TextScan.WEB_TOKEN : 0;
		}
		boolean token = longestToken >= TokenFormats.SHORTEST && TokenFormats.couldBeIn(text);
		return seen | (token ? TextScan.TOKEN : 0);
	}

	private static char at(String text, int index) {
		return (index >= 0 && index < text.length()) ? text.charAt(index) : ScannedText.NONE;
	}

	private static int opaque(int start, int end) {
		return (end - start >= OpaqueRuns.SHORTEST) ? TextScan.RUN : 0;
	}

	/** As many hexadecimal digits as a hardware address has, or half of them. */
	private static int hardware(String text, int start, int end) {
		boolean whole = end - start == HARDWARE_DIGITS || isOneOf(at(text, end), ":-");
		boolean hex = whole && Ascii.isHex(text.charAt(start)) && Ascii.isHex(text.charAt(end - 1));
		char before = at(text, start - 1);
		return (hex && (isOneOf(before, SPACES) || isOneOf(before, ":='\""))) ? TextScan.HARDWARE : 0;
	}

	/** What may be a program has an argument. */
	private static int program(String text, int word, int end) {
		return (end > word && CommandLines.isProgram(text, word, end)) ? TextScan.COMMAND : 0;
	}

	private static int zone(String text, int dot) {
		if ((at(text, dot + 1) | 0x20) == 'i' && (at(text, dot + 2) | 0x20) == 'p') {
			for (String zone : ZONES) {
				if (text.regionMatches(true, dot, zone, 0, zone.length())) {
					return TextScan.ZONE;
				}
			}
		}
		return 0;
	}

	private static int hook(String text, int slash) {
		if (Ascii.isLetter(at(text, slash - 1))) {
			for (String hook : HOOKS) {
				if (CredentialSigns.endsWith(text, slash, hook)) {
					return TextScan.HOOK;
				}
			}
		}
		return 0;
	}

	private static int argument(String text, int name, int end, boolean plain, boolean plus) {
		return (end > name && CredentialSigns.isArgument(text, name, end, plain, plus)) ? TextScan.CREDENTIAL : 0;
	}

	/** As most words are: of small letters, with letters behind the blank. */
	private static int word(String text, int start, int end) {
		boolean quoted = !Ascii.isAlphanumeric(at(text, end + 1));
		return (quoted || end - start >= SecretNames.LONGEST || CredentialSigns.couldEnd(text, end))
				? argument(text, start, end, true, false) : 0;
	}

	private static int variable(String text, int blank) {
		boolean named = at(text, blank + 1) == '"' && CredentialSigns.endsWith(text, blank, "variable");
		return named ? TextScan.NAMED : 0;
	}

	private static int other(String text, int i, char c, LocalNames names) {
		int own = names.isAt(text, i) ? TextScan.OWN : 0;
		return own | (TextDecoder.isLookalike(c) ? TextScan.ESCAPES : 0);
	}

	private static int separator(String text, int i, char c, int word, int name, boolean colon) {
		char next = at(text, i + 1);
		return switch (c) {
			case '\t', '\n', '\r' -> program(text, word, i) | argument(text, name, i, false, false);
			case '\f', '\u000b', '=' -> program(text, word, i);
			case ':' -> program(text, word, i) | keyFile(text, i);
			case '(' -> program(text, word, i) | unclickable(next);
			case '[' -> unclickable(next);
			case '<' -> Ascii.isLetter(next) ? TextScan.MARKUP : 0;
			case '@' -> TextScan.ADDRESS | (colon ? TextScan.ACCOUNT : 0);
			case '~' -> Ascii.isLetter(next) ? TextScan.PATH : 0;
			case '\\' -> TextScan.ESCAPES;
			case '%' -> (Ascii.isHex(next) || (next | 0x20) == 'u') ? TextScan.ESCAPES : 0;
			case '&' -> isReference(text, i) ? TextScan.ESCAPES : 0;
			default -> 0;
		};
	}

	private static int keyFile(String text, int colon) {
		return text.startsWith("Private-Lines", colon - 13) ? TextScan.KEY_FILE : 0;
	}

	private static int unclickable(char next) {
		return isOneOf(next, ".@:aAdD") ? TextScan.ESCAPES : 0;
	}

	private static boolean isReference(String text, int ampersand) {
		char next = at(text, ampersand + 1);
		int end = text.indexOf(';', ampersand + 2);
		return (next == '#' || Ascii.isLetter(next)) && end > 0 && end < ampersand + TextDecoder.LONGEST_ESCAPE;
	}

	/** Say whether what is before could be a name, and what follows its value. */
	private static boolean isStatement(String text, int i, char c, int name) {
		return switch (c) {
			case ':' -> !text.startsWith("//", i + 1);
			case '=', '\t' -> true;
			case '(' -> CredentialSigns.isQuoteAhead(text, i + 1);
			case ',' -> ScannedText.isQuote(at(text, i - 1)) || at(text, name) == '-' || i - name >= SecretNames.LONGEST
					|| isOneOf(at(text, name - 1), "({");
			case '<' -> true;
			default -> false;
		};
	}

	/** Say which rules could find a value that a name is in front of. */
	private static int statement(String text, int last) {
		int secret = SecretLetters.first(text);
		int credential = (secret <= last) ? TextScan.CREDENTIAL : 0;
		return credential | ((secret != SecretLetters.NONE) ? TextScan.NAMED : 0);
	}

	private static boolean isOneOf(char c, String characters) {
		return c != ScannedText.NONE && characters.indexOf(c) >= 0;
	}

}
