package dev.telemetry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.json.BasicJsonParser;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** {@code doctor} finds in a home what status of an application finds there. */
class DoctorApplicationTests {

	private static final int OTHER = 54321;

	@TempDir
	private Path directory;

	static List<String> settings() {
		return List.of("telemetry:\n  enabled: true\n", "telemetry:\n  local-only: true\n",
				"endpont: https://example.com\n", "opt_in: true\n", "enabled: perhaps\n", "local-only: perhaps\n",
				"batch-size: many\n", "batch-timeout: soon\n", "file:\n  max-size: large\n", "max-attributes: 0\n",
				"machine-id:\n  mode: mine\n", "undeclared: maybe\n", "endpoint: http://otlp.example.com\n",
				"endpoint: http://otlp.example.com\nheaders:\n  X-Key: s3cret\n",
				"allow-insecure: true\nendpoint: http://otlp.example.com\nheaders:\n  X-Key: s3cret\n",
				"endpoint: ftp://otlp.example.com\n", "http:\n  endpoint: http://example.com/events\n",
				"http:\n  endpoint: https://example.com/events\n  bearer-token: \"s3cret\\n\"\n",
				"http:\n  bearer-token: s 3 cret\n", "headers:\n  - s3cret\n", "headers:\n  X-Key: \"s3cret\\n\"\n",
				"headers:\n  X-Key: '{cipher}s3cret'\n", "headers: s3cret\n", "metadata:\n  - s3cret\n",
				"metadata:\n  region: '${s3cret}'\n", "home: /elsewhere\n", "consent:\n  max-age: 1d\n",
				"command: enable\n", "enabled: true\nenabled: true\n", "enabled: \"s3cret\n", "enabled: [s3cret\n",
				"\tenabled: true\n", "enabled: true\n\tlocal-only: true\n", "s3cret\n", "- enabled\n", "a: &a 1\n",
				"enabled: true\n---\nlocal-only: true\n", "enabled: !!java.io.File [s3cret]\n",
				"kafka:\n  topic: 'no topic'\n", "deletion:\n  http:\n    url: here\n",
				"deletion:\n  email:\n    address: nobody\n",
				"posthog:\n  host: http://example.com\n  api-key: s3cret\n",
				"datadog:\n  site: 's3 cret'\n  api-key: s3cret\n", "events:\n  order:\n    sampling-rate: 7\n",
				"local-path: '~other/x'\n", "protocol: smoke\n", "signal: smoke\n", "delivery:\n  mode: never\n",
				"spill:\n  max-age: long\n", "web:\n  allowed-hosts: ['http://x']\n");
	}

	@ParameterizedTest
	@MethodSource("settings")
	void wrongSettings(String yaml) throws IOException {
		write("telemetry.yaml", yaml.getBytes(StandardCharsets.UTF_8));
		same(true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "enabled: true\n", "headers: ['X-Key: s3cret']\n", "\uFEFFlocal-only: true # here\n",
			"endpoint: http://localhost:4318\n", "endpoint: https://otlp.example.com\n" })
	void rightSettings(String yaml) throws IOException {
		write("telemetry.yaml", yaml.getBytes(StandardCharsets.UTF_8));
		same(false);
		write("telemetry.yaml", ("\uFEFF" + yaml.replace("\uFEFF", "")).getBytes(StandardCharsets.UTF_16LE));
		same(false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "true\r\n", "\uFEFFtrue", "no" })
	void rightOptIn(String text) throws IOException {
		write("telemetry.opt-in", text.getBytes(StandardCharsets.UTF_8));
		same(false);
		write("telemetry.opt-in", ("\uFEFF" + text.replace("\uFEFF", "")).getBytes(StandardCharsets.UTF_16LE));
		same(false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "true # here", "s3cret", "tr\u00FCe", "true\ntrue" })
	void wrongOptIn(String text) throws IOException {
		write("telemetry.opt-in", text.getBytes(StandardCharsets.ISO_8859_1));
		same(true);
	}

	@ParameterizedTest
	@EnumSource(Damage.class)
	void damagedFiles(Damage damage) throws IOException {
		for (String name : List.of("telemetry.yaml", "telemetry.opt-in", "consent.json")) {
			Path file = write(name, "true".getBytes(StandardCharsets.UTF_8));
			damage.to(file);
			same(true);
			Files.delete(file);
		}
	}

	@Test
	void theOtherNameOfTheFile() throws IOException {
		write("telemetry.yml", new byte[0]);
		same(true);
	}

