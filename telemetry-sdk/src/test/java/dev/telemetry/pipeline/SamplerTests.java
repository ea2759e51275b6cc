package dev.telemetry.pipeline;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SamplerTests {

	@Test
	@Tag("P24")
	void keepsWhenRateIsCertainDoesNotDraw() {
		AtomicInteger draws = new AtomicInteger();
		Sampler sampler = new Sampler(draws::incrementAndGet);
		assertThat(sampler.keeps(1)).isTrue();
		assertThat(sampler.keeps(2)).isTrue();
		assertThat(sampler.keeps(0)).isFalse();
		assertThat(sampler.keeps(-1)).isFalse();
		assertThat(sampler.keeps(Double.NaN)).isFalse();
		assertThat(draws).hasValue(0);
	}

	@Test
	@Tag("P24")
	void keepsWhenDrawIsBelowTheRate() {
		assertThat(new Sampler(() -> 0.2499).keeps(0.25)).isTrue();
		assertThat(new Sampler(() -> 0.25).keeps(0.25)).isFalse();
		assertThat(new Sampler(() -> 0).keeps(Double.MIN_VALUE)).isTrue();
	}

	@Test
	void keepsWhenThereIsAKeyDoesNotDrawAndAnswersAlways() {
		Sampler sampler = new Sampler(() -> {
			throw new AssertionError("no draw");
		});
		Sampler other = new Sampler(() -> 0);
		for (int i = 0; i < 200; i++) {
			String key = "session-" + i;
			assertThat(sampler.keeps(0.5, key)).isEqualTo(other.keeps(0.5, key));
			assertThat(sampler.keeps(0.25, key) && !sampler.keeps(0.5, key)).isFalse();
			assertThat(sampler.keeps(1, key)).isTrue();
			assertThat(sampler.keeps(0, key)).isFalse();
		}
		assertThat(other.keeps(0.5, null)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.01, 0.25, 0.9 })
	void keepsWhenThereIsAKeyKeepsThatShareOfTheKeys(double rate) {
		Sampler sampler = new Sampler(() -> 0);
		int kept = 0;
		for (int i = 0; i < 100_000; i++) {
			kept += sampler.keeps(rate, Integer.toString(i)) ? 1 : 0;
		}
		assertThat(kept / 100_000.0).isCloseTo(rate, within(0.01));
	}

}
