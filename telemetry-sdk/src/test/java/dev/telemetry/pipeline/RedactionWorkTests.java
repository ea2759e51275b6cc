package dev.telemetry.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import dev.telemetry.pipeline.RedactionRules.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The work of each rule grows no faster than the text, whatever the text. Counted is how
 * often a character is looked at, which no clock and no other process can disturb: twice
 * as much text costs at most 2.2 times as many looks, and each character has a limit.
 */
@Tag("exhaustive")
class RedactionWorkTests {

	private static final int SHORTEST = 1024;

	private static final int LONGEST = 8192;

	/** The most looks at each character, by the rule that needs most of them. */
	private static final int LIMIT = 150;

	private static final double GROWTH = 2.2;

	/** What does not grow with the text. */
	private static final int START = 2000;

	/** What makes each rule begin, go on, and be disappointed in the end. */
	private static final List<String> WORST = List.of("::1%", "-----BEGIN A-----", "-----BEGIN ", "----- ",
			"Private-Lines: 9\nA\n", "://", "://a:b", "://a@", "a:bcde@", "//a:b", "https://hooks.slack.com/services/",
			"/hooks/aaaaaaaaaaaaaaa1", "password=", "password=\"", "password: |\n ", "password:\n- a\n", "password=[",
			"\"password\":\"\\", "\\\"password\\\":\\\"", "Bearer ", "Bearer a ", "basic aaaa=", "basic:a=", "token+",
			"+basic", "basic=", "bearer=", "a]=", "[0]=", "''", "password=''", "+", "+.", "A=", "a,", "a(", "\"a\",\"",
			"--password ", "api key ", "password is ", "authorization: ", "authorization:+", "cookie: a=", "=", ":",
			"a:", ": ", "name=password ", "name=password value=", "value=name=", "\"name\":\"", "<a ", "<a b=",
			"<a key=", "<key>password</key>", "<password>", "<![CDATA[", "curl ", "curl -u ", "curl -u a:", "mysql -p ",
			"sqlplus a ", "sqlplus a/b", "net use a ", "eyJ", "eyJ.", "eyJhbGci.", "ghp_", "ghp_aaaaaaaaa ", "s", "sk-",
			"xoxb-", "SG.", "AKIA", "1:", "123456789:", "a~8Q~", "aB3/", "aB3", "a-", "a_", "/home/", "/home/a",
			"\\Users\\", "C:\\Users\\", "C:\\Users\\a b", "//a/users/", "file://a/home/", "/a/b/c/home/", "~a/", "/",
			"\\", "@", "a@", "@a", "a@a", "a@a.", "\"a\"@", "\"@", "a=a@", "a@[", "::", ":", "::1", "1:", "a:b:", "00:",
			"00-", "0-", "0000.", "00_", "mac ", "mac:000000", "a.", "0.ip6.arpa", "1.", "1-", "10-", "255.",
			"1.1.1.1.", "1 ", "4", "4 ", "4111 ", "4111.", "4, ", "malice", "mal", "build-7", "build-7.", "%", "%3",
			"%3D", "%25", "%C3", "%E2%82", "%u00", "\\u", "\\u00", "\\u{1", "\\x", "\\U0001", "&", "&#", "&#6", "&quo",
			"&quot;", "[.", "[.]", "(at)", " (at", "\u200b", "\uff20", "\ud83d", " ", "\n", "\t", "a", "a ", "\"", "'",
			"[", "]", "(", ")", "{", "}", "<", ">", "|", ";", "&&", "\u0660", "? a\n: ", "?\n:", "a (b): ", "(a):",
			"password (", "password for a a a:", "for a a:", "a: string = ", "a:&string=", "password: String",
			"password: !a ", "password\t", "password::", "::=", "password='\'\'", "string(9) ", "password=string(1) ",
			"variable \"", "variable \"password\" ", "name=\"password\"\n\n", "a.b:c:1.", "password a.b:c-",
			"identified with a by ", "password is now ", "a-a-a-", "a1-", "A_B_C_", "/a.0.0.0", "-I/home/a");

	private static final LocalNames NAMES = LocalNames.of("malice", List.of("build-7.example.com"),
			List.of("/srv/people/malice"));

	static List<Rule> rules() {
		List<Rule> rules = new ArrayList<>(new RedactionRules(NAMES).rules());
		rules.add(new Rule("escapes", TextScan.ESCAPES, (text, found) -> new TextDecoder(text).decode()));
		return rules;
	}

	@TestFactory
	Stream<DynamicTest> workOfEachRuleIsLinear() {
		List<String> parts = parts();
		return rules().stream().map((rule) -> DynamicTest.dynamicTest(rule.name(), () -> check(rule, parts)));
	}

	private static void check(Rule rule, List<String> parts) {
		String worst = "";
		double most = 0;
		for (String part : parts) {
			long before = looks(rule, part, SHORTEST);
			for (int length = 2 * SHORTEST; length <= LONGEST; length *= 2) {
				long looks = looks(rule, part, length);
				assertThat(looks).as("looks of %s at %d of '%s'", rule.name(), length, part)
					.isLessThanOrEqualTo((long) (GROWTH * before) + START)
					.isLessThanOrEqualTo((long) LIMIT * length);
				if (looks > most * length) {
					most = (double) looks / length;
					worst = part;
				}
				before = looks;
			}
		}
		System.out.printf(Locale.ROOT, "%-24s %6.1f looks at each character of '%s'%n", rule.name(), most,
				worst.replace("\n", "⏎"));
	}

	/**
	 * The positive control: a rule that looks at the rest of the text again and again.
	 */
	@Test
	void quadraticRuleIsFound() {
		Rule quadratic = new Rule("quadratic", 0, new PatternRule("a[^b]*b"));
		assertThat(looks(quadratic, "a", 2048))
			.isGreaterThan((long) (GROWTH * looks(quadratic, "a", SHORTEST)) + START);
	}

	/** Most texts are words, in which few formats of tokens could begin. */
	@ParameterizedTest
	@ValueSource(strings = { "checkout-page", "java.lang.IllegalStateException",
			"org.springframework.security.authentication.UsernamePasswordAuthenticationToken",
			"getPasswordPolicyViolationsForCurrentUser", "new-checkout-flow-with-one-page" })
	void wordsAreSparedTheFormatsOfTokens(String word) {
		Rule tokens = new Rule("tokens", TextScan.TOKEN, TokenFormats::find);
		assertThat(looks(tokens, word, word.length())).isLessThanOrEqualTo(2L * word.length());
	}

	static long looks(Rule rule, String part, int length) {
		CountingText text = new CountingText(part.repeat(length / part.length() + 1).substring(0, length));
		rule.rule().find(text, new Findings());
		return text.looks();
	}

	/** What is known to be bad, and whatever the corpus has, whole and in halves. */
	private static List<String> parts() {
		Set<String> parts = new LinkedHashSet<>(WORST);
		for (CorpusLine line : RedactionCorpusTests.SECRETS) {
			String text = line.text();
			if (text.length() % 5 == 0) {
				parts.add(text);
				parts.add(text.substring(text.length() / 2));
				parts.add(text.substring(0, 1 + text.length() / 2));
			}
		}
		return List.copyOf(parts);
	}

}
