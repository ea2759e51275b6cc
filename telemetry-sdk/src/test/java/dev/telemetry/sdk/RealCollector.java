package dev.telemetry.sdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The real OpenTelemetry Collector, started for a test, whose path is given with
 * {@code -Dtelemetry.otelcol=PATH}. It writes each request it accepts as one line of
 * OTLP/JSON.
 */
public final class RealCollector implements AutoCloseable {

	/** Set by the POM. */
	private static final String BINARY = Objects.requireNonNullElse(System.getenv("OTELCOL"), "");

	private static final String SKIPPED = "the real collector is not tested; give its path with -Dtelemetry.otelcol=PATH";

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

	/** Skip the test, and say so, unless the path of a collector was given. */
	public static void require() {
		if (BINARY.isEmpty()) {
			System.out.println("SKIPPED: " + SKIPPED);
		}
		assumeTrue(!BINARY.isEmpty(), SKIPPED);
	}

	/**
	 * Start it on a port that was chosen before.
	 * @param directory of its configuration, its log and what it writes
	 * @param port of OTLP over HTTP, on loopback
	 * @return the collector, which listens
	 * @throws Exception if it does not start
	 */
	public static RealCollector start(Path directory, int port) throws Exception {
		return start(directory, port, directory.resolve("out.jsonl"), "");
	}

	/**
	 * Start it on a free port.
	 * @param directory of its configuration and its log
	 * @param output the file it writes
	 * @param httpOptions of its HTTP endpoint in YAML, each behind a comma
	 * @return the collector, which listens
	 * @throws Exception if it does not start
	 */
	public static RealCollector start(Path directory, Path output, String httpOptions) throws Exception {
		return start(directory, freePort(), output, httpOptions);
	}

	private static RealCollector start(Path directory, int port, Path output, String httpOptions) throws Exception {
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
		Process process = new ProcessBuilder(BINARY, "--config", "file:" + config).redirectErrorStream(true)
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

	/**
	 * Return where it takes OTLP over HTTP.
	 * @param path such as {@code /v1/logs}
	 * @return the address
	 */
	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	/**
	 * Return where it takes OTLP over gRPC.
	 * @return the address
	 */
	public URI grpc() {
		return URI.create("http://127.0.0.1:" + this.grpcPort);
	}

	/**
	 * Return what it wrote so far.
	 * @return a line a request, empty if it took none
	 * @throws IOException if the file cannot be read
	 */
	public List<String> lines() throws IOException {
		return Files.exists(this.output) ? Files.readAllLines(this.output) : List.of();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		Patience.until("the end of the collector", () -> !this.process.isAlive());
	}

}
