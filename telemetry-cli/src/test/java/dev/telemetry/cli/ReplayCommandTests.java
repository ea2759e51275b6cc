package dev.telemetry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.telemetry.consent.ConsentRecord;
import dev.telemetry.consent.ConsentScope;
import dev.telemetry.event.EventCodec;
import dev.telemetry.machine.IdJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code replay} sends, what it leaves, and how it deals with a receiver. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReplayCommandTests {

	/** Enough for many requests. */
	private static final int MANY = 1000;

	private static final String PATH = "/events";

	@TempDir
	private Path directory;

	private Receiver receiver;

	private ReplayHome home;

	@BeforeEach
	void sayYes() throws IOException {
		this.receiver = new Receiver();
		this.home = ReplayHome.of(this.directory, this.receiver, MANY);
	}

	@AfterEach
	void close() {
		this.receiver.close();
	}

	private static Receiver.Reply status(int status) {
		return new Receiver.Reply(status, "", "");
	}

	@Test
	void aLogGoesInRequestsOfOneBatchEachInItsOrder() {
		assertThat(this.home.replay().code()).isZero();
		assertThat(this.receiver.ids()).isEqualTo(ReplayHome.ids(0, MANY));
		assertThat(this.receiver.requests()).hasSizeGreaterThan(10)
			.allSatisfy((request) -> assertThat(request.body().length()).isLessThan(48 * 1024))
			.allSatisfy((request) -> assertThat(request.headers()).containsKey("Idempotency-Key"));
	}

	@Test
	void aLineIsSentAsItIsWritten() throws IOException {
		String line = ReplayHome.lines(7, 8).get(0);
		this.home.log("telemetry.log", List.of(line));
		this.home.replay();
		assertThat(this.receiver.requests().get(0).body()).isEqualTo("[" + line + "]");
	}

	@Test
	void rotatedFilesComeFirstTheOldestOfThemAtTheBeginning() throws IOException {
		this.home.log("telemetry.log", ReplayHome.lines(4, 6));
		this.home.log("telemetry.log.1", ReplayHome.lines(2, 4));
		this.home.log("telemetry.log.2", ReplayHome.lines(0, 2));
		assertThat(this.home.replay().out()).contains("6 lines read, 6 events sent");
		assertThat(this.receiver.ids()).isEqualTo(ReplayHome.ids(0, 6));
		this.home.replayOf(this.directory.resolve("telemetry.log.1"));
		assertThat(this.receiver.ids()).hasSize(8).endsWith(ReplayHome.id(2), ReplayHome.id(3));
	}

	@Test
	void whatMayNotGoStaysAndIsCountedByReason() throws IOException {
		Instant yes = ReplayHome.YES;
		this.home.log("telemetry.log", List.of(ReplayHome.line(0, "acme", yes.minusSeconds(60)),
				ReplayHome.line(1, "acme", yes.plusMillis(999)), ReplayHome.line(2, "acme", yes.plusSeconds(1)),
				"{\"id\":\"torn", ReplayHome.line(3, "other", yes.plusSeconds(9)),
				ReplayHome.line(4, "acme", Instant.parse("2026-11-21T10:00:01Z")), "\u0000\u00ff",
				"x".repeat(EventCodec.MAX_LINE_LENGTH * 2),
				ReplayHome.line(5, "acme", yes.plusSeconds(9)).replace(ReplayHome.MACHINE, "a b"),
				ReplayHome.line(6, "acme", yes.plusSeconds(9)).replace("order.placed", "order.opened"),
				ReplayHome.line(7, "acme", yes.plusSeconds(9)), ReplayHome.line(8, "acme", yes.plusSeconds(20))));
		Cli.Answer answer = this.home.replay("--event", "order.placed", "--until", "2026-11-20T10:00:20Z");
		assertThat(answer.out()).contains("12 lines read, 2 events sent, from 2026-11-20T10:00:01Z to",
				"not sent: 4 no events, 1 of another tool, 2 from before the yes, or its very second, 1 from the future,"
						+ " 1 not from the time asked for, 1 not of the events asked for\n");
		assertThat(answer.code()).isZero();
		assertThat(this.receiver.ids()).containsExactly(ReplayHome.id(2), ReplayHome.id(7));
	}

	@Test
	void whatWasRecordedUnderAnEarlierYesStays() throws IOException {
		this.home.yes(ReplayHome.YES.plusSeconds(509), ConsentScope.EXPORT,
				ReplayHome.notice(ReplayHome.destination("http", this.receiver.address())));
		assertThat(this.home.replay().out()).contains("500 events sent", "500 from before the yes");
		assertThat(this.receiver.ids()).isEqualTo(ReplayHome.ids(500, MANY));
	}

	@Test
	void sinceNamesTheFirst() {
		this.home.replay("--since", "2026-11-20T10:00:20Z");
		assertThat(this.receiver.ids()).isEqualTo(ReplayHome.ids(10, MANY));
	}

	@Test
	void aDryRunOpensNoConnectionAndWritesNothing() throws IOException {
		List<String> before = files();
		Cli.Answer answer = this.home.replay("--dry-run");
		assertThat(answer.out()).isEqualTo("to http at " + this.receiver.address() + "/events\n"
				+ "1000 lines read, 1000 events would be sent, from 2026-11-20T10:00:10Z to 2026-11-20T10:16:49Z\n");
		assertThat(answer.code()).isZero();
		assertThat(this.receiver.requests()).isEmpty();
		assertThat(files()).isEqualTo(before);
		this.home.replay();
		assertThat(files()).isNotEqualTo(before);
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.map(Path::toString).sorted().toList();
		}
	}

	@Test
	void identifiersAreNotedBeforeTheFirstEventLeaves() throws IOException {
		IdJournal journal = new IdJournal(this.home.home(), Instant::now);
		List<Object> noted = new ArrayList<>();
		this.receiver.reply((request) -> {
			noted.add(ids(journal));
			return status(200);
		});
		assertThat(journal.ids()).isEmpty();
		this.home.replay();
		assertThat(noted).isNotEmpty().allSatisfy((ids) -> assertThat(ids).hasToString("[" + ReplayHome.MACHINE + "]"));
	}

	private static String ids(IdJournal journal) {
		try {
			return journal.ids().toString();
		}
		catch (IOException ex) {
			return String.valueOf(ex);
		}
	}

	@Test
	void whatCannotBeNotedIsNotSent() throws IOException {
		Files.createDirectory(this.directory.resolve("ids.jsonl"));
		Cli.Answer answer = this.home.replay();
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("0 events sent", "the identifier could not be noted", "1000 events are left");
		assertThat(this.receiver.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1", "3" })
	void afterANoNotOneRequestMore(int requests) {
		AtomicInteger seen = new AtomicInteger();
		this.receiver.reply((request) -> {
			if (seen.incrementAndGet() == requests) {
				this.home.no();
			}
			return status(200);
		});
		Cli.Answer answer = this.home.replay();
		assertThat(this.receiver.requests()).hasSize(requests);
		assertThat(answer.code()).isOne();
		int sent = this.receiver.ids().size();
		assertThat(answer.out()).contains(sent + " events sent", "stopped: the yes does not stand any more",
				(MANY - sent) + " events are left; go on with --since " + ReplayHome.YES.plusSeconds(10 + sent));
	}

	/** What is small in the log can be large over OTLP. */
	@ParameterizedTest
	@ValueSource(strings = { "logs", "traces" })
	void aBatchIsOneRequestWhateverOtlpMakesOfIt(String signal) throws IOException {
		String attributes = IntStream.range(0, 60).mapToObj((i) -> "\"" + i + "\":1").collect(Collectors.joining(","));
		this.home
			.yes(ReplayHome.YES, ConsentScope.EXPORT,
					ReplayHome.notice(ReplayHome.destination("otlp", this.receiver.address())))
			.without("TELEMETRY_HTTP_ENDPOINT")
			.variable("TELEMETRY_ENDPOINT", this.receiver.address() + "/v1/" + signal)
			.variable("TELEMETRY_COMPRESSION", "none")
			.log("telemetry.log",
					ReplayHome.lines(0, MANY)
						.stream()
						.map((line) -> line.replaceFirst("\"items\":\\d+", attributes))
						.toList());
		this.receiver.reply((request) -> {
			this.home.no();
			return status(200);
		});
		this.home.replay();
		assertThat(this.receiver.requests()).singleElement()
			.satisfies((request) -> assertThat(request.wire().length).isBetween(16 * 1024, 64 * 1024));
	}

	@Test
	void aNoWhileSomebodyWaitsForTheReceiverIsTheEnd() {
		this.receiver.reply((request) -> {
			this.home.no();
			return status(503);
		});
		assertThat(this.home.replay().out()).contains("0 events sent", "stopped: the yes does not stand any more");
		assertThat(this.receiver.requests()).hasSize(1);
	}

	@Test
	void anotherYesIsNotTheOneTheLogWasReadUnder() {
		AtomicBoolean once = new AtomicBoolean();
		this.receiver.reply((request) -> {
			if (once.compareAndSet(false, true)) {
				yesAgain();
			}
			return status(200);
		});
		assertThat(this.home.replay().out()).contains("stopped: the yes does not stand any more");
		assertThat(this.receiver.requests()).hasSize(1);
	}

	private void yesAgain() {
		try {
			this.home.store()
				.write(new ConsentRecord(1, true, true, ConsentScope.EXPORT,
						ReplayHome.notice(ReplayHome.destination("http", this.receiver.address())).hash(),
						"f".repeat(32), ReplayHome.YES.plusSeconds(3600), "actuator", "acme"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void aRequestUnderWayIsAbortedByANo() throws InterruptedException {
		CountDownLatch over = new CountDownLatch(1);
		this.receiver.reply((request) -> {
			this.home.no();
			await(over);
			return status(200);
		});
		Cli.Answer answer = this.home.replay();
		over.countDown();
		assertThat(answer.out()).contains("0 events sent", "stopped: the yes does not stand any more");
		assertThat(this.receiver.requests()).hasSize(1);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void aReceiverThatAsksForPatienceGetsItAndThenEveryEventOnce() {
		AtomicInteger seen = new AtomicInteger();
		this.receiver.reply((request) -> (seen.incrementAndGet() == 2) ? new Receiver.Reply(429, "Retry-After", "30")
				: status(200));
		assertThat(this.home.replay().code()).isZero();
		assertThat(this.home.waited()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
		List<String> ids = this.receiver.ids();
		assertThat(ids).hasSizeGreaterThan(MANY);
		assertThat(ids.stream().distinct().toList()).isEqualTo(ReplayHome.ids(0, MANY));
		assertThat(this.receiver.requests().get(1).body()).isEqualTo(this.receiver.requests().get(2).body());
	}

	@Test
	void aReceiverThatStaysAwayIsTriedFiveTimes() {
		this.receiver.reply((request) -> status(503));
		Cli.Answer answer = this.home.replay();
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("0 events sent", "answered 503, 5 times in a row",
				"1000 events are left; go on with --since 2026-11-20T10:00:10Z");
		assertThat(this.receiver.requests()).hasSize(5);
	}

	@Test
	void nobodyWaitsForHours() {
		this.receiver.reply((request) -> new Receiver.Reply(503, "Retry-After", "1800"));
		assertThat(this.home.replay().out()).contains("asks to be left alone for 30 minutes");
		assertThat(this.receiver.requests()).hasSize(1);
		assertThat(this.home.waited()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "401, check 'telemetry.http.headers'", "404, check the path of 'telemetry.http.endpoint'",
			"302, a redirect" })
	void whatHasToBeMendedStopsItAtOnceAndSaysHow(int status, String mend) throws IOException {
		try (Receiver elsewhere = new Receiver()) {
			AtomicInteger seen = new AtomicInteger();
			this.receiver.reply((request) -> (seen.incrementAndGet() == 1) ? status(200)
					: new Receiver.Reply(status, "Location", elsewhere.address()));
			Cli.Answer answer = this.home.replay();
			assertThat(answer.code()).isOne();
			int sent = this.receiver.requests().get(0).ids().size();
			assertThat(answer.out()).contains(sent + " events sent", "answered " + status, mend,
					"go on with --since " + ReplayHome.YES.plusSeconds(10 + sent));
			assertThat(this.receiver.requests()).hasSize(2);
			assertThat(elsewhere.requests()).isEmpty();
		}
	}

	@Test
	void anEventThatIsRefusedTakesNoOtherWithIt() {
		String bad = ReplayHome.id(3);
		this.receiver.reply((request) -> status(request.ids().contains(bad) ? 400 : 200));
		Cli.Answer answer = this.home.replay();
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("999 events sent", "refused for good by the receiver: 1\n")
			.doesNotContain("stopped");
	}

	@Test
	void aReceiverThatIsDownSaysSo() {
		this.receiver.close();
		Cli.Answer answer = this.home.replay();
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("0 events sent", "stopped: ", "localhost:" + this.receiver.port());
	}

	@Test
	void settingsComeFromTheHomeAndSecretsAreNeverShown() throws IOException {
		this.home.without("TELEMETRY_HTTP_ENDPOINT")
			.file("telemetry.yaml", "http:\n  endpoint: " + this.receiver.address()
					+ "/mine\n  bearer-token: s3cret\n  headers:\n    X-Tenant: t3nant\n");
		Cli.Answer answer = this.home.replay("--header", "X-Other: 0ther");
		assertThat(answer.code()).isZero();
		assertThat(this.receiver.requests()).allSatisfy((request) -> {
			assertThat(request.path()).isEqualTo("/mine");
			assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer s3cret");
			assertThat(request.headers().getFirst("X-Tenant")).isEqualTo("t3nant");
			assertThat(request.headers().getFirst("X-Other")).isEqualTo("0ther");
		});
		this.receiver.reply((request) -> status(401));
		Cli.Answer refused = this.home.replay("--output", "json");
		for (Cli.Answer each : List.of(answer, refused)) {
			assertThat(each.out() + each.err()).doesNotContain("s3cret", "t3nant", "0ther");
		}
	}

	@Test
	void headersOfOneAddressAreNotToldToAnother() {
		this.home.variable("TELEMETRY_HTTP_HEADERS", "X-Tenant: t3nant");
		this.home.replay("--to", "http", "--endpoint", this.receiver.address() + "/other");
		assertThat(this.receiver.requests()).isNotEmpty()
			.allSatisfy((request) -> assertThat(request.headers()).doesNotContainKey("X-Tenant"));
		this.home.replay();
		assertThat(this.receiver.requests())
			.anySatisfy((request) -> assertThat(request.headers()).containsKey("X-Tenant"));
	}

	@Test
	void theAnswerIsJsonOnDemand() {
		assertThat(this.home.replay("--output", "json", "--event", "none").out())
			.isEqualTo("{\"to\":\"" + this.receiver.address() + PATH + "\",\"dryRun\":false,\"read\":1000,\"sent\":0,"
					+ "\"rejected\":0,\"left\":0,\"skipped\":{\"other_event\":1000}}\n");
		assertThat(this.home.no().replay("--output", "json").out()).startsWith("{\"refused\":\"taken back");
	}

	@Test
	void whatCannotBeUnderstoodIsTwo() throws IOException {
		List<List<String>> lines = List.of(List.of("--since", "yesterday"), List.of("--to", "smoke"),
				List.of("--endpoint", "collector"), List.of("--header", "s3cret"));
		for (List<String> options : lines) {
			Cli.Answer answer = this.home.replay(options.toArray(String[]::new));
			assertThat(answer.code()).as(options.toString()).isEqualTo(2);
			assertThat(answer.err()).doesNotContain("mistake", "s3cret");
		}
		assertThat(this.home.replayOf(this.directory.resolve("nowhere")).err()).contains("does not exist");
		this.home.without("TELEMETRY_HTTP_ENDPOINT");
		assertThat(this.home.replay().err()).contains("nothing says where to send");
		assertThat(this.receiver.requests()).isEmpty();
	}

	@Test
	void aLogThatIsNotThereIsTwo() throws IOException {
		Files.delete(this.directory.resolve("telemetry.log"));
		Cli.Answer answer = this.home.replay();
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("telemetry.log' does not exist; name the log");
	}

	@Test
	void aLogThatIsALinkIsRefused() throws IOException {
		Path log = this.directory.resolve("telemetry.log");
		Path other = Files.move(log, this.directory.resolve("other.log"));
		Files.createSymbolicLink(log, other);
		assertThat(this.home.replay().code()).isEqualTo(2);
		assertThat(this.receiver.requests()).isEmpty();
	}

	@Test
	void damageAnywhereCostsDamagedLinesAlone() throws IOException {
		Random random = new Random(7);
		for (int run = 0; run < 20; run++) {
			byte[] log = String.join("\n", ReplayHome.lines(0, 50)).getBytes(StandardCharsets.US_ASCII);
			IntStream.range(0, 20).forEach((i) -> log[random.nextInt(log.length)] = (byte) random.nextInt(256));
			Files.write(this.directory.resolve("telemetry.log"), log);
			int before = this.receiver.ids().size();
			Cli.Answer answer = this.home.replay();
			assertThat(answer.err()).isEmpty();
			assertThat(answer.code()).isZero();
			assertThat(this.receiver.ids().size() - before).isGreaterThan(25);
		}
	}

}
