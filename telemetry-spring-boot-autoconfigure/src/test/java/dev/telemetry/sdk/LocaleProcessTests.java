package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.deletion.DeletionOutcome;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process whose language has digits or cases of its own: enable, record, spill, replay
 * and reset in one life of the application each, all on one home.
 */
class LocaleProcessTests {

	private static final Pattern ASCII = Pattern.compile("[ -~]+");

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "ar-EG", "fa-IR", "my-MM", "hi-IN-u-nu-deva", "th-TH-u-nu-thai", "tr-TR" })
	@Timeout(120)
	void requestsForDeletionSurviveTheLanguageOfTheMachine(String tag) throws Exception {
		Path home = this.directory.resolve("home");
		List<String> told = run(tag, home);
		assertThat(told).as(String.join("\n", told))
			.contains("language " + Locale.forLanguageTag(tag).toLanguageTag(), "spilled 3", "delivered 4",
					"reset REQUESTED", "asked in the next life 1", "done");
		assertThat(told.stream().filter((line) -> line.startsWith("file "))).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).matches(ASCII));
		assertThat(told).anyMatch((line) -> line.matches("file deletion/0{7}1-[0-9a-f-]{36}[.]json"))
			.anyMatch((line) -> line.matches("file spill/otlp/[0-9a-f]{32}/[0-9]{20}[.]batch"));
		for (Path file : Installation.files(home)) {
			assertThat(Files.readString(file, StandardCharsets.UTF_8)).as(file.toString())
				.matches(Pattern.compile("[\\x00-\\x7f]*"));
		}
	}

	private static List<String> run(String tag, Path home) throws IOException, InterruptedException {
		ProcessOutput output = new ProcessOutput("the process in " + tag,
				new ProcessBuilder(command(tag, home)).redirectErrorStream(true).start());
		List<String> told = output.rest();
		assertThat(output.exit()).as(String.join("\n", told)).isZero();
		return told;
	}

	private static List<String> command(String tag, Path home) {
		Locale locale = Locale.forLanguageTag(tag);
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Dstdout.encoding=UTF-8", "-Duser.language=" + locale.getLanguage(),
						"-Duser.country=" + locale.getCountry()));
		if (locale.hasExtensions()) {
			command.add("-Duser.extensions=" + tag.substring(tag.indexOf("u-")));
		}
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName(), home.toString()));
		return command;
	}

	/** The lives of the application. */
	static final class Child {

		private Child() {
		}

		public static void main(String[] arguments) throws Exception {
			Path home = Path.of(arguments[0]);
			tell("language", Locale.getDefault().toLanguageTag());
			try (FakeCollector collector = new FakeCollector(); FakeCollector server = new FakeCollector()) {
				String deletion = "telemetry.deletion.http.url=" + server.uri("/deletion");
				collector.reply((request) -> Reply.status(503));
				RealApplication.run(home, collector, Child::spill, deletion);
				tellFiles(home);
				List<LogRecord> replayed = new CopyOnWriteArrayList<>();
				collector.reply((request) -> {
					request.logs()
						.getResourceLogsList()
						.forEach((resource) -> replayed.addAll(resource.getScopeLogs(0).getLogRecordsList()));
					return Reply.status(200);
				});
				RealApplication.run(home, collector, Child::replay, deletion);
				tell("delivered", replayed.stream().distinct().count());
				server.reply((request) -> Reply.status(503));
				RealApplication.run(home, collector, Child::reset, deletion);
				tellFiles(home);
				int before = server.requests().size();
				server.reply((request) -> Reply.status(200));
				RealApplication.run(home, collector, (application) -> assertThat(application.reset().outcome())
					.isEqualTo(DeletionOutcome.ACKNOWLEDGED), deletion);
				tell("asked in the next life", server.requests().size() - before);
				tellFiles(home);
			}
			System.out.println("done");
		}

		private static void spill(RealApplication application) {
			application.enable();
			TelemetrySdk telemetry = application.context().getBean(TelemetrySdk.class);
			for (int i = 0; i < 3; i++) {
				telemetry.context().record("order.placed");
			}
			Patience.until("the events that are refused to be spilled", () -> {
				telemetry.flush(Duration.ZERO);
				return spilled(telemetry) == 3;
			});
			tell("spilled", spilled(telemetry));
		}

		private static long spilled(TelemetrySdk telemetry) {
			return telemetry.status().sinks().stream().mapToLong(DeliveryStatus::spilled).sum();
		}

		private static void replay(RealApplication application) {
			assertThat(application.consent().state()).isEqualTo(ConsentState.GRANTED);
			application.record();
		}

		private static void reset(RealApplication application) {
			tell("reset", application.reset().outcome());
		}

		private static void tellFiles(Path home) {
			try (Stream<Path> files = Installation.files(home).stream()) {
				files.forEach((file) -> tell("file", home.relativize(file)));
			}
		}

		private static void tell(String what, Object value) {
			System.out.println(what + " " + value);
		}

	}

}
