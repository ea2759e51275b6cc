package dev.telemetry.pipeline;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SamplerTests {

	@Test
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
	void keepsWhenDrawIsBelowTheRate() {
		assertThat(new Sampler(() -> 0.2499).keeps(0.25)).isTrue();
		assertThat(new Sampler(() -> 0.25).keeps(0.25)).isFalse();
		assertThat(new Sampler(() -> 0).keeps(Double.MIN_VALUE)).isTrue();
	}

}
