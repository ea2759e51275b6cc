package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.TrackContext;
import dev.telemetry.TrackResult;
import dev.telemetry.autoconfigure.TelemetryChildContextAutoConfiguration;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.TestDatabase;
import dev.telemetry.deletion.DeletionOutcome;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import dev.telemetry.spec.EventDefinition;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of {@code docs/privacy.md}, one test each under the same number and in the
 * same words. Each shows first, or last, that it would see what it promises not to find.
 */
class PrivacyPromisesTests {

	private static final EventType CANARY = EventType.of("canary.sung");

	/** What is planted: nothing, unless these tests are being tested themselves. */
	Fault fault = Fault.NONE;

	@TempDir
	Path directory;

	@Test
	@DisplayName("1. Before consent is granted nothing is recorded, and no file, identifier, thread or connection of ours exists.")
	void promise1() throws IOException {
		try (Installation here = start()) {
			here.context.context().record("order.placed", Map.of("items", 2));
			here.context.context().start(CANARY).close();
			assertThat(here.context.flush(Installation.PATIENCE)).isTrue();
			assertThat(here.home).doesNotExist();
			assertThat(here.threads).isEmpty();
			assertThat(here.remote.made).hasValue(0);
			assertThat(here.context.status().machineId()).isNull();
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("order.placed");
			assertThat(here.logged()).contains("order.placed");
			assertThat(here.threads).isNotEmpty();
			assertThat(here.remote.names()).containsExactly("order.placed");
			assertThat(here.context.status().machineId()).isNotNull();
		}
	}

