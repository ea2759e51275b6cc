package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the spill with other processes. */
@Tag("F-15")
@Tag("F-19")
@Tag("T-06")
class SpillProcessTests {

	@TempDir
	private Path home;

	/** F-15: a lock ends with its process and not before. */
	@Test
	void adoptWhenAnotherProcessOwnsWaitsForItsDeath() throws Exception {
		SpillFixture fixture = new SpillFixture(this.home);
		try (ChildJvm owner = ChildJvm.start(List.of(), "own", this.home)) {
			assertThat(owner.readLine()).isEqualTo("ready");
			SpillStore store = fixture.store();
			// Looking at everything that is there must not take the lock away either
			assertThat(fixture.files()).hasSize(1);
			assertThat(store.adopt(Integer.MAX_VALUE).files()).isEmpty();
			assertThat(store.adopt(Integer.MAX_VALUE).files()).isEmpty();
			assertThat(store.limit()).as("the other's file counts").isLessThan(fixture.settings.maxBytes());
			owner.kill();
			assertThat(store.adopt(Integer.MAX_VALUE).files()).singleElement().matches((file) -> file.size() == 3);
		}
	}

	/** F-15: of two processes each file goes to one. */
	@Test
	void adoptWhenTwoProcessesTryGivesEachFileToOne() throws Exception {
		SpillFixture fixture = new SpillFixture(this.home);
		Set<String> left = new HashSet<>();
		for (int directory = 0; directory < 50; directory++) {
			SpillStore dead = fixture.store();
			for (int file = 0; file < 4; file++) {
				Batch batch = new Batch(0, SpillFixture.events(1));
				dead.write(dead.encode(batch, 0).content(), 0, 1);
				left.add(batch.events().get(0).id().toString());
			}
			dead.close();
		}
		try (ChildJvm one = ChildJvm.start(List.of(), "adopt", this.home);
				ChildJvm other = ChildJvm.start(List.of(), "adopt", this.home)) {
			assertThat(one.readLine()).isEqualTo("ready");
			assertThat(other.readLine()).isEqualTo("ready");
			one.goOn();
			other.goOn();
			List<String> adopted = new ArrayList<>(adopted(one));
			adopted.addAll(adopted(other));
			assertThat(adopted).doesNotHaveDuplicates().hasSize(200);
			assertThat(new HashSet<>(adopted)).isEqualTo(left);
		}
	}

	private static List<String> adopted(ChildJvm child) throws IOException {
		List<String> ids = new ArrayList<>();
		for (String line = child.readLine(); line != null && !line.equals("done"); line = child.readLine()) {
			ids.add(line);
		}
		return ids;
	}

	/** F-15: what killed processes leave is sent by those that live, each event once. */
	@Test
	void eventsOfFourProcessesOfWhichTwoAreKilledArriveOnce() throws Exception {
		List<ChildJvm> children = new ArrayList<>();
		try {
			for (int i = 0; i < 4; i++) {
				children.add(ChildJvm.start(List.of(), "burst", this.home, 1000));
			}
			for (ChildJvm child : children) {
				assertThat(child.readLine()).isEqualTo("spilled");
			}
			children.get(0).kill();
			children.get(1).kill();
			children.add(ChildJvm.start(List.of(), "drain", this.home));
			children.add(ChildJvm.start(List.of(), "drain", this.home));
			children.get(2).goOn();
			children.get(3).goOn();
			for (ChildJvm child : children.subList(2, 6)) {
				assertThat(child.readLine()).isEqualTo("drained");
			}
		}
		finally {
			children.forEach(ChildJvm::close);
		}
		List<String> received = new ArrayList<>();
		try (DirectoryStream<Path> notes = Files.newDirectoryStream(this.home, "received-*")) {
			for (Path each : notes) {
				received.addAll(Files.readAllLines(each));
			}
		}
		System.out.println("Four processes, two killed: " + received.size() + " received, "
				+ new HashSet<>(received).size() + " distinct");
		assertThat(received).doesNotHaveDuplicates().hasSize(4000);
	}

