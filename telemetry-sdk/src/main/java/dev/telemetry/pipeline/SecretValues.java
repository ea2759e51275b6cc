package dev.telemetry.pipeline;

import java.util.Set;

/**
 * Tells values that can be secrets from what else follows their names: nothing, numbers,
 * states ({@code password: required}), placeholders, and what was redacted before.
 */
final class SecretValues {

	/** As much of a value is looked at; what is longer says nothing about a secret. */
	static final int LONGEST_LOOK = 64;

	private static final int LONGEST_STATE = 20;

	private static final int LONGEST_WORD = 12;

	private static final int SHORTEST_RANDOM = 8;

	private static final int SHORTEST_MIXED = 6;

	private static final String JOINTS = "._-/";

	private static final String MASKS = "*xX.\u2022#-_?~";

	private static final Set<String> STATES = Set.of("true", "false", "yes", "no", "on", "off", "null", "nil", "none",
			"undefined", "empty", "blank", "missing", "absent", "present", "set", "unset", "required", "optional",
			"valid", "invalid", "expired", "changed", "unchanged", "updated", "reset", "forgotten", "wrong", "correct",
			"incorrect", "ok", "okay", "failed", "failure", "success", "succeeded", "successful", "accepted",
			"rejected", "denied", "granted", "enabled", "disabled", "clicked", "opened", "closed", "shown", "hidden",
			"focused", "blurred", "submitted", "toggled", "requested", "sent", "received", "created", "deleted",
			"removed", "added", "rotated", "revoked", "refreshed", "started", "ended", "stopped", "active", "inactive",
			"available", "unavailable", "unknown", "visible", "invisible", "entered", "filled", "edited", "copied",
			"revealed", "selected", "skipped", "skipping", "essential", "necessary", "declined", "dismissed", "ignored",
			"needed", "provided", "supplied", "given", "stored", "saved", "checked", "unchecked", "different", "same",
			"identical", "mandatory", "prohibited", "allowed", "forbidden", "supported", "unsupported", "configured",
			"generated", "issued", "renewed", "cancelled", "canceled", "aborted", "completed", "finished", "processing",
			"ready", "waiting", "open", "close", "hide", "show", "retry", "click", "tap", "tapped", "focus", "blur",
			"submit", "typing", "hover", "press", "pressed", "view", "viewed", "refresh", "shared", "failing",
			"running", "any", "all", "n/a", "na", "masked", "redacted", "filtered", "done", "pending", "locked",
			"unlocked", "default", "string", "text", "number", "integer", "boolean", "object", "array", "type", "new",
			"login", "logout", "include", "omit", "same-origin", "weak", "strong", "medium", "mismatch", "match",
			"matched", "verified", "unverified", "confirmed", "typed", "pasted", "cleared", "loaded", "found", "used",
			"vergessen", "abgelaufen", "falsch", "richtig", "ge\u00e4ndert", "fehlt", "erforderlich", "ung\u00fcltig",
			"g\u00fcltig", "leer");

	/** How a sentence goes on behind "password:". */
	private static final Set<String> VERBS = Set.of("must", "is", "was", "are", "were", "should", "shall", "cannot",
			"can", "may", "has", "have", "does", "do", "did", "needs", "will", "too", "not");

	private static final Set<String> ARTICLES = Set.of("the", "a", "an", "please", "for", "to", "of", "and", "or", "in",
			"at", "by", "from", "with", "enter", "use", "this", "your");

	/** What is no key but says which one, or how one logs in. */
	private static final Set<String> PARAMETER_WORDS = Set.of("id", "name", "enter", "escape", "esc", "tab", "space",
			"backspace", "delete", "insert", "shift", "ctrl", "control", "alt", "meta", "cmd", "up", "down", "left",
			"right", "arrowup", "arrowdown", "arrowleft", "arrowright", "pageup", "pagedown", "home", "end", "primary",
			"foreign", "unique", "basic", "bearer", "digest", "oauth", "ldap", "saml", "kerberos", "negotiate", "ntlm",
			"oauth2", "oidc", "openid", "sso", "mfa", "2fa", "jwt", "mtls", "tls", "sasl", "anonymous", "plain",
			"password", "token", "session", "cookie", "always", "never", "auto", "strict", "lax");

	private SecretValues() {
	}

