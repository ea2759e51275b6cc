package dev.telemetry.delivery;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import dev.telemetry.event.EventCodec;
import dev.telemetry.sdk.ProcessOutput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills processes under load again and again, while the receiver comes and goes, and
 * keeps book: what was recorded, what was safe when its process was killed, what arrived.
 * On a machine that is overloaded events get to the disk later than after the batch
 * timeout: those are counted as late.
 */
final class KillRuns {

	/** Until a batch is on disk: the batch timeout, and what a busy machine adds. */
	private static final long SETTLED_MILLIS = KillRun.BATCH_TIMEOUT.toMillis() + 1000;

	private final Random random = new Random(System.nanoTime());

	private final Map<String, String> received = Collections.synchronizedMap(new HashMap<>());

	private final List<String> different = Collections.synchronizedList(new ArrayList<>());

	private final Set<String> recorded = new HashSet<>();

	/** A flush has returned, or the lane says that they are not in memory any more. */
	private final Set<String> durable = new HashSet<>();

	/** Old, but still in memory: the disk is slower than whoever records. */
	private final Set<String> late = new HashSet<>();

	private volatile boolean up = true;

	private boolean down;

	private volatile int duplicates;

	private final Path home;

	private final Runnable afterwards;

	/**
	 * Create the book.
	 * @param home the home of all processes
	 * @param afterwards what happens after each kill
	 */
	KillRuns(Path home, Runnable afterwards) {
		this.home = home;
		this.afterwards = afterwards;
	}

	/** The receiver is away until the end. */
	KillRuns down() {
		this.down = true;
		return this;
	}

	void run(String what, int runs) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Thread receiver = new Thread(() -> receive(server));
			receiver.setDaemon(true);
			receiver.start();
			for (int run = 0; run < runs; run++) {
				this.up = !this.down && this.random.nextInt(3) > 0;
				killOne(what, server.getLocalPort(), run);
			}
			int left = batches();
			this.up = true;
			drain(server.getLocalPort());
			System.out.println("Kill runs (" + what + "): runs=" + runs + " recorded=" + this.recorded.size()
					+ " durable=" + this.durable.size() + " lost=" + lost(this.durable).size() + " late="
					+ this.late.size() + " late and lost=" + lost(this.late).size() + " received="
					+ this.received.size() + " duplicates=" + this.duplicates + " different=" + this.different.size()
					+ " files before the drain=" + left);
		}
	}

	/** Return what was safe. */
	Set<String> durable() {
		return this.durable;
	}

	/** Return what was safe and has not arrived. */
	Set<String> lost() {
		return lost(this.durable);
	}

	/** Return what was not safe for too long, and has not arrived. */
	Set<String> lateAndLost() {
		return lost(this.late);
	}

	/** Return what arrived twice and was not the same. */
	List<String> different() {
		return this.different;
	}

	private Set<String> lost(Set<String> events) {
		Set<String> lost = new HashSet<>(events);
		lost.removeAll(this.received.keySet());
		return lost;
	}

	private void killOne(String what, int port, int run) throws IOException {
		Process child = start(what, port, run);
		long lifetime = 1500 + this.random.nextInt(1500);
		List<String> ids = new ArrayList<>();
		List<Long> times = new ArrayList<>();
		int flushed = 0;
		int safe = 0;
		ProcessOutput output = new ProcessOutput("a process under load", child);
		for (String line = output.line(); line != null; line = output.line()) {
			if (line.startsWith("D ")) {
				safe = Math.max(safe, Integer.parseInt(line.substring(2)));
			}
			else if (line.startsWith("E ")) {
				String[] words = line.split(" ");
				ids.add(words[1]);
				times.add(Long.valueOf(words[2]));
			}
			else if (line.equals("F")) {
				flushed = ids.size();
			}
			if (!times.isEmpty() && times.get(times.size() - 1) - times.get(0) > lifetime) {
				break;
			}
		}
		output.kill();
		// What it has printed since does not count
		output.rest();
		this.afterwards.run();
		this.recorded.addAll(ids);
		for (int i = 0; i < ids.size(); i++) {
			if (i < Math.max(flushed, safe)) {
				this.durable.add(ids.get(i));
			}
			else if (times.get(times.size() - 1) - times.get(i) > SETTLED_MILLIS) {
				this.late.add(ids.get(i));
			}
		}
	}

	private void drain(int port) throws IOException, InterruptedException {
		ProcessOutput output = new ProcessOutput("the process that drains", start("drain", port, 0));
		assertThat(output.rest().stream().filter((line) -> line.equals("drained"))).hasSize(1);
		assertThat(output.exit()).isZero();
	}

	private Process start(String what, int port, int run) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp",
				System.getProperty("java.class.path"), KillRun.class.getName(), what, this.home.toString(),
				String.valueOf(port), String.valueOf(run))
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private void receive(ServerSocket server) {
		while (!server.isClosed()) {
			try (Socket socket = server.accept()) {
				if (this.up) {
					socket.setSoTimeout(2000);
					DataInputStream in = new DataInputStream(socket.getInputStream());
					byte[] lines = in.readNBytes(in.readInt());
					for (String line : KillRun.text(lines).split("\n")) {
						remember(line);
					}
					// Now and then the acknowledgement gets lost
					if (this.random.nextInt(20) > 0) {
						socket.getOutputStream().write('+');
					}
				}
			}
			catch (IOException ex) {
				// The sender was killed, or the test is over
			}
		}
	}

	private void remember(String line) throws IOException {
		byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
		// A batch that was cut off by a kill ends in the middle of a line
		String id = EventCodec.json().decode(bytes, 0, bytes.length).id().toString();
		String before = this.received.put(id, line);
		if (before != null) {
			this.duplicates++;
			if (!before.equals(line)) {
				this.different.add(id);
			}
		}
	}

	int batches() throws IOException {
		Path spill = this.home.resolve("spill");
		if (!Files.exists(spill)) {
			return 0;
		}
		try (Stream<Path> all = Files.walk(spill)) {
			return (int) all.filter((file) -> file.toString().endsWith(".batch")).count();
		}
	}

}
