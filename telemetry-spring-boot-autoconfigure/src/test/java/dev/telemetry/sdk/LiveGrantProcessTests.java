package dev.telemetry.sdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.telemetry.sdk.StampingReceiver.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that records and sends without pause, on real time, whose grant stands in its
 * {@code telemetry.yaml}: what is changed there counts within a second, though nobody
 * asks the process for anything.
 */
@Tag("F-26")
@Timeout(300)
class LiveGrantProcessTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final int ENOUGH = 20;

	private static final Duration TOLERATED = Duration.ofMillis(100);

	private static final int ATTEMPTS = 5;

	@TempDir
	private Path directory;

	@Test
	void nothingLeavesASecondAfterTheFileIsGone() throws Exception {
		run((home, replica, receiver) -> {
			Files.delete(home.resolve("telemetry.yaml"));
			assertQuietAfterASecond("The file is deleted", receiver);
			assertThat(replica.say("status")).isEqualTo("UNDECIDED");
			long size = size(home);
			watch(System.nanoTime() + SECOND);
			assertThat(size(home)).as("the log").isEqualTo(size);
		});
	}

	@Test
	void nothingLeavesASecondAfterTheFileSaysLocalOnly() throws Exception {
		run((home, replica, receiver) -> {
			Files.writeString(home.resolve("telemetry.yaml"), "enabled: true\nlocal-only: true\n");
			assertQuietAfterASecond("The file says local-only", receiver);
			assertThat(replica.say("status")).isEqualTo("GRANTED");
			long size = size(home);
			Patience.until("the log grows", () -> size(home) > size);
		});
	}

	@Test
	void replacingTheFileAgainAndAgainEndsNothing() throws Exception {
		run((home, replica, receiver) -> {
			Path yaml = home.resolve("telemetry.yaml");
			String session = replica.say("await");
			for (int i = 0; i < 20; i++) {
				Path next = Files.writeString(yaml.resolveSibling("telemetry.yaml~"), "enabled: true # " + i + "\n");
				if (i % 2 == 0) {
					Files.delete(yaml);
					watch(System.nanoTime() + SECOND / 20);
				}
				Files.move(next, yaml, StandardCopyOption.REPLACE_EXISTING);
				// A look whose first read found nothing is over before it is away again
				watch(System.nanoTime() + SECOND / 2);
			}
			assertThat(replica.say("status")).isEqualTo("GRANTED");
			assertThat(replica.say("await")).isEqualTo(session);
		});
	}

	/**
	 * Visit a process. A second in which the machine stood still was less for the
	 * process: what fails then is tried anew.
	 */
	private void run(Visitor visitor) throws Exception {
		boolean done = false;
		for (int attempt = 1; !done; attempt++) {
			done = visit(this.directory.resolve("home-" + attempt), visitor, attempt == ATTEMPTS);
		}
	}

	private static boolean visit(Path home, Visitor visitor, boolean last) throws Exception {
		Files.writeString(Files.createDirectories(home).resolve("telemetry.yaml"), "enabled: true\n");
		try (StampingReceiver receiver = new StampingReceiver(new AtomicLong());
				ReplicaProcess replica = ReplicaProcess.start("--spring.application.name=demo-app",
						"--telemetry.home=" + home, "--telemetry.batch-size=1",
						"--telemetry.endpoint=" + receiver.uri(), "--spring.main.banner-mode=off",
						"--spring.main.web-application-type=none")) {
			Patience.until("it sends", () -> receiver.requests().size() >= ENOUGH);
			return visit(home, visitor, replica, receiver, last);
		}
	}

	private static boolean visit(Path home, Visitor visitor, ReplicaProcess replica, StampingReceiver receiver,
			boolean last) throws Exception {
		Stalls stalls = new Stalls();
		try (stalls) {
			visitor.visit(home, replica, receiver);
			return true;
		}
		catch (AssertionError ex) {
			if (last || stalls.longest().compareTo(TOLERATED) < 0) {
				throw ex;
			}
			System.out.println("Tried anew, since the machine stood still for " + stalls.longest() + ": " + ex);
			return false;
		}
	}

	private static void assertQuietAfterASecond(String what, StampingReceiver receiver) {
		long changed = System.nanoTime();
		watch(changed + 3 * SECOND);
		long last = receiver.requests().stream().mapToLong(Request::nanoTime).max().orElseThrow();
		System.out.println(what + ": the last request began " + TimeUnit.NANOSECONDS.toMillis(last - changed)
				+ " ms afterwards, of " + receiver.requests().size());
		assertThat(last).isLessThan(changed + SECOND);
	}

	/** Real processes run on real time. */
	private static void watch(long until) {
		while (System.nanoTime() < until) {
			LockSupport.parkNanos(until - System.nanoTime());
		}
	}

	/** The size of the log. */
	private static long size(Path home) {
		return home.resolve("telemetry.log").toFile().length();
	}

	/** Does something with a process that sends. */
	private interface Visitor {

		void visit(Path home, ReplicaProcess replica, StampingReceiver receiver) throws Exception;

	}

}
