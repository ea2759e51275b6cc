package dev.telemetry.pipeline.reference;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a text has somewhere, in any case, if there can be a credential in it that is
 * recognised by the words around it. Most texts have none of these and are spared the
 * rules that look for words.
 */
final class Stems {

	/** In front of values. */
	private static final List<String> NAMES = List.of("pass", "pwd", "pswd", "psw", "pw", "kennwort", "wachtwoord",
			"senha", "contrase", "motdepasse", "mdp", "haslo", "secret", "cred", "token", "key", "auth", "sig",
			"cookie", "sess", "sid", "jwt", "bearer", "pin", "otp", "cvv", "cvc", "csc", "code", "remember", "awsalb",
			"clearance", "honeycomb", "wordpress", "basic", "digest", "negotiate", "ntlm", "hawk", "dpop", "aws4",
			"identified", "private", "srf", "answer", "heslo", "losenord", "salasana", "adgangskode", "jelszo", "psk");

	/** In front of hardware addresses. */
	private static final List<String> HARDWARE = List.of("mac", "hwaddr", "hw_addr", "ether", "bssid", "hardware");

	/** Behind addresses that are parts of names. */
	private static final List<String> ZONES = List.of("ip6.arpa", "ipv6-literal");

	/** Programs, and what their options are told by. */
	private static final List<String> COMMANDS = List.of("curl", "http ", "https ", "xh ", "ab ", "-user", "/user",
			"mysql", "mariadb", "7z", "rar ", "ssh", "psexec", "mongo", "login", "redis-cli", "ldap", "zip", "snmp",
			"openssl", "smbclient", "rpcclient", "htpasswd", "net u", "schtasks", "pscredential", "securestring",
			"sqlcmd", "isql", "osql", "bcp", "lftp", "sqlplus", "sqlldr", "expdp", "impdp", "rman", "conn", "exp ",
			"imp ", "jdbc:", "oracle");

	/** In addresses whose knowledge alone allows a call. */
	private static final List<String> HOOKS = List.of("hook", "telegram", "ifttt", "integration");

	/** By the first two characters, of which five bits each tell enough. */
	private static final Stem[][] BY_BEGINNING = new Stem[1 << 10][0];
	static {
		put(NAMES, TextScan.CREDENTIAL);
		put(COMMANDS, TextScan.COMMAND);
		put(HOOKS, TextScan.HOOK);
		put(HARDWARE, TextScan.HARDWARE);
		put(ZONES, TextScan.ZONE);
		put(List.of("eyj"), TextScan.WEB_TOKEN);
	}

	private Stems() {
	}

	/**
	 * Look for all of them.
	 * @param text the text
	 * @return the triggers of those that are there
	 */
	static int in(String text) {
		int triggers = 0;
		char before = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c >= 128) {
				// A name in another script
				triggers |= TextScan.CREDENTIAL;
			}
			for (Stem stem : BY_BEGINNING[place(before, c)]) {
				if ((triggers & stem.trigger()) == 0 && stem.isAt(text, i - 1)) {
					triggers |= stem.trigger();
				}
			}
			before = c;
		}
		return triggers;
	}

	private static void put(List<String> stems, int trigger) {
		for (String stem : stems) {
			int place = place(stem.charAt(0), stem.charAt(1));
			BY_BEGINNING[place] = Stream.concat(Stream.of(BY_BEGINNING[place]), Stream.of(new Stem(stem, trigger)))
				.toArray(Stem[]::new);
		}
	}

	/** The same for capitals. */
	private static int place(char first, char second) {
		return ((first & 31) << 5) | (second & 31);
	}

	/**
	 * One of them.
	 *
	 * @param text in lower case
	 * @param trigger the rules it is for
	 */
	private record Stem(String text, int trigger) {

		boolean isAt(String other, int index) {
			int length = this.text.length();
			if (index < 0 || index + length > other.length()) {
				return false;
			}
			for (int i = 0; i < length; i++) {
				if (Ascii.lower(other.charAt(index + i)) != this.text.charAt(i)) {
					return false;
				}
			}
			return true;
		}

	}

}
