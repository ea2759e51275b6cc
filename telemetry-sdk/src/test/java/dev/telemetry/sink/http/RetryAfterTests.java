package dev.telemetry.sink.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link RetryAfter} (F-06). */
@Tag("F-06")
class RetryAfterTests {

	private static final String DATE = "Sat, 21 Nov 2026 03:00:00 GMT";

	@ParameterizedTest
	@CsvSource(nullValues = "null",
			value = { "2,2", "0,0", "-1,null", "abc,null", "'',null", "1000000000000,1000000000000",
					"99999999999999999999999,9223372036854775807", "'Sat, 21 Nov 2026 03:00:30 GMT',30",
					"'Sat, 21 Nov 2026 02:00:00 GMT',0", "'Sat, 99 Foo 2026',null" })
	void retryAfterIsReadAsSecondsOrAsADateAgainstTheAnswersOwn(String value, @Nullable Long seconds) {
		assertThat(RetryAfter.read(value, DATE)).isEqualTo((seconds != null) ? Duration.ofSeconds(seconds) : null);
	}

}
