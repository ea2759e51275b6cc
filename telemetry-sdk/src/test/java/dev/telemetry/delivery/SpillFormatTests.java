package dev.telemetry.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.telemetry.consent.notice.Mutations;
import dev.telemetry.delivery.SpillFormat.Part;
import dev.telemetry.event.Event;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SpillFormat}, with files as they are and damaged ones. */
@Tag("exhaustive")
@Tag("F-12")
@Tag("F-14")
class SpillFormatTests {

	private static final int MUTATIONS = 10_000;

	private final SpillFormat format = new SpillFormat();

	private final List<Event> events = SpillFixture.events(50);

	private final byte[] file = file(this.events);

	@Test
	void readGivesWhatWasWrittenByteByByte() {
		List<Event> read = this.format.read(this.file, SpillFixture.GRANT::equals);
		assertThat(SpillFixture.lines(read)).isEqualTo(SpillFixture.lines(this.events));
	}

	@Test
	void headerStatesGrantAndCount() {
		assertThat(SpillFormat.header(this.file)).isEqualTo(new SpillFormat.Header(SpillFixture.GRANT, 50));
		assertThat(new String(this.file, StandardCharsets.US_ASCII)).startsWith("TSP1 " + SpillFixture.GRANT + " 50 ");
	}

	@Test
	void readWhenGrantIsAnotherGivesNothing() {
		assertThat(this.format.read(this.file, "f".repeat(32)::equals)).isEmpty();
	}

	/** F-12: a file cut anywhere gives its whole records. */
	@Test
	void readWhenCutAtAnyByteGivesTheWholeRecordsBeforeIt() {
		int header = new String(this.file, StandardCharsets.US_ASCII).indexOf('\n');
		int whole = 0;
		for (int length = 0; length <= this.file.length; length++) {
			if (length > header + 1 && this.file[length - 1] == '\n') {
				whole++;
			}
			assertThat(this.format.read(Arrays.copyOf(this.file, length), SpillFixture.GRANT::equals))
				.as("cut at " + length)
				.hasSize(whole);
		}
		assertThat(whole).isEqualTo(50);
	}

	/** F-14: nothing is invented, and no damage ends in an exception. */
	@Test
	void readWhenMutatedNeverThrowsAndInventsNothing() {
		long seed = System.nanoTime();
		Mutations mutations = new Mutations(seed);
		Set<String> written = new HashSet<>(SpillFixture.lines(this.events));
		int damaged = 0;
		for (int i = 0; i < MUTATIONS; i++) {
			List<Event> read = this.format.read(mutations.mutate(this.file), SpillFixture.GRANT::equals);
			damaged += (read.size() < 50) ? 1 : 0;
			assertThat(read).as("seed " + seed).hasSizeLessThanOrEqualTo(50);
			assertThat(written).as("seed " + seed).containsAll(SpillFixture.lines(read));
		}
		// The positive control: the mutations do hit
		assertThat(damaged).isGreaterThan(MUTATIONS / 10);
		System.out.println("Fuzz: spill seed=" + seed + " files=" + MUTATIONS + " damaged=" + damaged + " invented=0");
	}

	/** F-14: a flipped bit costs its record, or, in the first line, the file. */
	@Test
	void readWhenAByteIsFlippedLosesAtMostThatRecord() {
		int header = new String(this.file, StandardCharsets.US_ASCII).indexOf('\n');
		for (int at = header + 1; at < this.file.length; at++) {
			byte[] flipped = this.file.clone();
			flipped[at] ^= 1;
			// A line feed that is none any more joins two records
			int lost = (this.file[at] == '\n') ? 2 : 1;
			assertThat(this.format.read(flipped, SpillFixture.GRANT::equals)).as("byte " + at)
				.hasSizeGreaterThanOrEqualTo(50 - lost);
		}
		for (int at = 0; at <= header; at++) {
			byte[] flipped = this.file.clone();
			flipped[at] ^= 1;
			assertThat(SpillFormat.header(flipped)).as("byte " + at).isNull();
		}
	}

	@Test
	void readWhenMoreRecordsThanStatedGivesTheStatedOnes() {
		String text = new String(this.file, StandardCharsets.US_ASCII);
		String records = text.substring(text.indexOf('\n') + 1);
		byte[] longer = (text + records).getBytes(StandardCharsets.US_ASCII);
		assertThat(this.format.read(longer, SpillFixture.GRANT::equals)).hasSize(50);
	}

	@Test
	void writeWhenLineIsTooLongPassesTheEventOver() {
		Event.Builder large = Event.builder("large").timestamp(LaneFixture.NOW);
		for (int i = 0; i < 60; i++) {
			large.attribute("a" + i, "\u00eb".repeat(512));
		}
		List<Event> batch = List.of(this.events.get(0), large.build(), this.events.get(1));
		Part part = this.format.write(SpillFixture.GRANT, batch, 0);
		assertThat(part.written()).isEqualTo(2);
		assertThat(part.tooLarge()).isEqualTo(1);
		assertThat(part.next()).isEqualTo(3);
		assertThat(this.format.read(part.content(), SpillFixture.GRANT::equals)).hasSize(2);
	}

	@Test
	void writeWhenBatchIsLargeMakesSeveralFiles() {
		List<Event> batch = SpillFixture.events(5000);
		int written = 0;
		int files = 0;
		for (int next = 0; next < batch.size(); files++) {
			Part part = this.format.write(SpillFixture.GRANT, batch, next);
			assertThat(part.content()).hasSizeLessThanOrEqualTo(SpillFormat.MAX_FILE);
			written += this.format.read(part.content(), SpillFixture.GRANT::equals).size();
			next = part.next();
		}
		assertThat(files).isGreaterThan(1);
		assertThat(written).isEqualTo(5000);
	}

	private byte[] file(List<Event> batch) {
		byte[] content = this.format.write(SpillFixture.GRANT, batch, 0).content();
		assertThat(content).isNotNull();
		return content;
	}

}