	/** T-06: modes do not depend on what the process's mask is. */
	@Test
	void filesAreForTheOwnerAloneWhateverTheMask() throws Exception {
		Path open = Files.createDirectory(this.home.resolve("open"));
		try (ChildJvm child = ChildJvm.startWithMask("000", "burst", open, 1000)) {
			assertThat(child.readLine()).isEqualTo("spilled");
			try (Stream<Path> all = Files.walk(open.resolve("spill"))) {
				assertThat(all.toList()).hasSizeGreaterThan(10)
					.allSatisfy((path) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
						.isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
			}
		}
	}

	/** F-19: the heap does not grow with the outage. */
	@Test
	void outageOfAMillionEventsFitsIntoASmallHeap() throws Exception {
		try (ChildJvm child = ChildJvm.start(List.of("-Xmx64m"), "outage", this.home, 1_000_000)) {
			List<String> lines = child.readLines();
			assertThat(child.exitCode()).as(lines::toString).isZero();
			Map<String, Long> down = numbers(lines.get(0));
			assertThat(down).containsEntry("accepted", 1_000_000L).containsEntry("delivered", 0L);
			assertThat(down.get("pending")).isLessThanOrEqualTo(8192);
			assertThat(down.get("bytes")).isBetween(63L << 20, 64L << 20);
			assertThat(down.get("spilled") + down.get("pending") + down.get("spill_quota")).isEqualTo(1_000_000);
			Map<String, Long> up = numbers(lines.get(1));
			assertThat(up.get("delivered")).isEqualTo(down.get("spilled") + down.get("pending"));
			assertThat(up).containsEntry("spilled", 0L).containsEntry("pending", 0L);
			assertThat(lines).allMatch((line) -> !line.contains("balanced=false"));
			System.out.println("Outage of 1,000,000 events at -Xmx64m: " + down);
		}
	}

	/** F-10: a full disk costs nothing that fits into memory, and is survived. */
	@Test
	void writeWhenDiskIsFullKeepsInMemoryAndRecovers() throws Exception {
		String mount = "mount -t tmpfs -o size=1m,mode=700 tmpfs '" + this.home + "'";
		try (ChildJvm child = ChildJvm.startWithMount(mount, "full", this.home)) {
			List<String> lines = child.readLines();
			assertThat(child.exitCode()).as(lines::toString).isZero();
			Map<String, Long> full = numbers(lines.get(0));
			assertThat(full.get("spilled")).as("fitted").isPositive();
			assertThat(full.get("pending")).as("did not fit").isPositive();
			assertThat(full.get("spilled") + full.get("pending")).isEqualTo(8000);
			Map<String, Long> freed = numbers(lines.get(1));
			assertThat(freed.get("spilled")).isGreaterThan(full.get("spilled"));
			assertThat(lines.get(2)).isEqualTo("unfinished 0");
			assertThat(numbers(lines.get(3))).containsEntry("delivered", 8020L).containsEntry("spilled", 0L);
			assertThat(lines).allMatch((line) -> !line.contains("balanced=false"));
		}
	}

	@Test
	@Tag("F-10")
	void writeWhenThereAreNoInodesKeepsInMemoryAndRecovers() throws Exception {
		// The mount, three directories, the lock, five files, and what the trouble makes
		String mount = "mount -t tmpfs -o size=16m,nr_inodes=12,mode=700 tmpfs '" + this.home + "'";
		try (ChildJvm child = ChildJvm.startWithMount(mount, "trouble", this.home, "touch one two", "rm one two")) {
			assertSurvived(child, "no inodes");
		}
	}

	@Test
	@Tag("F-11")
	void writeWhenDiskBecomesReadOnlyKeepsInMemoryAndRecovers() throws Exception {
		// A second mount over the first, since files that are open keep that one writable
		String home = "'" + this.home + "'";
		try (ChildJvm child = ChildJvm.startWithMount("mount -t tmpfs -o size=16m,mode=700 tmpfs " + home, "trouble",
				this.home, "mount --bind " + home + " " + home + " && mount -o remount,ro,bind " + home,
				"cd / && umount " + home)) {
			assertSurvived(child, "read-only");
		}
	}

	@Test
	@Tag("F-20")
	void writeWhenDiskCannotSyncTakesNothingForSafeAndRecovers() throws Exception {
		try (ChildJvm child = ChildJvm.startWithFailures("fsync,fdatasync:error=EIO:when=6..12", "trouble", this.home,
				"true", "true")) {
			assertSurvived(child, "EIO");
		}
	}

	private static void assertSurvived(ChildJvm child, String trouble) throws Exception {
		List<String> lines = child.readLines();
		assertThat(child.exitCode()).as(lines::toString).isZero();
		System.out.println("Disk with " + trouble + ": " + lines);
		Map<String, Long> during = numbers(lines.get(1));
		assertThat(during.get("pending")).as("not taken for safe").isPositive();
		assertThat(during.get("spilled") + during.get("pending")).isEqualTo(6144);
		Map<String, Long> after = numbers(lines.get(2));
		assertThat(after.get("spilled")).as("written again").isGreaterThan(during.get("spilled"));
		assertThat(lines.get(3)).isEqualTo("unfinished 0");
		assertThat(numbers(lines.get(4))).containsEntry("delivered", 6164L).containsEntry("spilled", 0L);
		assertThat(lines).allMatch((line) -> !line.contains("balanced=false"));
	}

	private static Map<String, Long> numbers(String line) {
		Map<String, Long> numbers = new HashMap<>();
		Matcher matcher = Pattern.compile("(\\w+)=(\\d+)").matcher(line);
		while (matcher.find()) {
			numbers.put(matcher.group(1), Long.valueOf(matcher.group(2)));
		}
		return numbers;
	}

}