	@Test
	void bytesThatAreNoText() throws IOException {
		write("telemetry.yaml", new byte[] { 'a', ':', (byte) 0xff, (byte) 0xc0 });
		write("telemetry.opt-in", new byte[] { (byte) 0xff, (byte) 0xc0 });
		same(true);
	}

	@Test
	void recordsAndReceipts() throws IOException {
		grant(Instant.now().minusSeconds(60));
		same(false);
		Path receipts = this.directory.resolve("consent-receipts.jsonl");
		Files.writeString(receipts, "{\"previous\":\"s3cret\"}\n");
		Files.setPosixFilePermissions(receipts, PosixFilePermissions.fromString("rw-------"));
		same(true);
		Files.delete(receipts);
		write("consent.json", "{\"tool\":\"acme\",".getBytes(StandardCharsets.UTF_8));
		same(true);
	}

	@Test
	void recordOfTheFutureIsAStateAndNoProblem() throws IOException {
		grant(Instant.now().plus(Duration.ofDays(400)));
		same(false);
	}

	@Test
	void filesOfAnotherUser() throws IOException {
		assumeTrue("0".equals(String.valueOf(Files.getAttribute(this.directory, "unix:uid"))), "not root");
		for (String name : List.of("telemetry.yaml", "telemetry.opt-in", "consent.json")) {
			Path file = write(name, "true".getBytes(StandardCharsets.UTF_8));
			Files.setAttribute(file, "unix:uid", OTHER, LinkOption.NOFOLLOW_LINKS);
			same(true);
			Files.delete(file);
		}
		Files.setAttribute(this.directory, "unix:uid", OTHER);
		same(true);
	}

	private void same(boolean wrong) throws IOException {
		List<String> before = tree();
		Cli.Answer answer = Cli.run(new Host(Path.of(""), Map.of(), System::getProperty, Clock.systemUTC(),
				Instant.EPOCH, System::nanoTime, () -> {
				}), "doctor", this.directory.toString(), "--output", "json");
		assertThat(tree()).as("what doctor changed").isEqualTo(before);
		assertThat(answer.err()).isEmpty();
		assertThat(answer.out()).doesNotContain("s3cret");
		assertThat(answer.code()).isEqualTo(wrong ? 1 : 0);
		assertThat(new TreeSet<>(found(answer.out()))).isEqualTo(new TreeSet<>(status()));
	}

	private List<String> tree() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.sorted().map(Path::toString).toList();
		}
	}

	private List<String> status() {
		List<String> found = new ArrayList<>();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class))
			.withPropertyValues("telemetry.home=" + this.directory, "telemetry.tool.name=acme",
					"telemetry.consent.detect-test-environment=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(ConsentGate.class).refresh();
				for (Problem problem : context.getBean(Problems.class).list()) {
					found.add(problem.property() + " -> " + problem.action());
				}
			});
		return found;
	}

	@SuppressWarnings("unchecked")
	private static List<String> found(String json) {
		Map<String, Object> answer = new BasicJsonParser().parseMap(json);
		List<String> found = new ArrayList<>();
		for (Object check : (List<Object>) answer.get("checks")) {
			Map<String, Object> map = (Map<String, Object>) check;
			if (map.get("action") != null) {
				found.add(map.get("part") + " -> " + map.get("action"));
			}
		}
		return found;
	}

	private void grant(Instant time) throws IOException {
		ConsentStore.file(Home.chosen(this.directory), "acme")
			.write(new ConsentRecord(1, true, true, ConsentScope.LOCAL, null, "0123456789abcdef0123456789abcdef", time,
					"actuator", "acme"));
	}

	private Path write(String name, byte[] content) throws IOException {
		Path file = this.directory.resolve(name);
		Files.write(file, content);
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
	}

	/** Why a file is not used. */
	enum Damage {

		OTHERS_MAY_WRITE {
			@Override
			void to(Path file) throws IOException {
				Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
			}
		},
		LINK {
			@Override
			void to(Path file) throws IOException {
				Files.delete(file);
				Files.createSymbolicLink(file, Path.of("/etc/hostname"));
			}
		},
		DIRECTORY {
			@Override
			void to(Path file) throws IOException {
				Files.delete(file);
				Files.createDirectory(file);
			}
		},
		TOO_LARGE {
			@Override
			void to(Path file) throws IOException {
				Files.write(file, new byte[200_000]);
			}
		};

		abstract void to(Path file) throws IOException;

	}

}
