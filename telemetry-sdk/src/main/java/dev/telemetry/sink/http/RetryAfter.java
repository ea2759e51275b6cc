package dev.telemetry.sink.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * Reads the header field {@code Retry-After} (RFC 9110 section 10.2.3): seconds, or a
 * date that is held against the answer's own {@code Date}, so that no clock of ours
 * matters.
 */
final class RetryAfter {

	private RetryAfter() {
	}

	static @Nullable Duration read(@Nullable String retryAfter, @Nullable String date) {
		if (retryAfter == null || retryAfter.isBlank()) {
			return null;
		}
		String text = retryAfter.strip();
		return text.chars().allMatch((c) -> c >= '0' && c <= '9') ? seconds(text) : until(text, date);
	}

	private static Duration seconds(String text) {
		// More digits than a long holds: as long as the lane allows
		return (text.length() > 18) ? Duration.ofSeconds(Long.MAX_VALUE) : Duration.ofSeconds(Long.parseLong(text));
	}

	private static @Nullable Duration until(String text, @Nullable String date) {
		if (date == null) {
			return null;
		}
		try {
			Duration wait = Duration.between(instant(date), instant(text));
			return wait.isNegative() ? Duration.ZERO : wait;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static Instant instant(String date) {
		return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
	}

}
