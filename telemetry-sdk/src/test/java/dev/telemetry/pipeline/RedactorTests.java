package dev.telemetry.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedactorTests {

	private static final String M = "[redacted]";

	private static final String A40 = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF3hI5kL7n";

	private static final String GIT_SHA = "3f786850e387550fdab836ed7e6dc881de23001b";

	private final Redactor redactor = new Redactor("malice", "build-7.example.com",
			List.of("/home/malice", "/srv/people/malice", "C:\\Users\\malice"));

	private String redact(String text) {
		return this.redactor.redact(text);
	}

	/**
	 * The vectors of both source systems; what leaked or was lost there is right here.
	 */
	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "postgres://app:hunter2@db.internal/mydb | postgres://[redacted]@db.internal/mydb",
					"redis://:hunter2@cache:6379 | redis://[redacted]@cache:6379",
					"POST /v1?apikey=abc123&tag=prod | POST /v1?apikey=[redacted]&tag=prod",
					"Authorization: Bearer abc123def456ghi789 | Authorization: Bearer [redacted]",
					"Bearer abc123def456ghi789 | Bearer [redacted]",
					"Authorization: Token abc123def456ghi789 | Authorization: Token [redacted]",
					"token expired | token expired", "basic auth failed | basic auth failed",
					"sk-proj-abc123def456ghi789jkl012mno345 | [redacted]", "ghp_abc1234567890abcdef | [redacted]",
					"key AKIAABCDEFGHIJKLMNOP done | key [redacted] done", "AIzaSyABCDEFGHIJKLMNOPQR | [redacted]",
					"aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | aws_secret_access_key=[redacted]",
					"{\"access_token\":\"shorttok123\"} | {\"access_token\":\"[redacted]\"}",
					"eyJhbGciOiJIUzI1NiJ9.payload.sig | [redacted]", GIT_SHA + " | " + GIT_SHA,
					"--password hunter2 | --password [redacted]", "mail alice@example.com | mail [redacted]",
					"/home/alice/x | /home/[redacted]/x", "10.0.0.5 | [redacted]" },
			delimiter = '|')
	void redactWhenVectorOfSourceSystemsMatchesTable(String text, String expected) {
		assertThat(redact(text)).isEqualTo(expected);
	}

	@Test
	void redactWhenSha256Masks() {
		assertThat(redact("ab12".repeat(16))).isEqualTo(M);
	}

	@Test
	void redactWhenThreeTokensOf40MasksEach() {
		assertThat(redact(A40 + " " + A40 + " " + A40)).isEqualTo(M + " " + M + " " + M);
	}

	@Test
	void redactWhenPemBlockMasksAll() {
		String block = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc==\n-----END RSA PRIVATE KEY-----";
		assertThat(redact("x " + block + " y")).isEqualTo("x [redacted] y");
		assertThat(redact("x -----BEGIN PRIVATE KEY-----\nMIIEow\nabc")).isEqualTo("x [redacted]");
		assertThat(redact("-----BEGIN OPENSSH PRIVATE KEY-----\\nab\\n-----END OPENSSH PRIVATE KEY-----,"))
			.isEqualTo(M + ",");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|', value = {
			// Credentials in URLs
			"https://alice@example.org/x | https://[redacted]@example.org/x",
			"amqp://u:p@ss@mq:5672 | amqp://[redacted]@mq:5672",
			"jdbc:mysql://u:p/w#1@db/x | jdbc:mysql://[redacted]@db/x",
			"https://example.org:8080/@scope/x | https://example.org:8080/@scope/x",
			// Parameters
			"client_secret=abc | client_secret=[redacted]", "mytoken=abc&x=1 | mytoken=[redacted]&x=1",
			"?sig=a%2Bb&se=1 | ?sig=[redacted]&se=1", "key=value | key=value", "key=v4lue9x | key=[redacted]",
			"monkey=banana | monkey=banana", "X-Api-Key=abc | X-Api-Key=[redacted]", "max_tokens=100 | max_tokens=100",
			"password=ab,cd;ef | password=[redacted]", "password=\"two words\" x | password=\"[redacted]\" x",
			"password='two words' x | password='[redacted]' x", "PASSWORD = hunter2 | PASSWORD = [redacted]",
			"password: hunter2 | password: [redacted]",
			"spring.datasource.password=x | spring.datasource.password=[redacted]",
			"password%3Dhunter2 | password%3D[redacted]", "params[password]=x | params[password]=[redacted]",
			"password=> 'x' | password=> '[redacted]'", "passphrase:=x | passphrase:=[redacted]", "auth: ok | auth: ok",
			"auth=abc | auth=[redacted]", "signature=abc | signature=[redacted]", "author=bob | author=bob",
			// JSON
			"{\"password\" : \"a\\\"b\", \"x\":1} | {\"password\" : \"[redacted]\", \"x\":1}",
			"{\\\"token\\\":\\\"a b\\\",\\\"x\\\":1} | {\\\"token\\\":\\\"[redacted]\\\",\\\"x\\\":1}",
			"{'api_key': 'k'} | {'api_key': '[redacted]'}", "{\"key\":\"v\"} | {\"key\":\"[redacted]\"}",
			"{\"auth\":\"v\"} | {\"auth\":\"[redacted]\"}", "{\"name\":\"v\"} | {\"name\":\"v\"}",
			"{\"password\":\"open end | {\"password\":\"[redacted]",
			// Headers
			"Authorization: Digest username=\"a\", response=\"b\" | Authorization: Digest [redacted]",
			"Proxy-Authorization: Basic YTpi | Proxy-Authorization: Basic [redacted]",
			"authorization: abc | authorization: [redacted]",
			"Authorization=Bearer abc | Authorization=Bearer [redacted]",
			"\"Authorization\":\"Bearer abc\" | \"Authorization\":\"[redacted]\"",
			"Cookie: a=b; c=d | Cookie: [redacted]", "Set-Cookie: id=1; Path=/ | Set-Cookie: [redacted]",
			"x-api-key: abc | x-api-key: [redacted]", "X-Amz-Security-Token: abc | X-Amz-Security-Token: [redacted]",
			// Schemes in prose
			"bearer xyz | bearer [redacted]", "bearer token expired | bearer token expired",
			"Basic dXNlcjpwYXNz | Basic [redacted]", "basic plan | basic plan", "token bucket | token bucket",
			"Token abc123def | Token [redacted]", "Negotiate YIIJvwYGKwYBBQUCoIIJszCC | Negotiate [redacted]",
			// Arguments
			"run --password hunter2 -v | run --password [redacted] -v",
			"--api-key \"a b\" x | --api-key \"[redacted]\" x", "--token -v | --token -v",
			"--client-secret=x | --client-secret=[redacted]", "-password x | -password [redacted]",
			// Tokens by prefix
			"glpat-abcdefghij1234567890 | [redacted]", "glrt-abcdefghij12345 | [redacted]",
			"xoxb-1234567890-abc | [redacted]", "github_pat_11ABCDEFG0abcdefghij | [redacted]",
			"ghs_0123456789abcdef | [redacted]",
			"SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123 | [redacted]",
			"ASIAABCDEFGHIJKLMNOP | [redacted]", "(sk_live_0123456789abcdef) | ([redacted])",
			"x=AKIAABCDEFGHIJKLMNOP, | x=[redacted],", "sk-ant-api03-abcdefghijk | [redacted]",
			"task-management-for-everyone | task-management-for-everyone", "sk-short | sk-short",
			"npm_abcdefghijklmnop1234 | [redacted]",
			// JSON web tokens
			"a eyJhbGciOiJub25lIn0.e30. b | a [redacted] b", "keyJava.util.Map | keyJava.util.Map",
			// E-mail
			"<Bob.O'Neil+x@mail.example.co.uk>. | <[redacted]>.", "jürgen@müller.example | [redacted]",
			"alice%40example.com | [redacted]", "lodash@4.17.21 | lodash@4.17.21", "@scope/package | @scope/package",
			"user@host | user@host", "bob@example.com. | [redacted].", "bob@10.0.0.5 | [redacted]",
			// Addresses
			"from 192.168.1.1:8080 | from [redacted]:8080", "1.2.3 | 1.2.3", "v1.2.3.4 | v1.2.3.4",
			"1.2.3.4.5 | 1.2.3.4.5", "300.1.1.1 | 300.1.1.1", "::1 | [redacted]",
			"[2001:db8::1]:443 | [[redacted]]:443", "2001:0db8:85a3:0000:0000:8a2e:0370:7334 | [redacted]",
			"fe80::1%eth0 up | [redacted] up", "::ffff:10.0.0.5 | [redacted]", "at 12:30:45 | at 12:30:45",
			"std::vector | std::vector", "fe80::1: unreachable | [redacted]: unreachable",
			"00:1a:2b:3c:4d:5e | [redacted]", "00-1a-2b-3c-4d-5e | [redacted]", "20-11-21-03-00-00 | 20-11-21-03-00-00",
			// Cards
			"4111 1111 1111 1111 | [redacted]", "card 5500-0000-0000-0004 12/27 | card [redacted] 12/27",
			"378282246310005 | [redacted]", "4111111111111112 | 4111111111111112", "1763693872123 | 1763693872123",
			"4111 1111 1111 1111 12 | [redacted] 12",
			// Paths
			"/Users/bob/Library | /Users/[redacted]/Library", "file:///home/bob | file:///home/[redacted]",
			"C:\\Users\\Bob Smith\\x | C:\\Users\\[redacted]\\x", "c:/users/bob | c:/users/[redacted]",
			"C:\\\\Users\\\\bob\\\\x | C:\\\\Users\\\\[redacted]\\\\x", "example.com/home/page | example.com/home/page",
			"%2Fhome%2Fbob%2Fx | %2Fhome%2F[redacted]%2Fx", "/mnt/c/Users/bob/x | /mnt/c/Users/[redacted]/x",
			"/home/malice/x | /home/[redacted]/x", "/srv/people/malice/x | [redacted]/x", "/srv/people | /srv/people",
			"C:\\Users\\malice\\x | C:\\Users\\[redacted]\\x",
			// Own names
			"hello Malice! | hello [redacted]!", "malicious | malicious", "malice_backup | [redacted]_backup",
			"on BUILD-7 now | on [redacted] now", "build-7.example.com:80 | [redacted]:80", "build-70 | build-70",
			// Long runs
			"a-name-in-kebab-case-with-more-than-forty-letters | a-name-in-kebab-case-with-more-than-forty-letters",
			"a-n4me-in-k3bab-c4se-w1th-m0re-th4n-f0rty-l3tters | [redacted]",
			"dGhpcyBpcyBhIHNlY3JldCBrZXkgb2YgZm9ydHkg+nine/B1w== x | [redacted] x",
			"src/main/java/dev/telemetry/pipeline/RedactionRules.java | src/main/java/dev/telemetry/pipeline/RedactionRules.java",
			"---------------------------------------------- | ----------------------------------------------" })
	void redactWhenCorpusMatchesExpectation(String text, String expected) {
		assertThat(redact(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "order.placed", "01993c5e-8f6b-7a01-8123-456789abcdef",
			"d41d8cd98f00b204e9800998ecf8427e", GIT_SHA, "2026-11-21T03:00:00.123Z", "2026-11-21", "17.0.9+9", "4.1.1",
			"https://example.com/a/b?page=2#top", "Größe 20 m²", "token expired", "basic auth failed",
			"java.lang.IllegalStateException", "eu-central-1", "SUCCESS", "12.5", "a=b", "42", "text/html; q=0.8" })
	void redactWhenNothingIsSecretReturnsTheSameInstance(String text) {
		assertThat(redact(text)).isSameAs(text);
	}

	@Test
	void redactWhenUuidHoldsACardNumberKeepsIt() {
		assertThat(redact("44444448-1234-4234-8234-123456789012")).isEqualTo("44444448-1234-4234-8234-123456789012");
		assertThat(redact("4111111111111111")).isEqualTo(M);
	}

	@Test
	void redactWhenOwnNamesAreGenericOrShortKeepsThem() {
		Redactor generic = new Redactor("root", "localhost", List.of("/root", "/"));
		assertThat(generic.redact("root at localhost in /root/x")).isEqualTo("root at localhost in /root/x");
		Redactor none = new Redactor("al", null, List.of());
		assertThat(none.redact("al is al")).isEqualTo("al is al");
		assertThat(new Redactor("redacted", "12345", List.of()).redact("redacted 12345")).isEqualTo("redacted 12345");
	}

	@Test
	void redactWhenHostNamesAreLearnedFindsThemInAnyCase() {
		List<String> names = new ArrayList<>();
		Redactor learning = Redactor.learning("malice", List.of(), () -> names);
		names.addAll(List.of("quarry", "quarry.corp.example.com", "localhost.localdomain", "web.example.com", "vm"));
		assertThat(learning.redact("on Quarry, malice")).isEqualTo("on Quarry, [redacted]");
		learning.learnHostNames();
		assertThat(learning.redact("on Quarry, malice")).isEqualTo("on [redacted], [redacted]");
		assertThat(learning.redact("QUARRY.CORP.EXAMPLE.COM:80")).isEqualTo("[redacted]:80");
		assertThat(learning.redact("web.example.com")).isEqualTo("[redacted]");
		assertThat(learning.redact("a vm, the web, localhost.localdomain"))
			.isEqualTo("a vm, the web, localhost.localdomain");
	}

	@Test
	void redactWhenOwnNameIsNotAsciiFindsIt() {
		assertThat(new Redactor("Éloïse", null, List.of()).redact("hi éloïse.")).isEqualTo("hi [redacted].");
	}

	@Test
	void redactValueWhenKeyNamesASecretMasksAll() {
		assertThat(this.redactor.redactValue("password", "x")).isEqualTo(M);
		assertThat(this.redactor.redactValue("db.accessToken", "x y")).isEqualTo(M);
		assertThat(this.redactor.redactValue("token_type", "x")).isEqualTo("x");
		assertThat(this.redactor.redactValue("mail", "bob@example.com")).isEqualTo(M);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "@", "a@", "a.", "://", "://a:b", "\"password\":\"\\", "\\", "eyJ", "eyJ.", "1 ",
			"1-", "4111 ", "-----BEGIN A-----", "-----BEGIN ", "a:", ":", "::", "1.", "/home/", "/home/a", "=",
			"password=", "password=\"", "Bearer ", "Bearer a ", "--password ", "C:\\Users\\", "%3D", "%40",
			"SG.aaaaaaaaaaaaaaaaaaaa", "sk-", "malice", "AKIA", "aB3/", "\uD83D\uDE00", "authorization: digest " })
	@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void redactWhenLongTextOfTheSameEnds(String part) {
		String text = part.repeat(250_000 / part.length());
		String redacted = redact(text);
		assertThat(redacted.length()).isLessThanOrEqualTo(4 * text.length() + M.length());
	}

}
