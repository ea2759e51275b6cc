package dev.telemetry.sent;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SentLog} as a memory: what stays, what goes, and how much there is.
 */
class SentLogMemoryTests {

	private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

	private static final EventOrigin ORIGIN = EventOrigin.of("demo-app", "1.0.0");

	private static final Event EVENT = Event.builder("order.placed").origin(ORIGIN).build();

	private final SentLog log = new SentLog(1024 * 1024, InstantSource.fixed(NOW));

	private static SentBody body(int length) {
		return SentBody.of("x".repeat(length).getBytes(StandardCharsets.US_ASCII), false, SentText.PLAIN);
	}

	private static SentRequest add(SentLog log, int length) {
		return log.add(SentHead.unseen("http", "https://a.example.com", 1), body(length));
	}

	@Test
	void oldestGoesFirstAndWhatStaysIsWithinOneMegabyte() {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			ids.add(add(this.log, 20_000).id());
		}
		List<SentRequest> left = this.log.newest(1000);
		assertThat(left).hasSize(51);
		assertThat(left).extracting(SentRequest::id)
			.containsExactlyElementsOf(ids.subList(49, 100).stream().sorted(SentLogMemoryTests::newestFirst).toList());
		assertThat(this.log.forgotten()).isEqualTo(49);
		assertThat(this.log.find(ids.get(48))).isNull();
		assertThat(this.log.find(ids.get(49))).isNotNull();
	}

	private static int newestFirst(String one, String other) {
		return Integer.compare(number(other), number(one));
	}

	private static int number(String id) {
		return Integer.parseInt(id.substring(id.indexOf('-') + 1));
	}

	@Test
	void rowsWithoutBodiesAreBoundedToo() {
		for (int i = 0; i < 10_000; i++) {
			this.log.add(SentHead.unseen("queue", "a", 1), SentBody.UNSEEN);
		}
		assertThat(this.log.newest(10_000)).hasSize(2048);
	}

	@Test
	void bodyLargerThanTheLogLeavesItsRow() {
		SentLog small = new SentLog(2000, InstantSource.fixed(NOW));
		SentRequest request = add(small, 5000);
		assertThat(small.newest(10)).containsExactly(request);
		assertThat(request.body().form()).isEqualTo(SentBody.Form.NOT_KEPT);
		assertThat(request.body().bytes()).isNull();
		assertThat(request.body().size()).isEqualTo(5000);
		assertThat(request.body().sha256()).isEqualTo(body(5000).sha256());
	}

	@Test
	void requestUnderWayDoesNotComeBackAfterAReset() {
		SentRequest request = add(this.log, 10);
		this.log.erase();
		request.answered(200);
		assertThat(this.log.newest(10)).isEmpty();
		assertThat(add(this.log, 10).id()).isNotEqualTo(request.id());
	}

	@Test
	void idsOfTwoProcessesDiffer() {
		SentLog other = new SentLog(1000, InstantSource.fixed(NOW.plusMillis(1)));
		assertThat(add(this.log, 1).id()).isNotEqualTo(add(other, 1).id());
	}

	@Test
	void offRemembersNothingAndObservesNothing() {
		add(SentLog.OFF, 10);
		assertThat(SentLog.OFF.newest(10)).isEmpty();
		TelemetrySinkFactory remote = TelemetrySinkFactory.of("queue", (event) -> {
		});
		assertThat(SentLog.OFF.observe(remote)).isSameAs(remote);
		assertThat(this.log.observe(remote)).isNotSameAs(remote);
	}

	@Test
	void whatStaysOnThisMachineIsNotObserved() {
		TelemetrySinkFactory local = TelemetrySinkFactory.of("memory", new MemorySink());
		assertThat(this.log.observe(local)).isSameAs(local);
	}

	@Test
	void abortedSinkOfTheApplicationLeavesNoRow() throws TelemetryException {
		List<String> taken = new ArrayList<>();
		TelemetrySink sink = this.log.observe(TelemetrySinkFactory.of("queue", (event) -> taken.add(event.name())))
			.create(new SinkSession(ORIGIN, "actuator"));
		sink.emit(EVENT);
		assertThat(this.log.newest(10)).singleElement().matches((request) -> request.outcome().taken());
		sink.abort();
		this.log.erase();
		sink.emit(EVENT);
		assertThat(taken).hasSize(2);
		assertThat(this.log.newest(10)).isEmpty();
	}

	@Test
	void limitMustNotBeNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SentLog(-1, InstantSource.fixed(NOW)));
	}

	@Test
	void bytesThatAreShownAreACopy() {
		SentBody body = body(3);
		byte[] shown = body.bytes();
		assertThat(shown).isNotNull();
		shown[0] = '!';
		assertThat(body.bytes()).isEqualTo("xxx".getBytes(StandardCharsets.US_ASCII));
	}

	@Test
	void severalThreadsAddAndLookAtOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<Boolean>> results = new ArrayList<>();
			Callable<Boolean> adding = () -> {
				for (int i = 0; i < 2000; i++) {
					add(this.log, 1000);
				}
				return true;
			};
			Callable<Boolean> looking = () -> {
				for (int i = 0; i < 500; i++) {
					int bytes = this.log.newest(Integer.MAX_VALUE).size() * 1512;
					if (bytes > 1024 * 1024) {
						return false;
					}
				}
				return true;
			};
			for (Callable<Boolean> task : List.of(adding, adding, looking, looking)) {
				results.add(threads.submit(task));
			}
			for (Future<Boolean> result : results) {
				assertThat(Patience.result("a thread of the test", result)).isTrue();
			}
			assertThat(this.log.newest(Integer.MAX_VALUE).size() + this.log.forgotten()).isEqualTo(4000);
		}
		finally {
			threads.shutdownNow();
		}
	}

}
