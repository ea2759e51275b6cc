package dev.telemetry.delivery;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.telemetry.delivery.SpillStore.Adoption;
import dev.telemetry.event.DropReason;
import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link SpillStore}: what lies where, and who may take it. */
@Tag("F-14")
@Tag("F-15")
@Tag("T-07")
@Tag("T-08")
@Tag("F-18")
class SpillStoreTests {

	private static final int ALL = Integer.MAX_VALUE;

	private final SpillFixture fixture;

	SpillStoreTests(@TempDir Path home) {
		this.fixture = new SpillFixture(home);
	}

	@Test
	void writeMakesPrivateFilesAndDirectories() throws IOException {
		SpillStore store = this.fixture.store();
		write(store, 3);
		try (Stream<Path> all = Files.walk(this.fixture.home.resolve("spill"))) {
			List<Path> paths = all.toList();
			assertThat(paths).hasSize(5);
			for (Path path : paths) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).as(path.toString())
					.isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
			}
		}
		assertThat(this.fixture.files().get(0).toString()).matches(".*/spill/fake/[0-9a-f]{32}/[0-9]{20}\\.batch");
	}

	@Test
	void closeWhenNothingIsLeftLeavesNoDirectory() throws IOException {
		SpillStore store = this.fixture.store();
		store.remove(write(store, 3));
		store.close();
		assertThat(this.fixture.home.resolve("spill/fake")).isEmptyDirectory();
	}

	/** F-15: the living are left alone. */
	@Test
	void adoptWhenOwnerLivesTakesNothing() throws IOException {
		SpillStore owner = this.fixture.store();
		write(owner, 3);
		assertThat(this.fixture.store().adopt(ALL).files()).isEmpty();
		owner.close();
		assertThat(this.fixture.store().adopt(ALL).files()).hasSize(1);
	}

	@Test
	void adoptWhenNamesAreFromTheFutureCountsThemAsNewOnce() throws IOException {
		Instant today = this.fixture.now;
		this.fixture.now = Instant.parse("2100-01-01T00:00:00Z");
		SpillStore wrong = this.fixture.store();
		write(wrong, 3);
		write(wrong, 2);
		wrong.close();
		for (int day = 0; day < 7; day++) {
			this.fixture.now = today.plus(Duration.ofDays(day));
			SpillStore adopter = this.fixture.store();
			List<SpilledBatch> files = adopter.adopt(ALL).files();
			assertThat(files).as("day " + day).extracting(SpilledBatch::size).containsExactly(3, 2);
			assertThat(files).noneMatch(adopter::isExpired);
			adopter.close();
		}
		this.fixture.now = today.plus(Duration.ofDays(7)).plusSeconds(1);
		Adoption late = this.fixture.store().adopt(ALL);
		assertThat(late.files()).isEmpty();
		assertThat(late.lost()).containsEntry(DropReason.SPILL_AGE, 5);
	}

	@Test
	void lookFindsWhatWaitsAndWhetherItsOwnerLives() throws IOException {
		assertThat(this.fixture.spill().look("fake")).isEqualTo(new SpilledEvents(Set.of(), false));
		SpillStore owner = this.fixture.store();
		write(owner, 3);
		write(owner, 2);
		SpilledEvents living = this.fixture.spill().look("fake");
		assertThat(living.ids()).hasSize(5);
		assertThat(living.alive()).isTrue();
		assertThat(this.fixture.spill().look("other").ids()).isEmpty();
		owner.close();
		assertThat(this.fixture.spill().look("fake")).isEqualTo(new SpilledEvents(living.ids(), false));
		assertThat(this.fixture.files()).hasSize(2);
	}

	@Test
	void lookSkipsWhatIsDamagedAndRefusesWhatCannotBeRead() throws IOException {
		SpillStore owner = this.fixture.store();
		write(owner, 3);
		owner.close();
		Path file = this.fixture.files().get(0);
		Files.writeString(file, "TSP1 damaged");
		assertThat(this.fixture.spill().look("fake").ids()).isEmpty();
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.fixture.spill().look("fake"))
			.withMessageContaining("cannot be read");
	}

	/** F-15: the dead are adopted by exactly one. */
	@Test
	void adoptWhenSeveralTryGivesEachFileToOne() throws Exception {
		for (int i = 0; i < 20; i++) {
			SpillStore dead = this.fixture.store();
			for (int file = 0; file < 10; file++) {
				write(dead, 2);
			}
			dead.close();
		}
		assertThat(this.fixture.files()).hasSize(200);
		int adopters = 8;
		CountDownLatch start = new CountDownLatch(1);
		ExecutorService threads = Executors.newFixedThreadPool(adopters);
		List<Future<List<SpilledBatch>>> adopted = new ArrayList<>();
		for (int i = 0; i < adopters; i++) {
			adopted.add(threads.submit(() -> {
				SpillStore store = this.fixture.store();
				Patience.await("the start", start);
				List<SpilledBatch> found = new ArrayList<>(store.adopt(ALL).files());
				found.addAll(store.adopt(ALL).files());
				return found;
			}));
		}
		start.countDown();
		List<SpilledBatch> all = new ArrayList<>();
		for (Future<List<SpilledBatch>> found : adopted) {
			all.addAll(Patience.result("an adoption", found));
		}
		threads.shutdown();
		assertThat(all).hasSize(200).extracting(SpilledBatch::file).doesNotHaveDuplicates();
		assertThat(all).allSatisfy((file) -> assertThat(file.file()).exists());
	}

	@Test
	void adoptWhenLimitedGoesOnWhereItStopped() throws IOException {
		SpillStore dead = this.fixture.store();
		for (int i = 0; i < 10; i++) {
			write(dead, 1);
		}
		dead.close();
		SpillStore store = this.fixture.store();
		Adoption first = store.adopt(4);
		assertThat(first.files()).hasSize(4);
		assertThat(first.more()).isTrue();
		assertThat(store.adopt(4).files()).hasSize(4);
		Adoption last = store.adopt(4);
		assertThat(last.files()).hasSize(2);
		assertThat(last.more()).isFalse();
	}

	@Test
	void adoptWhenNamesCollideKeepsBothFiles() throws IOException {
		SpillStore one = this.fixture.store();
		SpillStore other = this.fixture.store();
		write(one, 1);
		write(other, 2);
		assertThat(this.fixture.files()).extracting(Path::getFileName)
			.containsOnly(this.fixture.files().get(0).getFileName());
		one.close();
		other.close();
		SpillStore store = this.fixture.store();
		List<SpilledBatch> files = store.adopt(ALL).files();
		assertThat(files).extracting(SpilledBatch::size).containsExactlyInAnyOrder(1, 2);
		assertThat(files).allSatisfy((file) -> assertThat(store.read(file).events()).hasSize(file.size()));
	}

	/** T-07. */
	@Test
	void adoptWhenThereAreLinksAndForeignFilesLeavesThem() throws Exception {
		SpillStore dead = this.fixture.store();
		Path directory = write(dead, 1).file().getParent();
		dead.close();
		Path secret = Files.writeString(this.fixture.home.resolve("secret"), "TSP1");
		Files.createSymbolicLink(directory.resolve("00000000000000000001.batch"), secret);
		assertThat(Patience.exit("mkfifo",
				new ProcessBuilder("mkfifo", directory.resolve("00000000000000000002.batch").toString()).start()))
			.isZero();
		Files.writeString(directory.resolve("notes.txt"), "mine");
		Files.writeString(directory.resolve("00000000000000000003.batch." + "0".repeat(32) + ".tmp"), "torn");
		Files.createSymbolicLink(directory.resolveSibling("0".repeat(32)), directory);
		assertThat(this.fixture.store().adopt(ALL).files()).hasSize(1);
		assertThat(secret).hasContent("TSP1");
		assertThat(directory.resolve("notes.txt")).hasContent("mine");
		try (Stream<Path> left = Files.list(directory)) {
			assertThat(left.map((path) -> path.getFileName().toString())).containsExactlyInAnyOrder("notes.txt",
					"00000000000000000001.batch", "00000000000000000002.batch");
		}
	}

	@Test
	void ownWhenSpillIsALinkWritesNothing() throws IOException {
		Path elsewhere = Files.createDirectory(this.fixture.home.resolve("elsewhere"));
		Files.createSymbolicLink(this.fixture.home.resolve("spill"), elsewhere);
		SpillStore store = this.fixture.store();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> write(store, 1));
		assertThat(elsewhere).isEmptyDirectory();
	}

	/** F-14: nothing is allocated by the size of a file. */
	@Test
	void adoptWhenFileIsHugeErasesIt() throws IOException {
		SpillStore dead = this.fixture.store();
		Path file = write(dead, 1).file();
		dead.close();
		try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
			huge.setLength(2L << 30);
		}
		Adoption adoption = this.fixture.store().adopt(ALL);
		assertThat(adoption.files()).isEmpty();
		assertThat(adoption.lost()).isEqualTo(Collections.singletonMap(DropReason.CORRUPT, 1));
		assertThat(file).doesNotExist();
	}

	@Test
	void storeWhenSinkHasAnyNameNeverSharesOrLeavesTheSpill() {
		this.fixture.settings = new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 1 << 20, Duration.ofDays(1), false);
		for (String name : List.of("..", "a/b", "auditSink", "auditsink", "a b", "a-b", "x".repeat(300))) {
			SpillStore store = this.fixture.spill()
				.store(name, SpillFixture.grant(SpillFixture.GRANT), this.fixture.runtime());
			assertThat(store).isNotNull();
			write(store, 1);
		}
		try (Stream<Path> sinks = Files.list(this.fixture.home.resolve("spill"))) {
			assertThat(sinks.map((path) -> path.getFileName().toString().toLowerCase(Locale.ROOT))).hasSize(7)
				.doesNotHaveDuplicates();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static SpilledBatch write(SpillStore store, int events) {
		try {
			Batch batch = new Batch(0, SpillFixture.events(events));
			return store.write(store.encode(batch, 0).content(), 0, events);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
