package dev.telemetry.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The receiver is down, orders are placed, the power goes: what was recorded arrives
 * after the next start, each event once.
 */
@Tag("F-01")
@Tag("F-13")
class SpillTests {

	private static final int ORDERS = 40;

	private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

	@TempDir
	private Path directory;

	@Test
	void ordersOfAnOutageArriveOnceAfterAKill() throws Exception {
		Path home = this.directory.resolve("home");
		int port = freePort();
		String[] arguments = { "--telemetry.endpoint=http://127.0.0.1:" + port + "/v1/logs",
				"--telemetry.compression=none", "--telemetry.batch-timeout=100ms",
				"--telemetry.delivery.retry.initial=100ms" };
		try (DemoProcess demo = DemoProcess.start(home, Map.of(), arguments)) {
			demo.post("/actuator/telemetry/enable");
			for (int i = 0; i < ORDERS; i++) {
				assertThat(demo.order(1).statusCode()).isEqualTo(201);
			}
			Patience.until("all events are in the spill and in the local log",
					() -> recordsOnDisk(home) >= ORDERS && DemoProcess.log(home).size() >= ORDERS);
			// Closing kills it, with no time for anything
		}
		List<String> ids = DemoProcess.log(home).stream().map(SpillTests::id).toList();
		assertThat(ids).hasSize(ORDERS).doesNotHaveDuplicates();
		try (Receiver receiver = Receiver.answering(port);
				DemoProcess demo = DemoProcess.start(home, Map.of(), arguments)) {
			Patience.until("all events arrive", () -> ids.stream().allMatch(received(receiver)::contains));
			assertThat(demo.stop()).isTrue();
			String received = received(receiver);
			assertThat(ids).allMatch((id) -> occurrences(received, id) == 1);
			assertThat(recordsOnDisk(home)).isZero();
		}
	}

	private static String received(Receiver receiver) {
		return String.join("", receiver.bodies());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/** How many events lie in whole files: each line but the first of a file is one. */
	private static int recordsOnDisk(Path home) throws IOException {
		Path spill = home.resolve("spill");
		if (!Files.exists(spill)) {
			return 0;
		}
		int records = 0;
		try (Stream<Path> files = Files.walk(spill)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".batch")).toList()) {
				records += Files.readAllLines(file).size() - 1;
			}
		}
		catch (UncheckedIOException | NoSuchFileException ex) {
			// Moved or removed while we looked: there was one
			return 1;
		}
		return records;
	}

	private static String id(String line) {
		Matcher id = ID.matcher(line);
		assertThat(id.find()).as(line).isTrue();
		return id.group(1);
	}

	private static int occurrences(String text, String part) {
		return (text.length() - text.replace(part, "").length()) / part.length();
	}

}
