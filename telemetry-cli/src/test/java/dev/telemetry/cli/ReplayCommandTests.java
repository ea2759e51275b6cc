package dev.telemetry.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.event.EventCodec;
import dev.telemetry.machine.IdJournal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code replay} sends and what it leaves. */
class ReplayCommandTests extends AbstractReplayTests {

	private static final String PATH = "/events";

	@Test
	void compressedFilesOfTheLogAreReadOrNamed() throws IOException {
		Path home = this.home.directory();
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(home.resolve("telemetry.log.1.gz")))) {
			out.write((ReplayHome.lines(MANY, MANY + 1).get(0) + "\n").getBytes(StandardCharsets.UTF_8));
		}
		Files.write(home.resolve("telemetry.log.2.bz2"), "BZh9".getBytes(StandardCharsets.UTF_8));
		Cli.Answer answer = this.home.replay("--dry-run");
		assertThat(answer.out()).contains((MANY + 1) + " events would be sent",
				"not read: telemetry.log.2.bz2: it is compressed with bzip2; decompress it first");
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
				"not sent: 4 no events, 1 of another tool, 2 from before the grant, or its very second, 1 from the future,"
						+ " 1 not from the time asked for, 1 not of the events asked for\n");
		assertThat(answer.code()).isZero();
		assertThat(this.receiver.ids()).containsExactly(ReplayHome.id(2), ReplayHome.id(7));
	}

	@Test
	void whatWasRecordedUnderAnEarlierYesStays() throws IOException {
		this.home.yes(ReplayHome.YES.plusSeconds(509), ConsentScope.EXPORT,
				ReplayHome.notice(ReplayHome.destination("http", this.receiver.address())));
		assertThat(this.home.replay().out()).contains("500 events sent", "500 from before the grant");
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
