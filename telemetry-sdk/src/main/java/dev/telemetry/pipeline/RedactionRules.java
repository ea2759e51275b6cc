package dev.telemetry.pipeline;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The rules in the order in which they run: what is recognised by its surroundings first,
 * then what is recognised by its own form. Each runs on what the ones before it have
 * left.
 * <p>
 * Loaded, and their patterns compiled, when the first text needs a rule.
 */
final class RedactionRules {

	private static final String MAC_NAME = "(?:mac|hwaddr|hw_addr|ether|bssid|mac[_ -]?addr(?:ess)?|hardware[_ -]?addr(?:ess)?)";

	private static final List<Rule> ALL = List.of(
			new Rule("keys in blocks", TextScan.DASHES,
					new PatternRule("-----? ?BEGIN [^-]{1,64}+-----?(?s:.*?)(?:-----? ?END [^-]{1,64}+-----?|\\z)")),
			new Rule("keys of PuTTY", TextScan.KEY_FILE,
					new PatternRule(
							"Private-Lines: \\d{1,3}(?<secret>(?:\\r?\\n[\\w+/=]{1,128}+(?=\\r?\\n|\\z)){1,100}+)")),
			new Rule("accounts in URLs", TextScan.ACCOUNT, UrlSecrets::findAccounts),
			new Rule("hooks", TextScan.HOOK, UrlSecrets::findHooks),
			new Rule("names and values", TextScan.CREDENTIAL, CredentialScanner::find),
			new Rule("named values", TextScan.NAMED, NamedValues::find),
			new Rule("markup", TextScan.MARKUP, MarkupSecrets::find),
			new Rule("command lines", TextScan.COMMAND, CommandLines::find),
			new Rule("JSON web tokens", TextScan.WEB_TOKEN,
					new PatternRule(
							"(?:(?<![A-Za-z0-9])eyJ|eyJ(?:hbGci|0eXAi|raWQi|lbmMi))[\\w-]*+(?:\\.[\\w-]*+){0,4}+",
							(token) -> token.indexOf('.') > 0)),
			new Rule("tokens", TextScan.TOKEN, TokenFormats::find),
			new Rule("long runs", TextScan.RUN, OpaqueRuns::find), new Rule("homes", TextScan.PATH, HomePaths::find),
			new Rule("e-mail", TextScan.ADDRESS, EmailAddresses::find),
			new Rule("hexadecimal groups", TextScan.GROUPS, HexGroups::find),
			new Rule("MAC addresses by name", TextScan.HARDWARE,
					new PatternRule("(?i)(?<![a-z])" + MAC_NAME + "[\"']?(?:\\s{0,2}[:=]\\s{0,2}|\\s{1,2})[\"']?"
							+ "(?<secret>[0-9a-f]{12}|[0-9a-f]{6}[:-][0-9a-f]{6})(?!\\w)")),
			new Rule("IPv6 in names", TextScan.ZONE,
					new PatternRule("(?i)(?<![\\w.])(?<secret>(?:[0-9a-f]\\.){4,32}[0-9a-f])(?=\\.ip6\\.arpa)")),
			new Rule("IPv6 in shares", TextScan.ZONE,
					new PatternRule("(?i)(?<![\\w-])(?<secret>[0-9a-f-]{4,40}+)(?=\\.ipv6-literal\\.net)")),
			new Rule("IPv4", TextScan.NUMBERS, NetworkAddresses::find),
			new Rule("cards", TextScan.CARD, CardNumbers::find));

	private final List<Rule> rules;

	RedactionRules(LocalNames names) {
		this.rules = Stream.concat(ALL.stream(), Stream.of(new Rule("own names", TextScan.OWN, names::find))).toList();
	}

	/** The rules, last of them the one for the names of this machine and its user. */
	List<Rule> rules() {
		return this.rules;
	}

	/**
	 * Let the rules look at a text, each at what the ones before it have left.
	 * @param text the text
	 * @param level how often its escapes are resolved first
	 * @param scan says which rules have to look
	 * @return the text with markers
	 */
	String apply(String text, int level, Triggers scan) {
		TextReading first = TextReading.of(text, level);
		int triggers = (first != null) ? scan.close(first.text()) : 0;
		return (first == null || triggers == 0) ? text
				: apply(text, level, scan, first, triggers, scan.wide(first.text()));
	}

	private String apply(String text, int level, Triggers scan, TextReading first, int close, int allowed) {
		String source = text;
		@Nullable TextReading reading = first;
		int triggers = close & allowed;
		for (int i = 0; i < this.rules.size() && triggers != 0 && reading != null; i++) {
			Rule rule = this.rules.get(i);
			if ((rule.trigger() & triggers) != 0) {
				Findings found = new Findings();
				rule.rule().find(reading.text(), found);
				if (!found.isEmpty()) {
					source = found.replaceIn(source, reading);
					reading = TextReading.of(source, level);
					triggers = (reading != null) ? scan.close(reading.text()) & allowed : 0;
				}
			}
		}
		return source;
	}

	/**
	 * One rule.
	 *
	 * @param name what it finds
	 * @param trigger what the scan must have seen
	 * @param rule finds it
	 */
	record Rule(String name, int trigger, RedactionRule rule) {

	}

	/**
	 * Says which rules have to look at a text.
	 */
	interface Triggers {

		/**
		 * Say which rules may look at a text at all: that of a text, whatever rules
		 * replace in it.
		 */
		int wide(String text);

		/** Say which rules could find something in a text as it is now. */
		int close(String text);

	}

}
