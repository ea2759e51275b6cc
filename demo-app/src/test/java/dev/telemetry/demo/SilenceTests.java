package dev.telemetry.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Until somebody says yes the application is as if telemetry were not there. The second
 * half of each test is its positive control: after a yes the same eyes see something.
 */
@Tag("T-16")
class SilenceTests {

	@TempDir
	private Path directory;

	@Test
	void thousandOrdersWithoutAYesLeaveNoTrace() throws Exception {
		Path home = this.directory.resolve("home");
		Path classes = this.directory.resolve("classes.log");
		try (Receiver receiver = Receiver.answering();
				DemoProcess demo = DemoProcess.start(home, Map.of(), "-Xlog:class+load:file=" + classes,
						"--telemetry.endpoint=" + receiver.endpoint(), "--telemetry.batch-timeout=100ms")) {
			for (int i = 0; i < 1000; i++) {
				assertThat(demo.order(1).statusCode()).isEqualTo(201);
			}
			assertThat(home).doesNotExist();
			assertThat(demo.threads()).isNotEmpty().noneMatch((name) -> name.startsWith("telemetry-"));
			assertThat(receiver.connections()).isZero();
			assertThat(loaded(classes)).isEmpty();

			assertThat(demo.post("/actuator/telemetry/enable").statusCode()).isEqualTo(200);
			demo.order(1);
			assertThat(receiver.awaitConnection()).isTrue();
			// Another lane writes it
			Patience.until("the local log", () -> Files.exists(home.resolve("telemetry.log")));
			assertThat(demo.threads()).anyMatch((name) -> name.startsWith("telemetry-"));
			assertThat(loaded(classes)).anyMatch((name) -> name.equals("dev.telemetry.sink.http.HttpTransport"))
				.anyMatch((name) -> name.endsWith("FileSink"))
				.anyMatch((name) -> name.endsWith("OtlpSink"));
		}
	}

	/** Which classes were loaded that have no business without consent. */
	private static List<String> loaded(Path classes) throws Exception {
		return Files.readAllLines(classes)
			.stream()
			.filter((line) -> line.contains("source:"))
			.map((line) -> line.replaceFirst("^(\\[[^]]*])+ *", "").replaceFirst(" source:.*", ""))
			.filter((name) -> name.startsWith("java.net.http.HttpClient") || name.startsWith("io.opentelemetry.")
					|| name.startsWith("dev.telemetry.sink.http.HttpTransport")
					|| name.matches("dev\\.telemetry\\.sink\\..*Sink"))
			.filter((name) -> !name.equals("dev.telemetry.sink.TelemetrySink"))
			.toList();
	}

}
