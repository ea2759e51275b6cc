package dev.telemetry.pipeline;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rules in the order in which they run: what is recognised by its surroundings first,
 * then what is recognised by its own form.
 * <p>
 * Loaded, and its patterns compiled, when the first text needs a rule. Every pattern is
 * linear: quantifiers are possessive or bounded, a look-behind keeps a run from being
 * tried at each of its characters, and none repeats a group without a bound.
 */
final class RedactionRules {

	private static final String LOCAL_PART = "[\\p{L}\\p{N}._+'-]";

	private static final List<Rule> RULES = List.of(
			new Rule(TextScan.DASHES,
					new PatternRule("-----BEGIN [^-]{1,64}+-----(?s:.*?)(?:-----END [^-]{1,64}+-----|\\z)")),
			new Rule(TextScan.ADDRESS,
					new PatternRule(
							"(?<=://)(?:[^\\s/?#\"'<>]*|[^\\s/?#@:]{0,256}:(?!\\d{1,5}[/?#])[^\\s@\"'<>]{0,256})@",
							(match) -> Redactor.MARKER + "@")),
			new Rule(TextScan.CREDENTIAL, CredentialScanner::redact),
			new Rule(TextScan.TOKEN,
					new PatternRule(
							"(?:(?<![A-Za-z0-9])eyJ|eyJ(?:hbGci|0eXAi|raWQi|lbmMi))[\\w-]*+(?:\\.[\\w-]*+){0,4}+",
							(match) -> (match.indexOf('.') > 0) ? Redactor.MARKER : match)),
			new Rule(TextScan.TOKEN, new PatternRule("(?<![A-Za-z0-9])(?:sk-|[srp]k_(?:live|test)_)[\\w-]{16,}+"
					+ "|gh[pousr]_\\w{10,}+|github_pat_\\w{10,}+|gl(?:pat|rt|dt|cbt|ptt|ft|soat|agent)-[\\w-]{10,}+"
					+ "|xox[a-z]-[\\w-]{10,}+|AIza[\\w-]{16,}+|A[KS]IA[A-Z0-9]{12,}+"
					+ "|SG\\.[\\w-]{16,}+\\.[\\w-]{16,}+|(?<![A-Za-z0-9])(?:npm|hf|whsec)_\\w{16,}+|pypi-[\\w-]{16,}+"
					+ "|dop_v1_\\w{16,}+|shp(?:at|ca|pa|ss)_\\w{16,}+|ya29\\.[\\w-]{16,}+")),
			new Rule(TextScan.RUN, OpaqueRuns::redact),
			new Rule(TextScan.ADDRESS,
					new PatternRule(
							"(?<!" + LOCAL_PART + ")" + LOCAL_PART + "++(?:@|%40)[\\p{L}\\p{N}][\\p{L}\\p{N}.-]*+",
							EmailAddresses::redact)),
			new Rule(TextScan.COLONS,
					new PatternRule("(?<![0-9A-Za-z:])[0-9A-Fa-f:]{2,}+(?:\\.\\d{1,3}+){0,3}+(?:%\\w{1,16}+)?+(?!\\w)",
							RedactionRules::redactGroups)),
			new Rule(TextScan.DASHES,
					new PatternRule("(?<![\\w-])(?=[\\d-]*+[A-Fa-f])(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}(?![\\w-])")),
			new Rule(TextScan.DOTS,
					new PatternRule("(?<![A-Za-z0-9.])\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?![A-Za-z0-9_]|\\.\\d)",
							(match) -> NetworkAddresses.isIpv4(match) ? Redactor.MARKER : match)),
			new Rule(TextScan.CARD, CardNumbers::redact),
			new Rule(TextScan.PATH, new PatternRule(
					"(?i)(?<=(?<![\\w.-])(?:/var|/export|/mnt/[a-z]|/[a-z])?/(?:home|users)/)[^/\\s\"':;,<>|&?#]{1,256}+"
							+ "|(?<=%2f(?:home|users)%2f)[^%/\\s\"'&]{1,256}+")),
			new Rule(TextScan.PATH,
					new PatternRule("(?i)(?<=[a-z]:[\\\\/]{1,2}(?:users|documents and settings)[\\\\/]{1,2})"
							+ "(?:[^\\\\/:*?\"<>|\\r\\n]{1,64}(?=[\\\\/])|[^\\\\/\\s:*?\"<>|]{1,256}+)")));

	private RedactionRules() {
	}

	static String apply(String text, int triggers) {
		String result = text;
		for (Rule rule : RULES) {
			if ((rule.trigger() & triggers) != 0) {
				result = rule.redaction().apply(result);
			}
		}
		return result;
	}

	/** A colon behind an address is punctuation. */
	private static String redactGroups(String match) {
		boolean punctuated = match.endsWith(":") && !match.endsWith("::");
		String address = punctuated ? match.substring(0, match.length() - 1) : match;
		if (!NetworkAddresses.isIpv6OrMac(address)) {
			return match;
		}
		return punctuated ? Redactor.MARKER + ":" : Redactor.MARKER;
	}

	/**
	 * One rule.
	 *
	 * @param trigger what the scan must have seen
	 * @param redaction returns the same text if the rule finds nothing
	 */
	private record Rule(int trigger, UnaryOperator<String> redaction) {

	}

}
