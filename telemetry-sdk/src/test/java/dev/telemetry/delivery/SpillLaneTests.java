package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.telemetry.event.Event;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for lanes whose batches wait on disk, driven by hand. */
@Tag("F-01")
@Tag("F-11")
@Tag("F-18")
@ExtendWith(LawOfAccounting.class)
class SpillLaneTests {

	private final SpillFixture fixture;

	SpillLaneTests(@TempDir Path home) {
		this.fixture = new SpillFixture(home);
	}

	@Test
	void runOnceWhenReceiverIsUpSendsAndLeavesNoFile() throws IOException {
		DeliveryLane lane = this.fixture.lane();
		List<Event> events = SpillFixture.events(700);
		events.forEach(lane::offer);
		List<List<Path>> onDisk = new ArrayList<>();
		this.fixture.sink.action = (batch) -> onDisk.add(files());
		assertThat(lane.flush(Duration.ZERO)).isTrue();
		assertThat(onDisk).as("what is on disk while it is sent").hasSize(2).noneMatch(List::isEmpty);
		assertThat(this.fixture.files()).isEmpty();
		assertThat(this.fixture.sent()).isEqualTo(SpillFixture.lines(events));
		assertThat(lane.status().delivered()).isEqualTo(700);
	}

	/**
	 * F-01, F-13: what waits during an outage outlives the process, in order, byte by
	 * byte.
	 */
	@Test
	void openWhenEventsWereLeftSendsThemFirstAndUnchanged() throws IOException {
		List<Event> left = new ArrayList<>(this.fixture.leave(SpillFixture.GRANT, 1000));
		this.fixture.advance(Duration.ofSeconds(1));
		left.addAll(this.fixture.leave(SpillFixture.GRANT, 10));
		DeliveryLane lane = this.fixture.lane();
		List<Event> fresh = SpillFixture.events(5);
		fresh.forEach(lane::offer);
		left.addAll(fresh);
		assertThat(lane.flush(Duration.ZERO)).isTrue();
		assertThat(this.fixture.sent()).isEqualTo(SpillFixture.lines(left));
		assertThat(this.fixture.files()).isEmpty();
		assertThat(lane.status()).satisfies((status) -> {
			assertThat(status.accepted()).isEqualTo(1015);
			assertThat(status.delivered()).isEqualTo(1015);
		});
	}

	@Test
	void statusWhenReceiverIsDownShowsWhatWaitsOnDiskAndNothingInMemory() throws IOException {
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		SpillFixture.events(1024).forEach(lane::offer);
		lane.runOnce();
		assertThat(lane.status()).satisfies((status) -> {
			assertThat(status.pending()).isZero();
			assertThat(status.spilled()).isEqualTo(1024);
			assertThat(status.spilledFiles()).isEqualTo(2);
			assertThat(status.spilledBytes()).isEqualTo(bytes());
		});
		this.fixture.down(false);
		this.fixture.advance(Duration.ofMinutes(1));
		lane.runOnce();
		assertThat(lane.status().delivered()).isEqualTo(1024);
		assertThat(this.fixture.files()).isEmpty();
	}

	@Test
	void openWhenManySmallFilesWereLeftSendsThemTogether() throws IOException {
		SpillStore store = this.fixture.store();
		List<Event> events = SpillFixture.events(1000);
		for (Event event : events) {
			Batch one = new Batch(0, List.of(event));
			store.write(store.encode(one, 0).content(), 0, 1);
		}
		store.close();
		assertThat(this.fixture.files()).hasSize(1000);
		DeliveryLane lane = this.fixture.lane();
		for (int step = 0; step < 10; step++) {
			lane.runOnce();
		}
		assertThat(this.fixture.sent()).isEqualTo(SpillFixture.lines(events));
		assertThat(this.fixture.sink.calls.get()).isBetween(2, 5);
		assertThat(this.fixture.files()).isEmpty();
	}

	@Test
	void sendWhenReceiverTakesAPartKeepsTheRest() throws IOException {
		DeliveryLane lane = this.fixture.lane();
		List<Event> events = SpillFixture.events(600);
		events.forEach(lane::offer);
		this.fixture.sink.action = (batch) -> {
			throw LaneFixture.retry().withProgress(100, 1);
		};
		lane.flush(Duration.ZERO);
		assertThat(lane.status()).satisfies((status) -> {
			assertThat(status.delivered()).isEqualTo(99);
			assertThat(status.spilled()).isEqualTo(500);
			assertThat(status.dropped()).isEqualTo(Map.of("rejected", 1L));
		});
		this.fixture.down(false);
		this.fixture.advance(Duration.ofMinutes(1));
		lane.runOnce();
		assertThat(this.fixture.sent()).isEqualTo(SpillFixture.lines(events.subList(100, 600)));
		assertThat(lane.status().spilled()).isZero();
		assertThat(this.fixture.files()).isEmpty();
	}

