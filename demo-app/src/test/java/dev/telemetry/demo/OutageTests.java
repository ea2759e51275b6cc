package dev.telemetry.demo;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A receiver that is down or hangs is felt by nobody: orders are placed, the local log is
 * complete, one warning tells, and the application stops.
 */
@Tag("F-01")
@Tag("F-03")
@Tag("F-30")
class OutageTests {

	private static final int ORDERS = 200;

	@TempDir
	private Path directory;

	@Test
	void ordersWhenTheReceiverRefuses() throws Exception {
		int port;
		try (ServerSocket closed = new ServerSocket(0)) {
			port = closed.getLocalPort();
		}
		placeOrders("http://127.0.0.1:" + port + "/v1/logs");
	}

	@Test
	void ordersWhenTheReceiverHangs() throws Exception {
		try (Receiver receiver = Receiver.hanging()) {
			placeOrders(receiver.endpoint());
			assertThat(receiver.connections()).isPositive();
		}
	}

	private void placeOrders(String endpoint) throws Exception {
		Path home = this.directory.resolve("home");
		try (DemoProcess demo = DemoProcess.start(home, Map.of("TELEMETRY_ENABLED", "true"),
				"--telemetry.endpoint=" + endpoint, "--telemetry.batch-size=1", "--telemetry.export-timeout=1s",
				"--telemetry.delivery.retry.initial=100ms")) {
			for (int i = 0; i < ORDERS; i++) {
				assertThat(demo.order(1).statusCode()).isEqualTo(201);
			}
			assertThat(demo.stop()).isTrue();
			assertThat(DemoProcess.log(home)).hasSize(ORDERS);
			assertThat(demo.output().stream().filter((line) -> line.contains("WARN") && line.contains("otlp")).count())
				.as("%s", demo.output())
				.isBetween(1L, 2L);
		}
	}

}
