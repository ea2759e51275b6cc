package dev.telemetry.pipeline;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KnownKeys}. */
class KnownKeysTests {

	@Test
	void isSecretWhenKeysShareAPlaceTellsThemApart() {
		KnownKeys keys = new KnownKeys();
		List<String> all = IntStream.range(0, 4000)
			.boxed()
			.flatMap((i) -> Stream.of("item" + i, "item" + i + "_password"))
			.toList();
		for (int round = 0; round < 2; round++) {
			assertThat(all).allSatisfy((key) -> assertThat(keys.isSecret(key)).isEqualTo(key.endsWith("_password")));
		}
	}

}
