package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the spill with other processes. */
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

	private static Map<String, Long> numbers(String line) {
		Map<String, Long> numbers = new HashMap<>();
		Matcher matcher = Pattern.compile("(\\w+)=(\\d+)").matcher(line);
		while (matcher.find()) {
			numbers.put(matcher.group(1), Long.valueOf(matcher.group(2)));
		}
		return numbers;
	}

}
