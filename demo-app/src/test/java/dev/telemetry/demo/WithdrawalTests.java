package dev.telemetry.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A no takes effect at once, lasts, and can be followed by forgetting.
 */
@Tag("T-17")
class WithdrawalTests {

	private static final int THREADS = 8;

	@TempDir
	private Path directory;

	@Test
	void disableUnderLoadEndsEverythingAndLasts() throws Exception {
		Path home = this.directory.resolve("home");
		ExecutorService load = Executors.newFixedThreadPool(THREADS);
		try (Receiver receiver = Receiver.answering()) {
			String[] arguments = { "--telemetry.endpoint=" + receiver.endpoint(), "--telemetry.batch-size=1" };
			try (DemoProcess demo = DemoProcess.start(home, Map.of(), arguments)) {
				demo.post("/actuator/telemetry/enable");
				AtomicBoolean running = new AtomicBoolean(true);
				for (int i = 0; i < THREADS; i++) {
					load.submit(() -> placeOrders(demo, running));
				}
				assertThat(receiver.awaitConnection()).isTrue();

				assertThat(demo.post("/actuator/telemetry/disable").statusCode()).isEqualTo(200);
				List<String> lines = DemoProcess.log(home);
				int connections = receiver.connections();
				for (int i = 0; i < 500; i++) {
					demo.order(1);
				}
				running.set(false);
				load.shutdown();
				assertThat(load.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
				assertThat(lines).isNotEmpty();
				assertThat(DemoProcess.log(home)).isEqualTo(lines);
				assertThat(receiver.connections()).isEqualTo(connections);
				assertThat(demo.consent()).containsEntry("state", "WITHDRAWN");
				assertThat(demo.stop()).isTrue();
			}
			try (DemoProcess demo = DemoProcess.start(home, Map.of(), arguments)) {
				int connections = receiver.connections();
				demo.order(1);
				assertThat(demo.consent()).containsEntry("state", "WITHDRAWN");
				assertThat(demo.stop()).isTrue();
				assertThat(receiver.connections()).isEqualTo(connections);
			}
		}
		finally {
			load.shutdownNow();
		}
	}

	@Test
	void resetErasesTheLogAndStaysWithdrawn() throws Exception {
		Path home = this.directory.resolve("home");
		try (DemoProcess demo = DemoProcess.start(home, Map.of(), "--telemetry.batch-timeout=0s")) {
			demo.post("/actuator/telemetry/enable");
			demo.order(1);
			Patience.until("the event is in the local log", () -> !DemoProcess.log(home).isEmpty());
			assertThat(demo.post("/actuator/telemetry/reset").statusCode()).isIn(200, 202);
			assertThat(home.resolve("telemetry.log")).doesNotExist();
			assertThat(demo.consent()).containsEntry("state", "WITHDRAWN");
			demo.order(1);
			assertThat(demo.stop()).isTrue();
			assertThat(home.resolve("telemetry.log")).doesNotExist();
		}
	}

	private static boolean placeOrders(DemoProcess demo, AtomicBoolean running) throws Exception {
		while (running.get()) {
			demo.order(1);
		}
		return true;
	}

}
