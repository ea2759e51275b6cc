package dev.telemetry.cli;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The real OpenTelemetry Collector, which writes each request it takes as a line. */
final class RealCollector implements AutoCloseable {

	private final Process process;

	private final Path output;

	private RealCollector(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	static RealCollector start(String binary, Path directory, int port) throws Exception {
		Path output = directory.resolve("out.jsonl");
		Path config = Files.writeString(directory.resolve("config.yaml"), """
				receivers: {otlp: {protocols: {http: {endpoint: "localhost:%d"}}}}
				exporters: {jsonl: {path: "%s"}}
				service:
				  telemetry: {logs: {level: warn}, metrics: {level: none}}
				  pipelines:
				    traces: {receivers: [otlp], exporters: [jsonl]}
				    logs: {receivers: [otlp], exporters: [jsonl]}
				""".formatted(port, output));
		Process process = new ProcessBuilder(binary, "--config", "file:" + config).redirectErrorStream(true)
			.redirectOutput(directory.resolve("collector.txt").toFile())
			.start();
		RealCollector collector = new RealCollector(process, output);
		try {
			collector.awaitPort(port);
			return collector;
		}
		catch (InterruptedException | RuntimeException | Error ex) {
			collector.close();
			throw ex;
		}
	}

	private void awaitPort(int port) throws InterruptedException {
		for (int attempt = 0; attempt < 300; attempt++) {
			try {
				new Socket("localhost", port).close();
				return;
			}
			catch (IOException ex) {
				// Not listening yet. Waiting for its exit is how we wait without sleeping
				assertThat(this.process.waitFor(100, TimeUnit.MILLISECONDS)).as("the collector ended").isFalse();
			}
		}
		throw new AssertionError("the collector does not listen");
	}

	String output() throws IOException {
		return Files.readString(this.output);
	}

	@Override
	public void close() {
		try {
			assertThat(this.process.destroyForcibly().waitFor(1, TimeUnit.MINUTES)).as("the collector ends").isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
