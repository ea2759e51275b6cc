package dev.telemetry.pipeline.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The names under which secrets travel. A name is taken apart into words, at
 * {@code _ - .} and where a capital or a digit begins a new one; it counts by its last
 * word, or when its letters end with a name from a list: {@code client_secret},
 * {@code X-Api-Key}, {@code newPassword2}, {@code spring.datasource.password}. Words
 * behind that say what kind of value it is, as in {@code password_hash}, are passed over;
 * words before that make it a statement about a secret, as in {@code has_password}, let
 * only a value count that can be nothing else.
 */
final class SecretNames {

	/** No longer name is looked at. */
	static final int LONGEST = 64;

	/** Whatever ends with one of these names a secret. */
	private static final List<String> ENDINGS = List.of("password", "passwd", "passwrd", "passw", "pwd", "pswd", "psw",
			"passphrase", "passcode", "passwort", "kennwort", "passord", "wachtwoord", "contrasena", "contrase\u00f1a",
			"senha", "motdepasse", "secret", "credential", "credentials", "apikey", "accesskey", "secretkey",
			"privatekey", "accountkey", "sharedkey", "signingkey", "encryptionkey", "decryptionkey", "authkey",
			"subscriptionkey", "masterkey", "licensekey", "storagekey", "sessionkey", "hmackey", "applicationkey",
			"instrumentationkey", "functionskey", "writekey", "deploykey", "webhookkey", "sessionid", "sessid",
			"sesskey", "connectsid", "aspxauth", "aspxformsauth", "storepass", "keypass", "dbpass", "upass", "userpass",
			"mypass", "adminpass", "rootpass", "mailpass", "smtppass", "ftppass", "sqlpass", "requirepass",
			"masterauth", "securityanswer", "secretanswer", "depasse", "accesskeyid", "secretid", "honeycombteam",
			"sharedaccesssignature", "securitytoken");

	/** Only as a whole word: others end with it, as {@code bypass} does. */
	private static final Set<String> PASSWORDS = Set.of("pw", "mdp", "psk", "heslo", "salasana", "adgangskode",
			"losenord", "l\u00f6senord", "jelszo", "jelsz\u00f3", "\u015fifre", "\ube44\ubc00\ubc88\ud638",
			"\u043f\u0430\u0440\u043e\u043b\u044c", "\u5bc6\u7801", "\u5bc6\u78bc", "\u30d1\u30b9\u30ef\u30fc\u30c9",
			"has\u0142o", "haslo");

	private static final Set<String> TOKENS = Set.of("pass", "bearer", "jwt");

	private static final Set<String> PLURALS = Set.of("tokens", "secrets", "passwords", "creds");

	private static final Set<String> PARAMETERS = Set.of("auth", "authorization", "cookie", "signature", "sig");

	private static final Set<String> CODES = Set.of("pin", "otp", "totp", "cvv", "cvc", "csc", "securitycode",
			"verificationcode", "onetimecode", "mfacode", "facode", "tfacode", "smscode", "confirmationcode",
			"logincode", "accesscode", "authenticatorcode", "pincode");

	private static final Set<String> LETTER_CODES = Set.of("recoverycode", "recoverycodes", "backupcode", "backupcodes",
			"scratchcode", "activationcode", "unlockcode");

	private static final Set<String> SESSIONS = Set.of("session", "sess", "ssess", "sid", "hsid", "apisid", "sapisid",
			"cookies", "rememberme", "awsalb", "cfclearance", "csrf", "xsrf");

	/** They say what kind of value it is. */
	private static final Set<String> KINDS_OF_VALUES = Set.of("value", "val", "text", "txt", "string", "str", "plain",
			"plaintext", "cleartext", "hash", "hashed", "digest", "raw", "hex", "base", "enc", "encrypted", "encoded",
			"new", "old", "confirm", "confirmation", "repeat", "repeated", "again", "retype", "current", "previous",
			"input", "param", "data", "as", "is", "bytes", "md", "sha", "bcrypt", "code");

	/** They say what of a secret it is, and none of that is one. */
	private static final Set<String> ATTRIBUTES = Set.of("type", "types", "length", "len", "size", "count", "policy",
			"file", "files", "path", "dir", "folder", "url", "uri", "endpoint", "host", "name", "names", "id", "ids",
			"ref", "refs", "version", "strength", "expiry", "expires", "expired", "expiration", "age", "ttl", "timeout",
			"date", "time", "at", "field", "label", "hint", "question", "manager", "store", "provider", "encoder",
			"encoding", "algorithm", "algo", "format", "prefix", "suffix", "mode", "status", "state", "states",
			"enabled", "required", "optional", "changed", "change", "reset", "attempt", "attempts", "retries", "retry",
			"index", "bucket", "class", "generator", "validator", "validation", "service", "controller", "audience",
			"issuer", "scope", "scopes", "header", "cookie", "visible", "visibility", "valid", "invalid", "missing",
			"error", "errors", "message", "event", "button", "link", "form", "page", "screen", "column", "table",
			"schema", "kind", "source", "target", "limit", "quota", "usage", "rotation", "owner", "user", "username",
			"alias", "email", "variable", "env", "less", "auth", "login", "grant", "flow", "factory", "builder",
			"parser", "filter", "handler", "helper", "util", "list", "map", "set", "start", "end", "position", "offset",
			"line", "number", "num", "total", "width", "height", "color", "icon", "title", "description", "placeholder",
			"input", "text", "hasher", "hashing", "checker", "rule", "rules", "regex", "pattern", "cipher", "kdf",
			"strategy", "min", "max", "lifetime", "duration", "period", "resolver", "backend", "plugin", "protocol");

