package dev.telemetry.delivery;

import java.time.Duration;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Backoff}. */
class BackoffTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private static Backoff backoff(double jitter) {
		return new Backoff(new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(60), 1.5, jitter),
				new SplittableRandom(1));
	}

	@Test
	void remainingWhenNothingFailedIsZero() {
		assertThat(backoff(0.2).remaining(Long.MIN_VALUE, false)).isZero();
	}

	@Test
	void failedGrowsByTheMultiplierUpToTheMaximum() {
		Backoff backoff = backoff(0);
		backoff.failed(0, null);
		assertThat(backoff.remaining(0, false)).isEqualTo(SECOND);
		backoff.failed(0, null);
		assertThat(backoff.remaining(0, false)).isEqualTo(3 * SECOND / 2);
		for (int i = 0; i < 100; i++) {
			backoff.failed(0, null);
		}
		assertThat(backoff.remaining(0, false)).isEqualTo(60 * SECOND);
	}

	@Test
	void failedStaysWithinJitterAndVaries() {
		Backoff backoff = backoff(0.2);
		long least = Long.MAX_VALUE;
		long most = 0;
		for (int i = 0; i < 1000; i++) {
			backoff.succeeded();
			backoff.failed(0, null);
			least = Math.min(least, backoff.remaining(0, false));
			most = Math.max(most, backoff.remaining(0, false));
		}
		assertThat(least).isBetween(SECOND * 8 / 10, SECOND * 85 / 100);
		assertThat(most).isBetween(SECOND * 115 / 100, SECOND * 12 / 10);
	}

	@Test
	void succeededStartsAnew() {
		Backoff backoff = backoff(0);
		backoff.failed(0, null);
		backoff.failed(0, null);
		backoff.succeeded();
		assertThat(backoff.remaining(0, false)).isZero();
		backoff.failed(0, null);
		assertThat(backoff.remaining(0, false)).isEqualTo(SECOND);
	}

	@ParameterizedTest
	@CsvSource({ "-10,1", "0,1", "2,2", "3600,3600", "3601,3600", "1000000000000,3600", "9223372036854775807,3600",
			"-9223372036854775808,1" })
	void retryAfterIsClampedToBetweenASecondAndAnHour(long asked, long expected) {
		Backoff backoff = backoff(0);
		backoff.failed(0, Duration.ofSeconds(asked));
		assertThat(backoff.remaining(0, false)).isEqualTo(expected * SECOND);
	}

	@Test
	void hurrySkipsOurOwnWaitButNotTheReceivers() {
		Backoff backoff = backoff(0);
		backoff.failed(0, null);
		assertThat(backoff.remaining(0, true)).isZero();
		backoff.failed(0, Duration.ofSeconds(30));
		assertThat(backoff.remaining(0, true)).isEqualTo(30 * SECOND);
	}

	@Test
	void remainingSurvivesOverflowOfTheMonotonicClock() {
		Backoff backoff = backoff(0);
		backoff.failed(Long.MAX_VALUE - 10, null);
		assertThat(backoff.remaining(Long.MAX_VALUE - 10, false)).isEqualTo(SECOND);
		assertThat(backoff.remaining(Long.MAX_VALUE - 10 + SECOND, false)).isZero();
	}

}
