package dev.telemetry.pipeline;

import java.util.List;
import java.util.Map;

import dev.telemetry.pipeline.RedactionRules.Rule;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** As {@link RedactionWorkTests}, with texts made of what each rule looks for. */
class RedactionWorkPropertyTests {

	private static final List<String> ANY = List.of("a", "1", " ", ".", "-", "_", ":", "=", "/", "\\", "\"", "\n", "@");

	/** What a rule looks for, beside any of the above. */
	private static final Map<String, List<String>> ALPHABETS = Map.ofEntries(
			Map.entry("keys in blocks", List.of("-----", "BEGIN ", "END ", "----")),
			Map.entry("keys of PuTTY", List.of("Private-Lines: ", "1", "\r\n")),
			Map.entry("accounts in URLs", List.of("://", "//", "@tcp(", "?", "#", "git")),
			Map.entry("hooks", List.of("hooks.slack.com/services/", "/hook/", "bot", "api.telegram.org/")),
			Map.entry("names and values",
					List.of("password", "token", "key", "authorization", "cookie", "bearer", "basic", "is", "api", "+",
							"&", ";", "[", "]", "{", "(", ",", "|", ">", "->", "--", "'", "[redacted]", "login")),
			Map.entry("named values", List.of("name", "value", "key", "password", "type", "'", ",")),
			Map.entry("markup", List.of("<", ">", "</", "password", "key", "<![CDATA[", "]]>", "name")),
			Map.entry("command lines",
					List.of("curl", "mysql", "sqlplus", "openssl", "net", "login", "-u", "-p", "use", "user", ";",
							"'")),
			Map.entry("JSON web tokens", List.of("eyJ", "eyJhbGci")),
			Map.entry("tokens",
					List.of("ghp_", "sk-", "xoxb-", "AKIA", "SG.", "s.", "Q~", "8", "M", "atlasv1", "~", "pat")),
			Map.entry("long runs", List.of("aB3dE5gH7jK9mN1pQ3", "+", "aaaaaaaaaaaaaaaaaaaa")),
			Map.entry("homes", List.of("home", "Users", "users", "C:", "~", "file:", "$", "b c", "B", "..")),
			Map.entry("e-mail", List.of("[", "]", "%", "+", "x", "com", "2x", "git")),
			Map.entry("hexadecimal groups", List.of("::", "00", "fe80", "%", "f", "g")),
			Map.entry("MAC addresses by name", List.of("mac", "address", "000000")),
			Map.entry("IPv6 in names", List.of("ip6.arpa", "0.")),
			Map.entry("IPv6 in shares", List.of("ipv6-literal.net")),
			Map.entry("IPv4", List.of("10", "255", "ip-", "com")), Map.entry("cards", List.of("4111", "5", "4", "  ")),
			Map.entry("own names", List.of("malice", "build-7", "mal", "example", "com")),
			Map.entry("escapes", List.of("%3", "%25", "%C3", "\\u", "00", "&#", ";", "[.", "(at", ")", "\u200b", "{")));

	@Property(tries = 3000)
	void workGrowsNoFasterThanTheText(@ForAll("rulesAndParts") RuleAndPart drawn) {
		long looks = RedactionWorkTests.looks(drawn.rule(), drawn.part(), 1024);
		long more = RedactionWorkTests.looks(drawn.rule(), drawn.part(), 2048);
		assertThat(more).isLessThanOrEqualTo((long) (2.2 * looks) + 2000).isLessThanOrEqualTo(150L * 2048);
	}

	@Provide
	Arbitrary<RuleAndPart> rulesAndParts() {
		return Arbitraries.of(RedactionWorkTests.rules()).flatMap((rule) -> {
			List<String> alphabet = ALPHABETS.get(rule.name());
			assertThat(alphabet).as(rule.name()).isNotNull();
			Arbitrary<String> letters = Arbitraries.oneOf(Arbitraries.of(alphabet), Arbitraries.of(ANY));
			Arbitrary<String> part = letters.list().ofMinSize(1).ofMaxSize(8).map((some) -> String.join("", some));
			return Combinators.combine(Arbitraries.just(rule), part).as(RuleAndPart::new);
		});
	}

	/**
	 * What is tried.
	 *
	 * @param rule the rule
	 * @param part what its text repeats
	 */
	record RuleAndPart(Rule rule, String part) {

	}

}