	/** They make it a statement about a secret. */
	private static final Set<String> STATEMENTS = Set.of("has", "have", "is", "no", "missing", "invalid", "wrong",
			"expired", "requires", "require", "required", "use", "enable", "enabled", "disable", "disabled", "show",
			"hide", "toggle", "max", "min", "allow", "need", "needs", "with", "without", "weak", "strong", "total",
			"count", "num", "existing", "pull");

	/** What people do with passwords. */
	private static final Set<String> ACTIONS = Set.of("forgot", "forgotten", "lost", "reset", "change", "changed",
			"update", "updated", "recover", "recovery", "remember");

	private SecretNames() {
	}

	/**
	 * Say what kind of name a word is.
	 * @param text the text
	 * @param start where the word begins
	 * @param end where it ends
	 * @return the kind
	 */
	static SecretName of(ScannedText text, int start, int end) {
		return (end > start && end - start <= LONGEST && couldBeOne(text, start, end)) ? of(words(text, start, end))
				: SecretName.NONE;
	}

	static SecretName of(CharSequence name) {
		return of(new ScannedText(name), 0, name.length());
	}

	/** Most words end with a letter with which no name ends, but for a random one. */
	private static boolean couldBeOne(ScannedText text, int start, int end) {
		char last = text.at(end - 1);
		return last >= 128 || text.startsWith(start, "aspsessionid") || Ascii.isDigit(last) || "_-.".indexOf(last) >= 0
				|| "abcdefghklmnoprstvwxy".indexOf(Ascii.lower(last)) >= 0;
	}

	private static SecretName of(List<String> words) {
		String all = String.join("", words);
		if (CODES.contains(all)) {
			return SecretName.CODE;
		}
		if (LETTER_CODES.contains(all)) {
			return SecretName.TOKEN;
		}
		int last = words.size() - 1;
		while (last > 0 && KINDS_OF_VALUES.contains(words.get(last))) {
			last--;
		}
		if (last < 0) {
			return SecretName.NONE;
		}
		String tail = words.get(last);
		SecretName kind = kind(tail, String.join("", words.subList(0, last + 1)));
		if (kind == SecretName.NONE) {
			return isSpecific(words) ? SecretName.STATEMENT : kind;
		}
		List<String> before = words.subList(0, last);
		boolean statement = before.stream().anyMatch(STATEMENTS::contains)
				|| (kind == SecretName.CERTAIN && before.stream().anyMatch(ACTIONS::contains));
		return statement ? SecretName.STATEMENT : kind;
	}

	/** {@code password_prod}: a secret, and words that say which one, not what of it. */
	private static boolean isSpecific(List<String> words) {
		for (int i = words.size() - 1; i > 0; i--) {
			if (ATTRIBUTES.contains(words.get(i))) {
				return false;
			}
			if (kind(words.get(i - 1), String.join("", words.subList(0, i))).compareTo(SecretName.CODE) > 0) {
				return true;
			}
		}
		return false;
	}

	private static SecretName kind(String tail, String joined) {
		if (PASSWORDS.contains(tail)) {
			return SecretName.CERTAIN;
		}
		if (CODES.contains(tail)) {
			return SecretName.CODE;
		}
		if (endsAsSecret(joined)) {
			return SecretName.CERTAIN;
		}
		if (joined.endsWith("token") || TOKENS.contains(tail)) {
			return SecretName.TOKEN;
		}
		if (PLURALS.contains(tail)
				|| (joined.endsWith("s") && endsAsSecret(joined.substring(0, joined.length() - 1)))) {
			return SecretName.PLURAL;
		}
		if (PARAMETERS.contains(tail)) {
			return SecretName.PARAMETER;
		}
		if (tail.equals("key")) {
			return joined.equals(tail) ? SecretName.KEY : SecretName.SESSION;
		}
		if (joined.startsWith("aspsessionid") || joined.startsWith("wordpressloggedin")) {
			return SecretName.CERTAIN;
		}
		boolean session = SESSIONS.contains(tail) || SESSIONS.contains(joined);
		return session ? SecretName.SESSION : SecretName.NONE;
	}

	private static boolean endsAsSecret(String joined) {
		for (String ending : ENDINGS) {
			if (joined.endsWith(ending)) {
				return true;
			}
		}
		return false;
	}

	/** Take a name apart into words in lower case; numbers are left out. */
	private static List<String> words(ScannedText text, int start, int end) {
		List<String> words = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		for (int i = start; i < end; i++) {
			char c = text.at(i);
			if (!Character.isLetter(c) || beginsWord(text, i, end)) {
				finish(word, words);
			}
			if (Character.isLetter(c)) {
				word.append((c < 128) ? Ascii.lower(c) : Character.toLowerCase(c));
			}
		}
		finish(word, words);
		return words;
	}

	private static void finish(StringBuilder word, List<String> words) {
		if (!word.isEmpty()) {
			words.add(word.toString());
			word.setLength(0);
		}
	}

	/** {@code newPassword} has two words, and so has {@code APIKey}. */
	private static boolean beginsWord(ScannedText text, int index, int end) {
		if (!Character.isUpperCase(text.at(index))) {
			return false;
		}
		boolean afterLower = Character.isLowerCase(text.at(index - 1));
		boolean lastOfCapitals = Character.isUpperCase(text.at(index - 1)) && index + 1 < end
				&& Character.isLowerCase(text.at(index + 1));
		return afterLower || lastOfCapitals;
	}

}