	/**
	 * Say whether a value is a secret.
	 * @param name what its name says
	 * @param text the text
	 * @param start where the value begins
	 * @param end where it ends
	 * @param parameter whether it follows an equals sign or is quoted
	 * @return whether it must not be recorded
	 */
	static boolean isSecret(SecretName name, ScannedText text, int start, int end, boolean parameter) {
		if (name == SecretName.NONE || end <= start || isPlaceholder(text, start, end)) {
			return false;
		}
		boolean tooLong = end - start >= LONGEST_LOOK;
		if (!tooLong && (isState(text, start, end) || (isDigits(text, start, end) && end - start < 3))) {
			return false;
		}
		if (isCall(text, start, end) || (name != SecretName.CERTAIN && parameter && isCode(text, start, end))) {
			return false;
		}
		return switch (name) {
			case NONE -> false;
			case STATEMENT -> tooLong || (end - start >= SHORTEST_MIXED && isMixed(text, start, end));
			case SESSION -> looksRandom(text, start, end);
			case KEY -> parameter ? tooLong || isKey(text, start, end) : looksRandom(text, start, end);
			case PARAMETER -> parameter ? tooLong || isParameter(text, start, end) : looksRandom(text, start, end);
			case PLURAL -> tooLong || !(isDigits(text, start, end) || isShortCode(text, start, end));
			case CODE -> isNumber(text, start, end);
			case TOKEN -> tooLong || !isCount(text, start, end);
			case CERTAIN -> true;
		};
	}

	/** Three to ten digits, perhaps at the end of a sentence. */
	private static boolean isNumber(ScannedText text, int start, int end) {
		int digits = text.endOfRun(start, LONGEST_LOOK, Ascii::isDigit);
		int stop = text.endOfRun(digits, 2, (c) -> ".:!?".indexOf(c) >= 0);
		return stop >= end && digits - start >= 3 && digits - start <= 10;
	}

	/** {@code getPassword()}. */
	private static boolean isCall(ScannedText text, int start, int end) {
		int name = text.endOfRun(start, LONGEST_LOOK, (c) -> Ascii.isLetter(c) || c == '.');
		return name > start && name < end && text.is(name, '(') && text.is(name + 1, ')') && name + 2 >= end
				&& !text.isQuote(start - 1);
	}

	/**
	 * An expression of a program: what is called or indexed, or begins with a bracket.
	 */
	private static boolean isCode(ScannedText text, int start, int end) {
		if (text.isQuote(start - 1)) {
			return false;
		}
		int name = text.endOfRun(start, LONGEST_LOOK, (c) -> Ascii.isLetter(c) || c == '_' || c == '.');
		return text.is(start, '(') || (name > start + 1 && name < end && text.isOneOf(name, "(["));
	}

	private static boolean isParameter(ScannedText text, int start, int end) {
		return !isDigits(text, start, end) && !isShortCode(text, start, end)
				&& !PARAMETER_WORDS.contains(text.lower(start, end));
	}

	private static boolean isKey(ScannedText text, int start, int end) {
		return isParameter(text, start, end) && !isCombination(text, start, end) && !isJoined(text, start, end)
				&& (text.isQuote(start - 1) || !isPlainWord(text, start, end))
				&& SecretNames.of(text, start, end) == SecretName.NONE;
	}

	/** {@code Ctrl+C}. */
	private static boolean isCombination(ScannedText text, int start, int end) {
		int first = text.endOfRun(start, LONGEST_WORD, Ascii::isLetter);
		return end - start <= LONGEST_STATE && text.is(first, '+')
				&& PARAMETER_WORDS.contains(text.lower(start, first));
	}

	/** One word, as the name of a field or of a cache is. */
	private static boolean isPlainWord(ScannedText text, int start, int end) {
		int rest = Ascii.isUpper(text.at(start)) ? start + 1 : start;
		return end - start <= LONGEST_WORD && text.endOfRun(rest, LONGEST_WORD, Ascii::isLower) >= end;
	}

	/**
	 * A number of up to five digits, a code of up to four characters with one, or a
	 * version.
	 */
	private static boolean isCount(ScannedText text, int start, int end) {
		return (isDigits(text, start, end) && end - start <= 5) || isShortCode(text, start, end)
				|| isVersion(text, start, end);
	}

	private static boolean isVersion(ScannedText text, int start, int end) {
		int major = text.endOfRun(start, 3, Ascii::isDigit);
		return major > start && text.is(major, '.')
				&& text.endOfRun(start, LONGEST_LOOK, (c) -> Ascii.isDigit(c) || c == '.') >= end;
	}

	private static boolean isShortCode(ScannedText text, int start, int end) {
		if (end - start > 4) {
			return false;
		}
		boolean digit = false;
		for (int i = start; i < end; i++) {
			if (!Ascii.isAlphanumeric(text.at(i))) {
				return false;
			}
			digit |= Ascii.isDigit(text.at(i));
		}
		return digit;
	}

