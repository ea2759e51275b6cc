package dev.telemetry.pipeline.reference;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Credentials in URLs: user info before the host, and the paths of webhooks, which any
 * caller that knows them may use.
 */
final class UrlSecrets {

	private static final Pattern PARAMETER = Pattern.compile(";[A-Za-z ]{1,32}=");

	private static final List<RedactionRule> ACCOUNTS = List.of(
			// Behind a scheme, in JSON perhaps with its slashes escaped; a password may
			// have an at sign
			new PatternRule(":[\\\\]{0,3}/[\\\\]{0,3}/(?<secret>[^\\s/?#\"'<>]{0,1024}"
					+ "|[^\\s/?#@:]{0,128}:(?!\\d{1,5}[/?#]|[/\\\\])[^\\s@\"'<>]{0,256})@", UrlSecrets::isUser),
			// Without one: the data source names of Go, a name and a password at a host
			new PatternRule("(?<![^\\s\"'=])[^\\s:/@\"'=]{1,64}:(?<secret>[^\\s@/\"']{1,128})@(?:tcp|udp|unix)\\("),
			new PatternRule(
					"(?<![\\w:/.@-])[\\w.-]{1,64}:(?<secret>[^\\s:@/\"']{4,64})@(?!sha\\d|jar|aar|pom|war)(?=[A-Za-z])",
					UrlSecrets::isMixed),
			new PatternRule("(?<![:/\\w])//(?<secret>[^\\s/:@\"']{1,64}:[^\\s/@\"']{1,128})@"));

	private static final List<RedactionRule> HOOKS = List.of(
			// Hooks of Slack, Discord, Microsoft Teams, Zapier, IFTTT, Telegram, and
			// others
			new PatternRule("(?i)(?:hooks\\.slack\\.com/(?:services|workflows|triggers)/"
					+ "|discord(?:app)?\\.com/api/(?:v\\d{1,2}/)?webhooks/|\\.office\\.com/webhook(?:b2)?/"
					+ "|hooks\\.zapier\\.com/hooks/catch/|maker\\.ifttt\\.com/trigger/[^/\\s]{1,64}/(?:json/)?with/key/)"
					+ "(?<secret>[^\\s\"'<>`\\\\]{4,512}+)"),
			new PatternRule("(?i)api\\.telegram\\.org/(?:file/)?bot(?<secret>[^\\s/\"'<>]{4,128}+)"), new PatternRule(
					"(?i)/(?:(?:web)?hooks?|integration)/(?:v\\d/)?(?<secret>[\\w-]{16,128}+)", UrlSecrets::isMixed));

	private UrlSecrets() {
	}

	static void findAccounts(CharSequence text, Findings found) {
		ACCOUNTS.forEach((rule) -> rule.find(text, found));
	}

	static void findHooks(CharSequence text, Findings found) {
		HOOKS.forEach((rule) -> rule.find(text, found));
	}

	/**
	 * The parameters of a connection are none, and {@code git} is no name of a person.
	 */
	private static boolean isUser(String secret) {
		return !secret.equals("git") && !PARAMETER.matcher(secret).find();
	}

	/** Letters and digits: a key or a password, and not the name of something. */
	private static boolean isMixed(String secret) {
		return SecretValues.isMixed(new ScannedText(secret), 0, secret.length());
	}

}
