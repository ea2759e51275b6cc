package dev.telemetry.storage;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link LibraryBuild} and {@link AgeClock}. */
class LibraryBuildTests {

	private static final Instant BUILT = Instant.parse("2026-11-21T00:00:00Z");

	@Test
	void timeIsThatOfTheBuildAlsoFromAFolderOfClasses() {
		assertThat(LibraryBuild.time()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
	}

	@Test
	void timeWhenTheBuildDidNotSayIsTheEpoch() {
		for (String content : new String[] { "", "built=", "built=${project.build.outputTimestamp}", "built=yesterday",
				"built=\\u12" }) {
			assertThat(LibraryBuild.read(stream(content))).as(content).isEqualTo(Instant.EPOCH);
		}
		assertThat(LibraryBuild.read(null)).isEqualTo(Instant.EPOCH);
		assertThat(LibraryBuild.read(stream("built=2026-11-21T00:00:00Z\n"))).isEqualTo(BUILT);
	}

	@Test
	void clockNeverShowsATimeBeforeTheBuild() {
		AgeClock wrong = AgeClock.of(() -> Instant.EPOCH, BUILT);
		assertThat(wrong.instant()).isEqualTo(BUILT);
		assertThat(wrong.isWrong()).isTrue();
		AgeClock right = AgeClock.of(() -> BUILT.plusSeconds(1), BUILT);
		assertThat(right.instant()).isEqualTo(BUILT.plusSeconds(1));
		assertThat(right.isWrong()).isFalse();
		assertThat(AgeClock.of(() -> BUILT, BUILT).isWrong()).isFalse();
	}

	private static InputStream stream(String content) {
		return new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1));
	}

}
