package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import dev.telemetry.sink.otlp.FakeCollector.Request;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process under a steady load whose receiver changes its mood again and again: each
 * event arrives or is counted, and the process needs no more of anything at the end.
 * {@code SOAK_SECONDS} says how long.
 */
@Tag("disk")
@Tag("F-31")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class SoakTests {

	static final String TELLS = "> ";

	private static final int SECONDS = Integer.parseInt(Objects.requireNonNullElse(System.getenv("SOAK_SECONDS"), "8"));

	/** Long enough for memory to be judged. */
	private static final int LONG = 600;

	private static final int MOOD_SECONDS = (SECONDS < LONG) ? 1 : 20;

	@TempDir
	private Path directory;

	private final FakeCollector collector = new FakeCollector();

	private final Set<String> acknowledged = Collections.synchronizedSet(new HashSet<>());

	private final AtomicLong acknowledgements = new AtomicLong();

	private final AtomicInteger moods = new AtomicInteger();

	private int freezes;

	private volatile Mood mood = Mood.WELL;

	private volatile CountDownLatch change = new CountDownLatch(1);

	@Test
	void eachEventArrivesOrIsCountedWhateverTheReceiverDoes() throws Exception {
		long seed = System.nanoTime();
		SplittableRandom random = new SplittableRandom(seed);
		this.collector.reply(this::reply);
		Process process = start();
		List<Need> needs = new ArrayList<>();
		ProcessOutput output = new ProcessOutput("the soak", process);
		try {
			String line = next(output);
			for (int second = 1; line.startsWith("at"); second++) {
				assertThat(line).contains("balanced=true");
				if (second % MOOD_SECONDS == 0) {
					needs.add(Need.of(process));
					turn(Mood.values()[random.nextInt(Mood.values().length)]);
					if (random.nextInt(8) == 0) {
						freeze(process);
					}
				}
				line = next(output);
			}
			turn(Mood.WELL);
			proceed(process);
			String settled = next(output);
			report(seed, settled, needs, process);
			check(settled);
			checkNeeds(needs, Need.of(process));
			proceed(process);
			assertThat(output.exit()).isZero();
		}
		finally {
			process.destroyForcibly();
			this.collector.close();
		}
	}

	private Process start() throws IOException {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-Xms64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), SoakProcess.class.getName(),
				this.directory.resolve("home").toString(), this.collector.uri("/v1/logs").toString(),
				String.valueOf(SECONDS))
			.redirectError(ProcessBuilder.Redirect.DISCARD);
		// Else what grows is how glibc keeps what threads gave back
		builder.environment().put("MALLOC_ARENA_MAX", "2");
		return builder.start();
	}

	private static String next(ProcessOutput output) {
		return Objects.requireNonNull(output.lineAfter(TELLS), "the process has ended");
	}

	private static void proceed(Process process) throws IOException {
		process.getOutputStream().write('\n');
		process.getOutputStream().flush();
	}

	/** Stop the process for a while, as a machine that is suspended does. */
	private void freeze(Process process) throws IOException, InterruptedException {
		signal(process, "STOP");
		assertThat(process.waitFor(MOOD_SECONDS, TimeUnit.SECONDS)).isFalse();
		signal(process, "CONT");
		this.freezes++;
	}

	private static void signal(Process process, String name) throws IOException, InterruptedException {
		assertThat(Patience.exit("kill", new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start()))
			.isZero();
	}

	private void turn(Mood next) {
		this.mood = next;
		this.moods.incrementAndGet();
		CountDownLatch ended = this.change;
		this.change = new CountDownLatch(1);
		ended.countDown();
	}

	private Reply reply(Request request) {
		List<String> ids = request.logs()
			.getResourceLogsList()
			.stream()
			.flatMap((resource) -> resource.getScopeLogsList().stream())
			.flatMap((scope) -> scope.getLogRecordsList().stream())
			.map(SoakTests::id)
			.toList();
		Reply reply = this.mood.reply(ids, this.change);
		if (reply.status() == 200) {
			this.acknowledged.addAll(ids);
			this.acknowledgements.addAndGet(ids.size());
		}
		return reply;
	}

	private static String id(LogRecord log) {
		return log.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals("event.id"))
			.map((attribute) -> attribute.getValue().getStringValue())
			.findFirst()
			.orElseThrow();
	}

	private void report(long seed, String settled, List<Need> needs, Process process) throws IOException {
		System.out.println("Soak: " + SECONDS + " s, " + SoakProcess.EVENTS_PER_SECOND + " events/s, " + this.moods
				+ " moods, " + this.freezes + " times frozen, seed " + seed + ": " + settled
				+ "; distinct acknowledged " + this.acknowledged.size() + ", acknowledgements " + this.acknowledgements
				+ "; after a third " + needs.get(needs.size() / 3) + ", at the end " + Need.of(process));
	}

	private void check(String settled) {
		assertThat(settled).startsWith("settled").contains("balanced=true", "pending=0", "spilled=0");
		long accepted = number(settled, "accepted");
		long delivered = number(settled, "delivered");
		assertThat(accepted).isEqualTo((long) SECONDS * SoakProcess.EVENTS_PER_SECOND);
		assertThat(delivered + number(settled, "rejected")).isEqualTo(accepted);
		// More if an acknowledgement got lost of one that was refused afterwards
		assertThat((long) this.acknowledged.size()).as("delivered are those that were taken")
			.isBetween(delivered, accepted);
	}

	private static long number(String line, String name) {
		Matcher matcher = Pattern.compile("\\b" + name + "=(\\d+)").matcher(line);
		return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
	}

	private static void checkNeeds(List<Need> needs, Need end) {
		Need early = needs.get(needs.size() / 3);
		assertThat(end.threads()).as("threads").isLessThanOrEqualTo(early.threads() + 2);
		assertThat(end.files()).as("file descriptors").isLessThanOrEqualTo(early.files() + 2);
		if (SECONDS >= LONG) {
			assertThat(end.kilobytes()).as("resident memory").isLessThanOrEqualTo(early.kilobytes() * 105 / 100);
		}
	}

	/** How a receiver may answer. */
	private enum Mood {

		WELL, AWAY, BUSY, BROKEN, SLOW, HANGING, GARBLED, PICKY;

		Reply reply(List<String> ids, CountDownLatch change) {
			return switch (this) {
				case WELL -> Reply.status(200);
				case AWAY -> Reply.status(503);
				case BUSY -> Reply.status(429).header("Retry-After", "1");
				case BROKEN -> throw new IllegalStateException("the connection breaks");
				case SLOW -> waited(change, 300);
				case HANGING -> waited(change, TimeUnit.SECONDS.toMillis(MOOD_SECONDS));
				case GARBLED -> Reply.status(200).body(new byte[] { -1, 1, 2, 3 });
				case PICKY -> Reply.status(ids.stream().anyMatch(Mood::isPoison) ? 400 : 200);
			};
		}

		/** One of 512, whichever batch it is in. */
		private static boolean isPoison(String id) {
			return id.hashCode() % 512 == 0;
		}

		private static Reply waited(CountDownLatch change, long millis) {
			try {
				change.await(millis, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return Reply.status(200);
		}

	}

	/**
	 * What a process needs.
	 *
	 * @param kilobytes its resident memory
	 * @param threads its threads
	 * @param files its open files and sockets
	 */
	private record Need(long kilobytes, long threads, long files) {

		static Need of(Process process) throws IOException {
			Path proc = Path.of("/proc", String.valueOf(process.pid()));
			String status = Files.readString(proc.resolve("status"));
			try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
				return new Need(value(status, "VmRSS"), value(status, "Threads"), files.count());
			}
		}

		private static long value(String status, String name) {
			Matcher matcher = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)").matcher(status);
			return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
		}

	}

}
