package dev.telemetry.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link WarningLimiter}. */
class WarningLimiterTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 3);

	private final List<String> log = new ArrayList<>();

	private final WarningLimiter limiter = new WarningLimiter(this.nanos::get, this.log::add);

	@Test
	void warnWithinAMinuteLogsOnceAndThenTellsHowManyWereHeldBack() {
		this.limiter.warn("a", "one");
		this.limiter.warn("a", "two");
		this.nanos.addAndGet(Duration.ofSeconds(59).toNanos());
		this.limiter.warn("a", "three");
		assertThat(this.log).containsExactly("one");
		this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
		this.limiter.warn("a", "four");
		assertThat(this.log).containsExactly("one", "four (2 more like it since the last warning)");
	}

	@Test
	void warnWithAnotherCauseIsNotHeldBack() {
		this.limiter.warn("a", "one");
		this.limiter.warn("b", "two");
		assertThat(this.log).containsExactly("one", "two");
	}

	@Test
	void warnWithEverNewCausesIsHeldBackInTheEnd() {
		for (int i = 0; i < 1000; i++) {
			this.limiter.warn("cause " + i, "message");
		}
		assertThat(this.log).hasSizeBetween(2, 40);
	}

}