	@Test
	void collectWhenMoreThanMayWaitDropsTheOldest() throws IOException {
		this.fixture.down(true);
		this.fixture.settings = new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 100_000, Duration.ofDays(7), false);
		this.fixture.batchSize = 50;
		DeliveryLane lane = this.fixture.lane();
		List<Event> events = SpillFixture.events(2000);
		for (int i = 0; i < events.size(); i++) {
			lane.offer(events.get(i));
			if (i % 50 == 49) {
				lane.runOnce();
				assertThat(bytes()).isLessThanOrEqualTo(100_000);
			}
		}
		DeliveryStatus status = lane.status();
		assertThat(status.spilled() + status.dropped().get("spill_quota")).isEqualTo(2000);
		// One more file would not fit
		assertThat(bytes() + bytes() / status.spilledFiles()).isGreaterThan(100_000 - 2000);
		this.fixture.down(false);
		this.fixture.advance(Duration.ofMinutes(1));
		lane.flush(Duration.ZERO);
		int lost = (int) (2000 - status.spilled());
		assertThat(this.fixture.sent()).isEqualTo(SpillFixture.lines(events.subList(lost, 2000)));
	}

	@Test
	void collectWhenNothingMayWaitOnDiskSendsFromMemory() throws IOException {
		this.fixture.settings = new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 0, Duration.ofDays(7), false);
		DeliveryLane lane = this.fixture.lane();
		SpillFixture.events(10).forEach(lane::offer);
		assertThat(lane.flush(Duration.ZERO)).isTrue();
		assertThat(lane.status().delivered()).isEqualTo(10);
		assertThat(this.fixture.files()).isEmpty();
	}

	@Test
	void runOnceWhenFilesAreTooOldDropsThem() throws IOException {
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		SpillFixture.events(10).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		this.fixture.advance(Duration.ofDays(7).minusSeconds(1));
		lane.runOnce();
		assertThat(lane.status().spilled()).isEqualTo(10);
		this.fixture.advance(Duration.ofMinutes(1));
		lane.runOnce();
		assertThat(lane.status().dropped()).isEqualTo(Map.of("spill_age", 10L));
		assertThat(this.fixture.files()).isEmpty();
	}

	@Test
	void openWhenFilesOfOthersAreTooOldDropsThem() throws IOException {
		this.fixture.leave(SpillFixture.GRANT, 10);
		this.fixture.advance(Duration.ofDays(7));
		DeliveryLane lane = this.fixture.lane();
		lane.runOnce();
		assertThat(lane.status().dropped()).isEqualTo(Map.of("spill_age", 10L));
		assertThat(this.fixture.sent()).isEmpty();
		assertThat(this.fixture.files()).isEmpty();
	}

	/** F-18. */
	@Test
	void runOnceWhenWallClockJumpsDropsNothing() throws IOException {
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		for (String jump : List.of("2106-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-11-21T01:00:00Z")) {
			SpillFixture.events(10).forEach(lane::offer);
			lane.flush(Duration.ZERO);
			this.fixture.now = Instant.parse(jump);
			this.fixture.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
			lane.runOnce();
		}
		assertThat(lane.status().spilled()).isEqualTo(30);
		assertThat(this.fixture.files()).hasSize(3).doesNotHaveDuplicates();
	}

	@Test
	void openWhenGrantIsAnotherErasesAndNeverSends() throws IOException {
		this.fixture.leave("f".repeat(32), 10);
		assertThat(this.fixture.files()).hasSize(1);
		DeliveryLane lane = this.fixture.lane();
		lane.runOnce();
		assertThat(this.fixture.sent()).isEmpty();
		assertThat(this.fixture.files()).isEmpty();
		assertThat(lane.status().dropped()).isEqualTo(Map.of("withdrawn", 10L));
	}

	/** F-14. */
	@Test
	void openWhenARecordIsDamagedDeliversTheOthers() throws IOException {
		List<Event> left = new ArrayList<>(this.fixture.leave(SpillFixture.GRANT, 10));
		Path file = this.fixture.files().get(0);
		List<String> lines = new ArrayList<>(Files.readAllLines(file));
		lines.set(4, lines.get(4).replace("items", "itemz"));
		Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.US_ASCII);
		left.remove(3);
		DeliveryLane lane = this.fixture.lane();
		lane.runOnce();
		assertThat(this.fixture.sent()).isEqualTo(SpillFixture.lines(left));
		assertThat(lane.status().dropped()).isEqualTo(Map.of("corrupt", 1L));
		assertThat(this.fixture.files()).isEmpty();
	}

	@Test
	void openWhenFirstLineIsDamagedCountsTheFile() throws IOException {
		this.fixture.leave(SpillFixture.GRANT, 10);
		Path file = this.fixture.files().get(0);
		Files.writeString(file, Files.readString(file).replace("TSP1", "TSP2"), StandardCharsets.US_ASCII);
		DeliveryLane lane = this.fixture.lane();
		lane.runOnce();
		assertThat(lane.status().dropped()).isEqualTo(Map.of("corrupt", 10L));
		assertThat(this.fixture.sent()).isEmpty();
	}

	@Test
	void runOnceWhenFileVanishesWhileItWaitsCountsIt() throws IOException {
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		SpillFixture.events(10).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		lane.offer(SpillFixture.events(1).get(0));
		lane.flush(Duration.ZERO);
		Files.delete(this.fixture.files().get(1));
		this.fixture.down(false);
		this.fixture.advance(Duration.ofMinutes(1));
		lane.runOnce();
		assertThat(lane.status().delivered()).isEqualTo(10);
		assertThat(lane.status().dropped()).isEqualTo(Map.of("withdrawn", 1L));
	}

	@Test
	void discardForgetsWhatWaitsOnDisk() throws IOException {
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		SpillFixture.events(600).forEach(lane::offer);
		lane.runOnce();
		lane.discard();
		assertThat(lane.status().dropped()).isEqualTo(Map.of("withdrawn", 600L));
		assertThat(this.fixture.files()).isEmpty();
		this.fixture.down(false);
		this.fixture.advance(Duration.ofMinutes(1));
		lane.runOnce();
		assertThat(this.fixture.sent()).isEmpty();
	}

	@Test
	void closeWhenSessionIsOverKeepsWhatIsOnDiskAndWritesNothingMore() throws IOException {
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		SpillFixture.events(10).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		SpillFixture.events(5).forEach(lane::offer);
		this.fixture.pass.open = false;
		lane.close(Duration.ZERO);
		assertThat(lane.status().spilled()).isEqualTo(10);
		assertThat(lane.status().dropped()).isEqualTo(Map.of("withdrawn", 5L));
		assertThat(this.fixture.files()).hasSize(1);
	}

	@Test
	void withdrawnCountsWhatWasOnDisk() {
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		SpillFixture.events(10).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		lane.close(Duration.ZERO);
		lane.withdrawn();
		assertThat(lane.status().dropped()).isEqualTo(Map.of("withdrawn", 10L));
		assertThat(lane.status().spilled()).isZero();
	}

	@Test
	void eraseLeavesNothing() throws IOException {
		this.fixture.leave(SpillFixture.GRANT, 10);
		this.fixture.spill().erase();
		assertThat(this.fixture.home.resolve("spill")).doesNotExist();
		this.fixture.spill().erase();
	}

	@Test
	void runOnceWhenSpillWasErasedUnderneathGoesOnInAnotherDirectory() throws IOException {
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		SpillFixture.events(10).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		this.fixture.spill().erase();
		SpillFixture.events(10).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		SpillFixture.events(10).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		assertThat(this.fixture.files()).hasSize(1);
		this.fixture.down(false);
		this.fixture.advance(Duration.ofMinutes(1));
		lane.flush(Duration.ZERO);
		assertThat(lane.status().pending() + lane.status().spilled()).isZero();
	}

	@Test
	void storeWhenAtMostOnceIsNone() throws IOException {
		this.fixture.settings = new SpillSettings(DeliveryMode.AT_MOST_ONCE, 1 << 20, Duration.ofDays(7), false);
		this.fixture.leave(SpillFixture.GRANT, 10);
		assertThat(this.fixture.home.resolve("spill")).doesNotExist();
		// The positive control
		this.fixture.settings = SpillSettings.DEFAULTS;
		this.fixture.leave(SpillFixture.GRANT, 10);
		assertThat(this.fixture.files()).hasSize(1);
	}

	/** F-11: memory takes over, the law holds, and the next write recovers. */
	@Test
	void collectWhenDirectoryCannotBeMadeSendsFromMemoryAndRecovers() throws IOException {
		Path inTheWay = Files.writeString(this.fixture.home.resolve("spill"), "in the way");
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		List<Event> events = SpillFixture.events(20);
		events.subList(0, 10).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		assertThat(lane.status().pending()).isEqualTo(10);
		assertThat(lane.status().dropped()).isEmpty();
		Files.delete(inTheWay);
		events.subList(10, 20).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		assertThat(lane.status().spilled()).isEqualTo(10);
		this.fixture.down(false);
		this.fixture.advance(Duration.ofMinutes(1));
		lane.flush(Duration.ZERO);
		assertThat(this.fixture.sent()).isEqualTo(SpillFixture.lines(events));
	}

	@Test
	void closeWhenDiskFailedCountsWhatIsLost() throws IOException {
		Files.writeString(this.fixture.home.resolve("spill"), "in the way");
		this.fixture.down(true);
		DeliveryLane lane = this.fixture.lane();
		SpillFixture.events(10).forEach(lane::offer);
		lane.close(Duration.ZERO);
		assertThat(lane.status().dropped()).isEqualTo(Map.of("disk_error", 10L));
	}

	/** The positive control of {@link LawOfAccounting}. */
	@Test
	void balancedWhenAnEventIsMissingIsFalse() {
		assertThat(new DeliveryStatus("a", "b", true, 4, 1, Map.of("rejected", 1L), 0, 1, 1, 9, null, null).balanced())
			.isFalse();
		assertThat(new DeliveryStatus("a", "b", true, 3, 1, Map.of("rejected", 1L), 0, 1, 1, 9, null, null).balanced())
			.isTrue();
	}

	private List<Path> files() {
		try {
			return this.fixture.files();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private long bytes() {
		return files().stream().mapToLong((file) -> file.toFile().length()).sum();
	}

}
