package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeEvent;
import dev.telemetry.consent.store.ConsentScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** When {@code replay} sends nothing, and that it would have sent otherwise. */
class ReplayConsentTests extends AbstractReplayTests {

	ReplayConsentTests() {
		super(3);
	}

	/** The control of all others: what they change is all that stops it. */
	@Test
	void underARecordedYesEverythingIsSent() {
		Cli.Answer answer = this.home.replay();
		assertThat(answer.err()).isEmpty();
		assertThat(answer.out()).isEqualTo("to http at " + this.receiver.address() + "/events\n"
				+ "3 lines read, 3 events sent, from 2026-11-20T10:00:10Z to 2026-11-20T10:00:12Z\n");
		assertThat(answer.code()).isZero();
		assertThat(this.receiver.ids()).isEqualTo(ReplayHome.ids(0, 3));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("objections")
	void nothingIsSentWhen(String what, Change change, String reason) throws IOException {
		change.apply(this.home);
		for (String[] options : new String[][] { {}, { "--dry-run" } }) {
			Cli.Answer answer = this.home.replay(options);
			assertThat(answer.err()).isEmpty();
			assertThat(answer.out()).startsWith("nothing is sent: ").contains(reason, "; ");
			assertThat(answer.code()).isOne();
		}
		assertThat(this.receiver.requests()).isEmpty();
	}

	static Stream<Arguments> objections() {
		Map<String, String> variables = new LinkedHashMap<>();
		variables.put("DO_NOT_TRACK=1", "DO_NOT_TRACK is '1'");
		variables.put("TELEMETRY_ENABLED=false", "telemetry.enabled is 'false'");
		variables.put("TELEMETRY_ENABLED=perhaps", "telemetry.enabled is neither yes nor no");
		variables.put("TELEMETRY_OPT_IN=no", "TELEMETRY_OPT_IN is 'no'");
		variables.put("TELEMETRY_FEATURE_ENABLED=off", "the author's gate is shut");
		variables.put("OTEL_SDK_DISABLED=true", "OTEL_SDK_DISABLED is 'true'");
		variables.put("TEST_MODE=true", "a test environment was detected");
		variables.put("CI=true", "a build server was detected");
		variables.put("GITHUB_ACTIONS=x", "a build server was detected");
		variables.put("TELEMETRY_LOCAL=1", "telemetry.local is true");
		variables.put("TELEMETRY_LOCALONLY=perhaps", "telemetry.local-only is true");
		variables.put("TELEMETRY_CONSENT_MAXAGE=1h", "longer ago than telemetry.consent.max-age allows");
		Stream<Arguments> environment = variables.entrySet().stream().map((entry) -> {
			String[] parts = entry.getKey().split("=");
			return arguments(entry.getKey(), (Change) (home) -> home.variable(parts[0], parts[1]), entry.getValue());
		});
		return Stream.concat(environment, Stream.of(arguments("telemetry.yaml says local-only",
				(Change) (home) -> home.file("telemetry.yaml", "local-only: true"), "telemetry.local-only is true"),
				arguments("a test worker", (Change) (home) -> home.property("surefire.test.class.path", "x"),
						"a test environment was detected"),
				arguments("somebody said no", (Change) ReplayHome::no, "taken back on the command line"),
				arguments("no decision is recorded",
						(Change) (home) -> Files.delete(home.directory().resolve("consent.json")),
						"no decision is recorded in '"),
				arguments("a variable grants", (Change) (home) -> {
					Files.delete(home.directory().resolve("consent.json"));
					home.variable("TELEMETRY_ENABLED", "true");
				}, "consent is granted by configuration (telemetry.enabled is 'true'"),
				arguments("telemetry.yaml grants", (Change) (home) -> {
					Files.delete(home.directory().resolve("consent.json"));
					home.file("telemetry.yaml", "enabled: yes");
				}, "consent is granted by configuration (telemetry.yaml is 'yes'"),
				arguments("telemetry.opt-in grants", (Change) (home) -> {
					Files.delete(home.directory().resolve("consent.json"));
					home.file("telemetry.opt-in", "true");
				}, "consent is granted by configuration (telemetry.opt-in is 'true'"),
				arguments("the record is damaged", (Change) (home) -> home.file("consent.json", "{\"tool\":\"acme\"}"),
						"consent.json cannot be trusted"),
				arguments("others may write the record",
						(Change) (home) -> Files.setPosixFilePermissions(home.directory().resolve("consent.json"),
								PosixFilePermissions.fromString("rw-rw-rw-")),
						"consent.json cannot be trusted"),
				arguments("the yes is for this machine",
						(Change) (home) -> home.yes(ReplayHome.YES, ConsentScope.LOCAL, ReplayHome.notice()),
						"consent is for this machine only"),
				arguments("the yes has expired",
						(Change) (home) -> home.yes(Instant.parse("2025-09-01T00:00:00Z"), ConsentScope.EXPORT,
								ReplayHome.notice()),
						"longer ago than telemetry.consent.max-age allows"),
				arguments("the notice names another receiver",
						(Change) (home) -> home.yes(ReplayHome.YES, ConsentScope.EXPORT,
								ReplayHome.notice(ReplayHome.destination("http", "https://other.example.com"))),
						"names http at https://other.example.com:443, not http at http://localhost:"),
				arguments("the notice names the receiver of another protocol",
						(Change) (home) -> home.yes(ReplayHome.YES, ConsentScope.EXPORT,
								ReplayHome.notice(ReplayHome.destination("otlp", "http://localhost:1"))),
						"names otlp at http://localhost:1, not http at"),
				arguments("the notice names nobody",
						(Change) (home) -> home.yes(ReplayHome.YES, ConsentScope.EXPORT, ReplayHome.notice()),
						"names no receiver, not"),
				arguments("the text of the notice is gone", (Change) ReplayConsentTests::forgetNotices,
						"what was agreed to cannot be told")));
	}

	private static void forgetNotices(ReplayHome home) throws IOException {
		try (Stream<Path> notices = Files.list(home.directory().resolve("notices"))) {
			for (Path notice : notices.toList()) {
				Files.writeString(notice, "{}");
			}
		}
	}

	/** Whatever grants: what to do is the same, and works. */
	@Test
	void consentByConfigurationHasNoTimeAndTheAnswerSaysWhatRecordsIt() throws IOException {
		Files.delete(this.home.directory().resolve("consent.json"));
		for (String variable : List.of("", "TELEMETRY_ENABLED")) {
			if (!variable.isEmpty()) {
				this.home.variable(variable, "true");
			}
			assertThat(this.home.replay().out()).doesNotContain("nobody")
				.contains("consent by configuration has no time, so it cannot be told what was recorded under it",
						"record consent with the application's --telemetry.command=enable or POST"
								+ " /actuator/telemetry/enable: what is recorded from then on can be sent again");
		}
	}

	@Test
	void eventsThatAreMeantForOtherDestinationsAreNotSent() throws IOException {
		for (String meantFor : List.of("otlp", "http")) {
			NoticeEvent placed = new NoticeEvent("order.placed", 1, null, List.of(), 1_000_000, 0, List.of(),
					"internal", List.of(meantFor), null);
			this.home.yes(ReplayHome.YES, ConsentScope.EXPORT,
					Notice.builder("acme")
						.events(List.of(placed))
						.destinations(List.of(ReplayHome.destination("http", this.receiver.address())))
						.build());
			Cli.Answer answer = this.home.replay("--dry-run");
			assertThat(answer.code()).isZero();
			assertThat(answer.out()).contains(meantFor.equals("otlp")
					? "not sent: 3 of events that are meant for other destinations" : "3 events would be sent");
		}
	}

	@Test
	void inCiAYesInConfigurationLiftsTheDetectionAsInTheApplication() {
		this.home.variable("CI", "true").variable("TELEMETRY_ENABLED", "true");
		assertThat(this.home.replay().code()).isZero();
		assertThat(this.receiver.ids()).hasSize(3);
	}

	@Test
	void plainHttpToAnotherMachineIsRefusedAndWithCredentialsAlways() throws IOException {
		this.home.yes(ReplayHome.YES, ConsentScope.EXPORT,
				ReplayHome.notice(ReplayHome.destination("http", "http://collector.example.com")));
		this.home.variable("TELEMETRY_HTTP_ENDPOINT", "http://collector.example.com/events");
		assertThat(this.home.replay("--dry-run").out()).contains("it is plain http to another machine");
		this.home.variable("TELEMETRY_ALLOWINSECURE", "true");
		assertThat(this.home.replay("--dry-run").out()).contains("3 events would be sent");
		this.home.variable("TELEMETRY_HTTP_BEARERTOKEN", "s3cret");
		assertThat(this.home.replay("--dry-run").out()).contains("it would send credentials in plain text")
			.doesNotContain("s3cret");
	}

	/** Something that is changed about a home. */
	@FunctionalInterface
	interface Change {

		void apply(ReplayHome home) throws IOException;

	}

}
