package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.telemetry.sdk.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real OpenTelemetry Collector, started on a free port for a test. It writes each
 * request it accepts as one line of OTLP/JSON.
 */
final class RealCollector implements AutoCloseable {

	private final Process process;

	private final int port;

	private final int grpcPort;

	private final Path output;

	private RealCollector(Process process, int port, int grpcPort, Path output) {
		this.process = process;
		this.port = port;
		this.grpcPort = grpcPort;
		this.output = output;
	}

	static RealCollector start(String binary, Path directory, Path output, String httpOptions) throws Exception {
		int port = freePort();
		int grpcPort = freePort();
		Path config = Files.writeString(directory.resolve("config.yaml"), """
				receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:%d"%s}, grpc: {endpoint: "127.0.0.1:%d"}}}}
				exporters: {jsonl: {path: "%s"}}
				service:
				  telemetry: {logs: {level: warn}, metrics: {level: none}}
				  pipelines:
				    traces: {receivers: [otlp], exporters: [jsonl]}
				    logs: {receivers: [otlp], exporters: [jsonl]}
				""".formatted(port, httpOptions, grpcPort, output));
		Process process = new ProcessBuilder(binary, "--config", "file:" + config).redirectErrorStream(true)
			.redirectOutput(directory.resolve("collector.txt").toFile())
			.start();
		RealCollector collector = new RealCollector(process, port, grpcPort, output);
		try {
			collector.awaitPort(port);
			collector.awaitPort(grpcPort);
			return collector;
		}
		catch (InterruptedException | RuntimeException | Error ex) {
			collector.close();
			throw ex;
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitPort(int port) throws InterruptedException {
		for (int attempt = 0; attempt < 300; attempt++) {
			try {
				new Socket("127.0.0.1", port).close();
				return;
			}
			catch (IOException ex) {
				// Not listening yet. Waiting for its exit is how we wait without sleeping
				assertThat(this.process.waitFor(100, TimeUnit.MILLISECONDS)).as("the collector ended").isFalse();
			}
		}
		throw new AssertionError("the collector does not listen");
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	URI grpc() {
		return URI.create("http://127.0.0.1:" + this.grpcPort);
	}

	List<String> lines() throws IOException {
		return Files.exists(this.output) ? Files.readAllLines(this.output) : new ArrayList<>();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		Patience.until("the end of the collector", () -> !this.process.isAlive());
	}

}
