package dev.telemetry.pipeline;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

class RedactorPropertyTests {

	private static final List<String> PARTS = List.of("password", "token", "key", "secret", "authorization", "bearer",
			"Basic", "cookie", "=", ":", "\"", "'", "\\", " ", "\n", "&", "%3D", "%40", "@", ".", "-", "--", "_", "/",
			"://", "http", "example.com", "alice", "10.0.0.5", "::1", "fe80", "4111 1111 1111 1111", "eyJhbGci", "sk-",
			"ghp_", "AKIA", "abcdefghijklmnop", "0123456789", "-----BEGIN A-----", "-----END A-----", "/home/",
			"C:\\Users\\", "malice", "[redacted]", "[", "]", "\uD83D\uDE00", "\uD800", "x", "1",
			"a1B2c3D4e5F6g7H8i9J0/+=");

	private static final List<String> SECRETS = List.of("postgres://app:CANARY@db/x", "redis://:CANARY@cache:1",
			"password=CANARY", "client_secret=CANARY", "{\"access_token\":\"CANARY\"}", "Bearer CANARY",
			"Authorization: Token CANARY", "--password CANARY", "CANARY@example.com", "/home/CANARY/x",
			"C:\\Users\\CANARY\\x", "ghp_CANARYabcdefghij0123", "sk-CANARYabcdefghij0123",
			"eyJhbGciOiJIUzI1NiJ9.CANARY.sig", "-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----",
			"CANARY" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF3hI5kL7n", "Cookie: id=CANARY");

	private final Redactor redactor = new Redactor("malice", "build-7.example.com", List.of("/home/malice"));

	@Property(tries = 5000)
	void redactingTwiceChangesNothingMore(@ForAll("texts") String text) {
		String once = this.redactor.redact(text);
		assertThat(this.redactor.redact(once)).isEqualTo(once);
	}

	@Property
	void redactNeverThrowsAndKeepsLengthInBounds(@ForAll String text) {
		String once = this.redactor.redact(text);
		assertThat(once.length()).isLessThanOrEqualTo(4 * text.length() + Redactor.MARKER.length());
		assertThat(this.redactor.redact(once)).isEqualTo(once);
	}

	@Property(tries = 3000)
	void secretsAmongOtherTextNeverSurvive(@ForAll("texts") String before, @ForAll("secrets") String secret,
			@ForAll("texts") String after) {
		assertThat(this.redactor.redact(before + "\n" + secret + "\n" + after)).doesNotContain("CANARY");
	}

	@Property
	void uuidsAndCommitsStay(@ForAll("identifiers") String identifier) {
		assertThat(this.redactor.redact(identifier)).isSameAs(identifier);
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.oneOf(Arbitraries.of(PARTS).list().ofMaxSize(14).map((parts) -> String.join("", parts)),
				Arbitraries.strings().ascii().ofMaxLength(60));
	}

	@Provide
	Arbitrary<String> secrets() {
		return Arbitraries.of(SECRETS);
	}

	@Provide
	Arbitrary<String> identifiers() {
		Arbitrary<String> hex = Arbitraries.strings().withChars("0123456789abcdef").ofLength(40);
		Arbitrary<String> uuids = Arbitraries.create(java.util.UUID::randomUUID).map(java.util.UUID::toString);
		return Arbitraries.oneOf(hex, uuids);
	}

}