	/** Small letters with something between, such as the key of a setting or a cache. */
	private static boolean isJoined(ScannedText text, int start, int end) {
		int last = end;
		while (last > start && Ascii.isDigit(text.at(last - 1))) {
			last--;
		}
		last -= text.is(last - 1, ':') ? 1 : 0;
		int joints = 0;
		for (int i = start; i < last; i++) {
			char c = text.at(i);
			if (!Ascii.isLower(c) && JOINTS.indexOf(c) < 0) {
				return false;
			}
			joints += Ascii.isLower(c) ? 0 : 1;
		}
		return (joints > 0 || (last < end && !Ascii.isDigit(text.at(last)))) && last > start;
	}

	static boolean isDigits(ScannedText text, int start, int end) {
		for (int i = start; i < end; i++) {
			if (!Ascii.isDigit(text.at(i))) {
				return false;
			}
		}
		return end > start;
	}

	/** Say whether a value has letters and digits. */
	static boolean isMixed(ScannedText text, int start, int end) {
		boolean letter = false;
		boolean digit = false;
		for (int i = start; i < Math.min(end, start + LONGEST_LOOK); i++) {
			letter |= Ascii.isLetter(text.at(i));
			digit |= Ascii.isDigit(text.at(i));
		}
		return letter && digit;
	}

	/**
	 * Say whether there is a run of letters and digits in a value that changes between
	 * them more than once, as words with a number behind them do not.
	 */
	static boolean looksRandom(ScannedText text, int start, int end) {
		int run = 0;
		int changes = 0;
		for (int i = start; i < Math.min(end, start + LONGEST_LOOK); i++) {
			char c = text.at(i);
			if (!Ascii.isAlphanumeric(c)) {
				run = 0;
				changes = 0;
				continue;
			}
			changes += (run > 0 && Ascii.isDigit(c) != Ascii.isDigit(text.at(i - 1))) ? 1 : 0;
			run++;
			if (run >= SHORTEST_RANDOM && changes > 1) {
				return true;
			}
		}
		return end - start >= LONGEST_LOOK && isMixed(text, start, end);
	}

	private static boolean isState(ScannedText text, int start, int end) {
		int last = end;
		while (last > start && text.isOneOf(last - 1, ".!?:)")) {
			last--;
		}
		int space = text.endOfRun(start, LONGEST_STATE + 1, (c) -> c != ' ');
		if (space < last) {
			return VERBS.contains(text.lower(start, space));
		}
		if (last - start > LONGEST_STATE) {
			return false;
		}
		String word = text.lower(start, last);
		return STATES.contains(word) || VERBS.contains(word) || ARTICLES.contains(word);
	}

	private static boolean isPlaceholder(ScannedText text, int start, int end) {
		char first = text.at(start);
		char second = text.at(start + 1);
		if (isMask(text, start, end) || ((first == '$' || first == '#' || first == '%') && second == '{')
				|| (first == '{' && second == '{') || ((first == '$' || first == '%') && second == '(')
				|| (first == '%' && end - start == 2)) {
			return true;
		}
		return switch (first) {
			case 'Y', 'y' -> isYours(text, start, end);
			case '$' -> isVariable(text, start + 1, end);
			case '%' -> text.is(end - 1, '%') && isVariable(text, start + 1, end - 1);
			case '<' -> text.is(end - 1, '>') && isWords(text, start + 1, end - 1);
			case '[' -> text.is(end - 1, ']') && isWords(text, start + 1, end - 1);
			case '(' -> text.is(end - 1, ')') && isState(text, start + 1, end - 1);
			default -> false;
		};
	}

	/** One character again and again that hides what was there; one question mark. */
	private static boolean isMask(ScannedText text, int start, int end) {
		char first = text.at(start);
		int shortest = (first == '?' || first == '*' || first == '-' || first == '~') ? 1 : 3;
		int look = Math.min(end - start, LONGEST_LOOK);
		return MASKS.indexOf(first) >= 0 && look >= shortest
				&& text.endOfRun(start, look, (c) -> c == first) == start + look;
	}

	/** {@code YOUR_API_KEY}. */
	private static boolean isYours(ScannedText text, int start, int end) {
		return text.startsWith(start, "your") && text.isOneOf(start + 4, "_-")
				&& text.endOfRun(start, LONGEST_LOOK, (c) -> Ascii.isLetter(c) || c == '_' || c == '-') == end;
	}

	private static boolean isVariable(ScannedText text, int start, int end) {
		return end > start && text.endOfRun(start, LONGEST_LOOK, (c) -> Ascii.isUpper(c) || c == '_') == end;
	}

	private static boolean isWords(ScannedText text, int start, int end) {
		return end > start && text.endOfRun(start, LONGEST_LOOK,
				(c) -> Ascii.isLetter(c) || c == '_' || c == '-' || c == ' ') == end;
	}

}