	@Test
	@DisplayName("2. Silence is never consent; nor is a value we cannot read, or a record we cannot trust.")
	void promise2() throws IOException {
		try (Installation here = start()) {
			assertThat(here.say(2, "telemetry.enabled", "").state()).isNotEqualTo(ConsentState.GRANTED);
			assertThat(here.say(2, "telemetry.enabled", "perhaps").state()).isEqualTo(ConsentState.VETOED);
			here.say(2, "telemetry.enabled", null);
			assertThat(here.say(11, "telemetry.yaml", "perhaps").state()).isEqualTo(ConsentState.UNDECIDED);
			Files.createDirectories(here.home);
			Files.writeString(here.home.resolve("telemetry.opt-in"), "perhaps");
			assertThat(here.gate.refresh().state()).isEqualTo(ConsentState.UNDECIDED);
			Files.writeString(here.home.resolve("consent.json"), "{\"v\":1,\"decision\":\"granted\"}");
			assertThat(here.say(11, "telemetry.yaml", "true").state()).isEqualTo(ConsentState.FAULT);
			assertThat(here.context.context().isCollecting()).isFalse();
			Files.delete(here.home.resolve("consent.json"));
			assertThat(here.gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
		}
	}

	@Test
	@DisplayName("3. An explicit denial beats every grant.")
	void promise3() {
		try (Installation here = start()) {
			here.enable(ConsentScope.EXPORT);
			here.say(11, "telemetry.yaml", "true");
			for (String veto : List.of("telemetry.enabled", "TELEMETRY_OPT_IN")) {
				assertThat(here.context.context().isCollecting()).isTrue();
				assertThat(here.say(2, veto, "no").state()).isEqualTo(ConsentState.VETOED);
				assertThat(here.context.context().isCollecting()).isFalse();
				here.say(2, veto, null);
			}
			assertThat(here.say(3, "DO_NOT_TRACK", "1").state()).isEqualTo(ConsentState.VETOED);
			assertThat(here.enable(ConsentScope.EXPORT).reason()).contains("DO_NOT_TRACK");
			here.say(3, "DO_NOT_TRACK", null);
			here.disable();
			assertThat(here.say(2, "telemetry.enabled", "true").state()).isEqualTo(ConsentState.WITHDRAWN);
		}
	}

	@Test
	@DisplayName("4. A person's answer is never widened by configuration.")
	void promise4() {
		try (Installation here = start()) {
			here.enable(ConsentScope.LOCAL);
			assertThat(here.say(2, "telemetry.enabled", "true").scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(here.say(11, "telemetry.yaml", "true").scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(here.remote.made).hasValue(0);
			assertThat(here.enable(ConsentScope.EXPORT).decision().scope()).isEqualTo(ConsentScope.EXPORT);
			assertThat(here.remote.made).hasValue(1);
		}
	}

	@Test
	@DisplayName("5. A recorded grant expires after 395 days.")
	void promise5() {
		try (Installation here = start()) {
			here.enable(ConsentScope.EXPORT);
			here.now = here.now.plus(Duration.ofDays(395));
			assertThat(here.gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
			here.now = here.now.plusSeconds(1);
			assertThat(here.gate.refresh().state()).isEqualTo(ConsentState.STALE);
			assertThat(here.context.context().isCollecting()).isFalse();
		}
	}

	@Test
	@DisplayName("6. Under consent for this machine only, no sink for another destination is even created.")
	void promise6() throws IOException {
		try (Installation here = start()) {
			Files.createDirectories(here.home);
			Files.writeString(here.home.resolve("telemetry.opt-in"), "true");
			assertThat(here.gate.refresh().scope()).isEqualTo(ConsentScope.LOCAL);
			here.recordAndFlush("order.by.file");
			assertThat(here.logged()).contains("order.by.file");
			assertThat(here.remote.made).hasValue(0);
			here.enable(ConsentScope.LOCAL);
			here.recordAndFlush("order.placed");
			assertThat(here.logged()).contains("order.placed");
			assertThat(here.remote.made).hasValue(0);
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("order.placed");
			assertThat(here.remote.made).hasValue(1);
		}
	}

	@Test
	@DisplayName("7. When a denial is answered, nothing is recorded, written or sent by us any more.")
	void promise7() throws Exception {
		CountDownLatch sending = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		try (Installation here = start()) {
			here.remote.before = () -> {
				sending.countDown();
				RecordingSink.await(released);
			};
			here.enable(ConsentScope.EXPORT);
			here.context.context().record("before.no");
			here.context.flush(Duration.ZERO);
			RecordingSink.await(sending);
			Thread person = new Thread(here::disable);
			person.start();
			Patience.until("the no waits", () -> !person.isAlive() || person.getState() == Thread.State.TIMED_WAITING);
			assertThat(person.isAlive()).as("waits for what is being sent").isTrue();
			assertThat(here.context.context().isCollecting()).isFalse();
			released.countDown();
			Patience.end(person);
			String log = here.logged();
			here.context.context().record("after.no");
			assertThat(here.context.flush(Installation.PATIENCE)).isTrue();
			assertThat(here.remote.names()).containsExactly("before.no");
			assertThat(here.logged()).isEqualTo(log).doesNotContain("after.no");
		}
	}

	@Test
	@DisplayName("8. What was waiting at a withdrawal is discarded, and a later grant does not bring it back.")
	void promise8() throws Exception {
		CountDownLatch refused = new CountDownLatch(1);
		try (Installation here = start()) {
			here.remote.before = () -> {
				refused.countDown();
				throw new TelemetryException(TelemetryException.Kind.IO, "the receiver is away", true, null);
			};
			here.enable(ConsentScope.EXPORT);
			here.context.context().record("before.no");
			here.context.flush(Duration.ZERO);
			RecordingSink.await(refused);
			assertThat(here.context.status().sinks())
				.anySatisfy((sink) -> assertThat(sink.pending() + sink.spilled()).isEqualTo(1));
			here.disable();
			assertThat(here.home.resolve("spill")).doesNotExist();
			assertThat(here.context.status().sinks())
				.allSatisfy(
						(sink) -> assertThat(sink.pending() + sink.spilled()).as("waits in %s", sink.name()).isZero())
				.filteredOn((sink) -> sink.name().equals("recording"))
				.allSatisfy((sink) -> assertThat(sink.dropped()).containsEntry("withdrawn", 1L));
			here.remote.before = () -> {
			};
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("after.yes");
			assertThat(here.remote.names()).containsExactly("after.yes");
		}
	}

	@Test
	@DisplayName("9. A denial that another process of the same home, or a replica with the same database, stored holds"
			+ " here within a second.")
	void promise9() throws IOException {
		noElsewhereHoldsHere(start(), start());
		TestDatabase database = TestDatabase.h2("h2");
		noElsewhereHoldsHere(replica("here", database), replica("there", database));
	}

	private Installation replica(String name, TestDatabase database) {
		Installation replica = new Installation(this.directory.resolve(name), List.of(), Map.of(), Fault.NONE,
				TestDatabase.store(database, "demo-app", System::nanoTime));
		replica.gate.refresh();
		return replica;
	}

	private static void noElsewhereHoldsHere(Installation one, Installation other) throws IOException {
		try (Installation here = one) {
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("before.no");
			try (Installation there = other) {
				there.disable();
			}
			assertThat(here.context.context().isCollecting()).isTrue();
			here.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			// What every worker does before it enters the session
			here.gate.checkRecord();
			here.context.context().record("after.no");
			assertThat(here.context.context().isCollecting()).isFalse();
			assertThat(here.remote.names()).containsExactly("before.no");
			assertThat(here.logged()).doesNotContain("after.no");
		}
	}

	@Test
	@DisplayName("10. A denial sends nothing.")
	void promise10() {
		try (FakeCollector collector = new FakeCollector();
				Installation here = start(RealApplication.otlp(collector))) {
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("before.no");
			assertThat(collector.requests()).hasSize(1);
			here.disable();
			here.context.close();
			assertThat(collector.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("11. Of an exception only the simple name of its class is recorded.")
	void promise11() throws IOException {
		try (Installation here = start()) {
			here.enable(ConsentScope.EXPORT);
			try (EventScope scope = here.context.context().start(CANARY)) {
				scope.failed(new IllegalStateException("parrot", new IOException("budgie")));
			}
			here.recordAndFlush("after.failure");
			String kept = here.everythingOnDisk() + here.remote.received;
			assertThat(kept).contains("\"error\":\"IllegalStateException\"")
				.doesNotContain("parrot", "budgie", "IOException", "java.lang", "PrivacyPromisesTests");
		}
	}

	@Test
	@DisplayName("12. What we recognise in a text as a secret, a person or a machine is replaced before it is kept or sent.")
	void promise12() throws IOException {
		Map<String, String> metadata = new LinkedHashMap<>(Map.of("harmless", Canary.HARMLESS));
		Canary.all().forEach((canary) -> metadata.put("m" + metadata.size(), canary.text()));
		try (FakeCollector collector = new FakeCollector();
				Installation here = new Installation(this.directory.resolve("home"),
						List.of(RealApplication.otlp(collector)), metadata)) {
			here.enable(ConsentScope.EXPORT);
			Canary.all().forEach((canary) -> canary.sing(here));
			here.recordAndFlush(Canary.HARMLESS);
			List<String> places = new ArrayList<>(List.of(here.everythingOnDisk(), here.remote.received.toString(),
					here.context.status().toString()));
			StringBuilder sent = new StringBuilder();
			collector.requests().forEach((request) -> sent.append(new String(request.body(), StandardCharsets.UTF_8)));
			places.add(sent.toString());
			assertThat(here.remote.received).hasSizeGreaterThan(4 * Canary.all().size());
			assertThat(List.of(places.get(0), places.get(1), places.get(3)))
				.allSatisfy((place) -> assertThat(place).contains(Canary.HARMLESS, "[redacted]"));
			assertThat(Canary.all()).hasSizeGreaterThanOrEqualTo(60)
				.allSatisfy((canary) -> assertThat(canary.foundIn(places)).as(canary.text()).isEmpty());
		}
	}

	@Test
	@DisplayName("13. Over OTLP nothing leaves but what the tables below list.")
	void promise13() {
		try (FakeCollector collector = new FakeCollector();
				Installation here = start(RealApplication.otlp(collector))) {
			here.enable(ConsentScope.EXPORT);
			here.context.context().event(CANARY).attribute("note", "a").record();
			here.recordAndFlush("after.canary");
			FakeCollector.Request request = collector.requests().get(0);
			assertThat(request.headers().keySet()).containsExactlyInAnyOrder("Host", "User-agent", "Content-type",
					"Content-encoding", "Content-length");
			assertThat(keys(request.logs().getResourceLogs(0).getResource().getAttributesList()))
				.containsExactlyInAnyOrder("service.name", "service.namespace", "service.version",
						"deployment.environment", "deployment.environment.name", "telemetry.opt_in_source", "os.type",
						"host.arch", "process.runtime.version", "tool.name", "tool.version", "machine.id",
						"session.id");
			assertThat(keys(collector.logRecords().get(0).getAttributesList())).containsExactlyInAnyOrder("event.id",
					"event.name", "telemetry.attr.note");
		}
	}

	private static List<String> keys(List<KeyValue> attributes) {
		return attributes.stream().map(KeyValue::getKey).toList();
	}

	@Test
	@DisplayName("14. One request carries at most 64 KiB.")
	void promise14() {
		SplittableRandom random = new SplittableRandom(1);
		try (FakeCollector collector = new FakeCollector();
				Installation here = start(RealApplication.otlp(collector))) {
			here.enable(ConsentScope.EXPORT);
			for (int i = 0; i < 1000; i++) {
				String words = random.ints(80, 0, 1 << 20)
					.mapToObj((n) -> Integer.toString(n, 26).replaceAll("\\d", "x"))
					.reduce("", (a, b) -> a + " " + b);
				here.context.context().event(CANARY).attribute("note", words).record();
			}
			here.recordAndFlush("after.canaries");
			assertThat(collector.logRecords()).hasSize(1001);
			assertThat(collector.requests()).allSatisfy((request) -> assertThat(request.wire()).hasSizeLessThan(65537));
			assertThat(collector.requests().stream().mapToInt((request) -> request.wire().length).sum())
				.as("more than one request could carry")
				.isGreaterThan(2 * 65536);
		}
	}

	@Test
	@DisplayName("15. The identifier of an installation is made from a secret of its own, and cannot be compared with another's.")
	void promise15() {
		try (Installation here = start(); Installation other = new Installation(this.directory.resolve("other"))) {
			here.enable(ConsentScope.LOCAL);
			other.enable(ConsentScope.LOCAL);
			String id = here.context.status().machineId();
			assertThat(id).matches("[0-9a-f]{64}").isNotEqualTo(other.context.status().machineId());
			here.disable();
			assertThat(here.context.status().machineId()).isNull();
			here.enable(ConsentScope.LOCAL);
			assertThat(here.context.status().machineId()).isEqualTo(id);
		}
	}

	@Test
	@DisplayName("16. Every identifier is noted here before the first event that bears it leaves.")
	void promise16() throws IOException {
		List<String> noted = new ArrayList<>();
		try (Installation here = start()) {
			here.enable(ConsentScope.LOCAL);
			here.recordAndFlush("order.placed");
			assertThat(here.journal.ids()).isEmpty();
			here.remote.before = () -> noted.addAll(here.noted());
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("order.placed");
			assertThat(noted).containsExactly(here.context.status().machineId());
		}
	}

	@Test
	@DisplayName("17. A reset erases the local log, the secret and the identifiers; the denial, its receipts and unanswered requests stay.")
	void promise17() {
		try (FakeCollector collector = new FakeCollector()) {
			RealApplication.run(this.directory.resolve("home"), collector, this.fault, (application) -> {
				String id = application.recordUntilRotated();
				assertThat(application.names()).containsAll(RealApplication.ERASED_BY_RESET);
				assertThat(application.reset().ids()).containsExactly(id);
				List<String> names = new ArrayList<>(application.names());
				assertThat(names.remove("deletion")).as("the request that nobody took yet").isTrue();
				assertThat(names).containsExactlyInAnyOrderElementsOf(RealApplication.KEPT_BY_RESET);
				application.enable();
				assertThat(application.machineId()).isNotNull().isNotEqualTo(id);
			});
		}
	}

	@Test
	@DisplayName("18. Everything we write is readable by its owner alone, and never written through a link.")
	void promise18() throws IOException {
		try (FakeCollector collector = new FakeCollector()) {
			RealApplication.run(this.directory.resolve("home"), collector, this.fault, (application) -> {
				application.recordUntilRotated();
				assertThat(application.names()).containsAll(RealApplication.ERASED_BY_RESET)
					.containsAll(RealApplication.KEPT_BY_RESET);
				assertThat(Installation.files(application.home()))
					.allSatisfy((file) -> assertThat(RealApplication.mode(file)).isEqualTo("rw-------"));
				assertThat(RealApplication.mode(application.home())).isEqualTo("rwx------");
			});
		}
		Path target = Files.writeString(this.directory.resolve("target"), "mine");
		Path linked = Files.createDirectories(this.directory.resolve("linked"));
		Files.createSymbolicLink(linked.resolve("telemetry.log"), target);
		try (Installation here = new Installation(linked)) {
			here.enable(ConsentScope.LOCAL);
			here.context.context().record("order.placed");
			assertThat(here.context.flush(Duration.ZERO)).isFalse();
		}
		assertThat(target).hasContent("mine");
	}

	@Test
	@DisplayName("19. Every grant, every denial and every reset leaves a receipt, which names neither a person nor a machine.")
	void promise19() throws IOException {
		try (Installation here = start()) {
			here.enable(ConsentScope.EXPORT);
			here.disable();
			here.gate.reset("command", () -> {
			});
			List<String> receipts = Files.readAllLines(here.home.resolve("consent-receipts.jsonl"));
			assertThat(receipts).hasSize(3);
			assertThat(receipts.get(0)).contains("\"event\":\"consent.granted\"", "\"scope\":\"export\"");
			assertThat(receipts.get(1)).contains("\"event\":\"consent.withdrawn\"");
			assertThat(receipts.get(2)).contains("\"event\":\"consent.reset\"");
			assertThat(receipts).allSatisfy((receipt) -> assertThat(Installation.fieldNames(receipt)).isSubsetOf("v",
					"event", "at", "channel", "scope", "notice", "previous"));
		}
	}

	@Test
	@DisplayName("20. A reset asks for the deletion of every identifier that was sent, and stores that before it erases anything.")
	void promise20() throws Exception {
		try (FakeCollector server = new FakeCollector(); Installation here = start()) {
			List<String> ids = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				Files.deleteIfExists(here.home.resolve("install-secret"));
				here.disable();
				here.enable(ConsentScope.EXPORT);
				here.recordAndFlush("order.placed");
				ids.add(here.context.status().machineId());
			}
			assertThat(ids).doesNotHaveDuplicates();
			server.reply((request) -> Reply.status(503));
			Deletion down = new Deletion(here, server);
			assertThat(down.reset().outcome()).isEqualTo(DeletionOutcome.REQUESTED);
			assertThat(down.storedBeforeErasing()).containsExactlyElementsOf(ids);
			assertThat(here.journal.ids()).isEmpty();
			down.stop();
			int refused = server.requests().size();
			server.reply((request) -> Reply.status(200));
			Deletion up = new Deletion(here, server);
			assertThat(up.reset().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
			assertThat(server.requests().subList(refused, refused + 2)).extracting(Deletion::machineId)
				.containsExactlyElementsOf(ids);
			assertThat(server.requests()).hasSize(refused + 2);
			assertThat(up.reset().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
			assertThat(server.requests()).hasSize(refused + 2);
		}
	}

	@Test
	@DisplayName("21. A reset never says more than there is evidence for.")
	void promise21() throws Exception {
		try (FakeCollector server = new FakeCollector(); Installation here = start()) {
			assertThat(new Deletion(here, server).reset().outcome()).isEqualTo(DeletionOutcome.NOT_NEEDED);
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("order.placed");
			assertThat(new Deletion(here, null).reset().outcome()).isEqualTo(DeletionOutcome.CANNOT_REQUEST);
			for (int status : List.of(302, 404, 429, 500)) {
				server.reply((request) -> Reply.status(status));
				Deletion deletion = new Deletion(here, server);
				assertThat(deletion.reset().outcome()).isEqualTo(DeletionOutcome.REQUESTED);
				deletion.stop();
			}
			assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(4);
			server.reply((request) -> Reply.status(200));
			assertThat(new Deletion(here, server).reset().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
		}
	}

	@Test
	@DisplayName("22. While closed nothing but requests for deletion is sent, and neither under a veto nor under `local-only` are they.")
	void promise22() throws Exception {
		try (FakeCollector server = new FakeCollector(); Installation here = start()) {
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("order.placed");
			int sent = here.remote.names().size();
			here.say(3, "DO_NOT_TRACK", "1");
			assertThat(new Deletion(here, server).reset().outcome()).isEqualTo(DeletionOutcome.REQUESTED);
			here.say(3, "DO_NOT_TRACK", null);
			assertThat(new Deletion(here, server, "telemetry.local-only is true").reset().outcome())
				.isEqualTo(DeletionOutcome.REQUESTED);
			assertThat(server.requests()).isEmpty();
			assertThat(new Deletion(here, server).reset().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
			assertThat(server.requests()).hasSize(1);
			assertThat(here.remote.names()).hasSize(sent);
		}
	}

	@Test
	@DisplayName("23. Events go when they are 30 days old, although no new ones come.")
	void promise23() throws Exception {
		try (Installation here = start()) {
			here.enable(ConsentScope.LOCAL);
			here.recordAndFlush("order.placed");
			here.disable();
			assertThat(here.logged()).contains("order.placed");
			Files.setLastModifiedTime(here.log(), FileTime.from(here.now));
			LocalLog log = new LocalLog(here.log());
			log.expire(LogRotation.DEFAULT, here.now.plus(Duration.ofDays(5)));
			assertThat(here.everythingOnDisk()).contains("order.placed");
			for (int day = 6; day <= 30; day++) {
				log.expire(LogRotation.DEFAULT, here.now.plus(Duration.ofDays(day)));
			}
			assertThat(here.everythingOnDisk()).doesNotContain("order.placed");
		}
	}

	@Test
	@DisplayName("24. Consent is asked for again when more would be collected than it covered.")
	void promise24() throws IOException {
		Path home = this.directory.resolve("home");
		try (FakeCollector collector = new FakeCollector()) {
			RealApplication.run(home, collector, RealApplication::enable);
			RealApplication.run(home, collector, (application) -> {
				assertThat(application.consent().state()).isEqualTo(ConsentState.STALE);
				application.record();
				assertThat(collector.requests()).isEmpty();
			}, "telemetry.metadata.team=blue");
			RealApplication.run(home, collector, (application) -> {
				assertThat(application.consent().state()).isEqualTo(ConsentState.GRANTED);
				application.record();
				assertThat(collector.requests()).isNotEmpty();
			}, "telemetry.runtime-fields=false");
		}
		promise24OfWhatAPropertyMayBe();
	}

	/** A list of values that is taken away makes any text of it. */
	private void promise24OfWhatAPropertyMayBe() throws IOException {
		Path home = this.directory.resolve("other-home");
		Path spec = this.directory.resolve("desk.telemetry.yaml");
		String limited = """
				meta: { key: desk, version: 1, owners: [x] }
				events:
				  - key: order.placed
				    semantics: { what: An order was placed }
				    privacy: internal
				    expires: 2099-12-31
				    properties:
				      payment: { type: string, values: [card, invoice] }
				      items: { type: number, min: 1, max: 100 }
				""";
		try (FakeCollector collector = new FakeCollector()) {
			Files.writeString(spec, limited);
			RealApplication.run(home, collector, RealApplication::enable, "telemetry.specs=file:" + spec);
			for (String limit : List.of(", values: [card, invoice]", ", min: 1", ", max: 100",
					"    expires: 2099-12-31\n")) {
				Files.writeString(spec, limited.replace(limit, ""));
				RealApplication.run(home, collector, (application) -> {
					assertThat(application.consent().state()).as(limit).isEqualTo(ConsentState.STALE);
					application.record();
					assertThat(collector.requests()).isEmpty();
				}, "telemetry.specs=file:" + spec);
			}
			Files.writeString(spec, limited.replace("[card, invoice]", "[card]").replace("100", "99"));
			RealApplication.run(home, collector, (application) -> {
				assertThat(application.consent().state()).isEqualTo(ConsentState.GRANTED);
				application.record();
				assertThat(collector.requests()).isNotEmpty();
			}, "telemetry.specs=file:" + spec);
		}
	}

	@Test
	@DisplayName("25. What is declared personal is kept and sent nowhere in clear.")
	void promise25() throws IOException {
		Path home = this.directory.resolve("home");
		Files.writeString(this.directory.resolve("people.telemetry.yaml"), """
				meta: { key: people, version: 1, owners: [x] }
				events:
				  - key: user.seen
				    semantics: { what: Somebody came }
				    privacy: internal
				    properties:
				      open: { type: string }
				      masked: { type: string, pii: true }
				      unredacted: { type: string, pii: true, redact: false }
				      hashed: { type: string, pii: true, redact: hash }
				      dropped: { type: string, privacy: sensitive, redact: drop }
				      nested: { type: json, privacy: sensitive }
				""");
		try (FakeCollector collector = new FakeCollector()) {
			RealApplication.run(home, collector, (application) -> {
				application.enable();
				TelemetrySdk telemetry = application.context().getBean(TelemetrySdk.class);
				Map<String, Object> said = Map.of("open", "Harmless Bird", "masked", "Canary", "unredacted", "Canary",
						"hashed", "Canary", "dropped", "Canary", "nested", Map.of("Canary", List.of("Canary")),
						"undeclared", "Canary");
				telemetry.context().record("user.seen", said);
				assertThat(telemetry.tracker().track("user.seen", "1.0.0", said, TrackContext.ofSession("Canary")))
					.isEqualTo(TrackResult.ACCEPTED);
				application.record();
				assertThat(telemetry.status().toString()).doesNotContain("Canary");
			}, "telemetry.specs=file:" + this.directory + "/*.telemetry.yaml");
			StringBuilder sent = new StringBuilder();
			collector.requests().forEach((request) -> sent.append(new String(request.body(), StandardCharsets.UTF_8)));
			StringBuilder kept = new StringBuilder();
			for (Path file : Installation.files(home)) {
				kept.append(Files.readString(file, StandardCharsets.ISO_8859_1));
			}
			assertThat(List.of(sent, kept)).allSatisfy(
					(place) -> assertThat(place).contains("Harmless Bird", "[redacted]").doesNotContain("Canary"));
		}
	}

	@Test
	@DisplayName("26. While a setting that may keep events here cannot be read, none leaves this machine.")
	void promise26() throws Exception {
		Path home = Files.createDirectories(this.directory.resolve("home"));
		Path yaml = home.resolve("telemetry.yaml");
		try (FakeCollector collector = new FakeCollector()) {
			RealApplication.run(home, collector, this.fault, (application) -> {
				application.enable();
				application.record();
				assertThat(collector.requests()).hasSize(1);
				for (String unusable : List.of("local-only: true\nservice_name: 'x", "local-onyl: true",
						"telemetry:\n  local-only: true", "local-only: perhaps")) {
					Files.writeString(yaml, unusable);
					assertThat(application.refresh().scope()).as(unusable).isEqualTo(ConsentScope.LOCAL);
					application.record();
					Files.writeString(yaml, "local-only: false");
					assertThat(application.refresh().scope()).isEqualTo(ConsentScope.EXPORT);
				}
				assertThat(collector.requests()).hasSize(1);
				application.record();
				assertThat(collector.requests()).hasSize(2);
			});
		}
	}

	@Test
	@DisplayName("27. What a child of the application's context declares is not recorded, for no notice names it.")
	void promise27() {
		Path home = this.directory.resolve("home");
		try (FakeCollector collector = new FakeCollector()) {
			RealApplication.run(home, collector, this.fault, (application) -> {
				application.enable();
				TelemetrySdk telemetry = application.context().getBean(TelemetrySdk.class);
				EventType canary = EventType.of(EventDefinition.builder("canary.hatched").build());
				telemetry.context().event(canary).attribute("before", true).record();
				try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
					child.setParent(application.context());
					child.registerBean(EventDefinition.class, canary::definition);
					child.register(TelemetryChildContextAutoConfiguration.class);
					child.refresh();
					telemetry.context().event(canary).attribute("afterwards", true).record();
					application.record();
				}
				assertThat(Files.readString(home.resolve("telemetry.log"))).contains("\"before\":true", "order.placed")
					.doesNotContain("afterwards");
				assertThat(telemetry.status().dropped()).containsEntry("undeclared", 1L);
			});
		}
	}

	@Test
	@DisplayName("28. A denial that cannot be stored closes at once, is said to be unstored, and is stored as soon as it can"
			+ " be, over any consent that was granted before it.")
	void promise28() {
		TestDatabase database = TestDatabase.h2("h2");
		TestDatabase away = database.replica();
		try (Installation one = replica("one", database); Installation other = replica("other", away)) {
			one.enable(ConsentScope.EXPORT);
			one.disable();
			other.gate.refresh();
			assertThat(other.gate.decision().state()).isEqualTo(ConsentState.WITHDRAWN);
			away.goAway();
			one.enable(ConsentScope.EXPORT);
			assertThat(other.gate.disable("actuator").outcome()).isEqualTo(Outcome.NOT_PERSISTED);
			away.comeBack();
			try (Installation control = replica("control", away)) {
				assertThat(control.gate.session()).as("what the other one would do").isNotNull();
			}
			other.gate.refresh();
			other.context.context().record("after.no");
			assertThat(other.context.context().isCollecting()).isFalse();
			one.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			one.gate.checkRecord();
			one.context.context().record("after.no");
			assertThat(one.context.context().isCollecting()).isFalse();
			assertThat(Stream.of(one, other).flatMap((each) -> each.remote.names().stream())).isEmpty();
		}
	}

	@Test
	@DisplayName("29. Consent in configuration lasts as long as it is there: a second after it is removed nothing is written"
			+ " or sent, without any request.")
	void promise29() throws IOException {
		Path file = Files.createDirectories(this.directory.resolve("home")).resolve("telemetry.opt-in");
		for (String input : List.of("telemetry.opt-in", "telemetry.yaml")) {
			try (Installation here = start()) {
				if (input.equals("telemetry.yaml")) {
					here.say(11, input, "true");
				}
				else {
					Files.writeString(file, "true");
					here.gate.refresh();
				}
				here.recordAndFlush("while.it.stands");
				assertThat(here.logged()).contains("while.it.stands");
				int sent = here.remote.names().size();
				assertThat(sent).isEqualTo(input.equals("telemetry.yaml") ? 1 : 0);
				here.said.clear();
				Files.deleteIfExists(file);
				here.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
				here.context.context().record("after.it.is.gone");
				here.context.flush(Duration.ZERO);
				Patience.until("the next event finds out", () -> !here.context.context().isCollecting());
				here.context.context().record("long.after");
				assertThat(here.context.flush(Installation.PATIENCE)).isTrue();
				assertThat(here.logged()).doesNotContain("after");
				assertThat(here.remote.names()).hasSize(sent);
				Files.delete(here.log());
			}
		}
	}

	@Test
	@DisplayName("30. What was accepted for this machine only never leaves it, also when a later grant reaches further.")
	void promise30() throws IOException {
		try (Installation here = start()) {
			here.enable(ConsentScope.LOCAL);
			here.recordAndFlush("written.before");
			here.context.context().record("waiting.before");
			EventScope begun = here.context.context().start(EventType.of("begun.before"));
			here.enable(ConsentScope.EXPORT);
			begun.close();
			here.recordAndFlush("after");
			assertThat(here.logged()).contains("written.before", "waiting.before", "begun.before", "after");
			assertThat(here.remote.names()).containsExactly("after");
			here.cap = "telemetry.local-only is true";
			here.gate.refresh();
			here.recordAndFlush("while.capped");
			here.cap = null;
			here.gate.refresh();
			here.recordAndFlush("uncapped");
			assertThat(here.remote.names()).containsExactly("after", "uncapped");
		}
		try (Installation next = start()) {
			next.recordAndFlush("after.restart");
			assertThat(next.remote.names()).containsExactly("after.restart");
		}
	}

	@Test
	@DisplayName("31. A grant or an event that a wrong clock dated in the future lasts no longer than others.")
	void promise31() throws IOException {
		try (Installation here = start()) {
			Instant today = here.now;
			here.now = Instant.parse("2100-01-01T00:00:00Z");
			here.enable(ConsentScope.LOCAL);
			here.recordAndFlush("order.placed");
			Files.setLastModifiedTime(here.log(), FileTime.from(here.now));
			assertThat(here.gate.refresh().state()).as("the clock is not known to be wrong")
				.isEqualTo(ConsentState.GRANTED);
			here.now = today;
			assertThat(here.gate.refresh().state()).isEqualTo(ConsentState.STALE);
			assertThat(here.context.context().isCollecting()).isFalse();
			LocalLog log = new LocalLog(here.log());
			for (int day = 0; day < 30; day++) {
				log.expire(LogRotation.DEFAULT, today.plus(Duration.ofDays(day)));
				assertThat(day > 24 || here.everythingOnDisk().contains("order.placed")).as("day " + day).isTrue();
			}
			log.expire(LogRotation.DEFAULT, today.plus(Duration.ofDays(30)));
			assertThat(here.everythingOnDisk()).doesNotContain("order.placed");
		}
	}

	private Installation start(TelemetrySinkFactory... more) {
		return new Installation(this.directory.resolve("home"), List.of(more), Map.of(), this.fault);
	}

}
