package dev.telemetry.insight;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.chrono.IsoChronology;

import org.jspecify.annotations.Nullable;

/**
 * When an event happened: a time in UTC as {@link Instant} writes it, of a year with four
 * digits. Read by hand, since it is done for every line of a log.
 *
 * @param text the time as it is in the log
 * @param second the second since the epoch
 * @param nano the nanosecond in it
 */
record EventTime(String text, long second, int nano) {

	private static final String SHAPE = "0000-00-00T00:00:00";

	private static final int SECONDS_PER_DAY = 86_400;

	private static final int MAX_FRACTION = 9;

	/**
	 * Read a time.
	 * @param value what the log says
	 * @return the time, or {@code null} if it is none
	 */
	static @Nullable EventTime parse(@Nullable Object value) {
		if (!(value instanceof String text) || !hasShape(text)) {
			return null;
		}
		int month = number(text, 5, 7);
		int day = number(text, 8, 10);
		int year = number(text, 0, 4);
		int hour = number(text, 11, 13);
		int minute = number(text, 14, 16);
		int second = number(text, 17, 19);
		if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59
				|| day > Month.of(month).length(IsoChronology.INSTANCE.isLeapYear(year))) {
			return null;
		}
		long days = LocalDate.of(year, month, day).toEpochDay();
		return new EventTime(text, days * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second, nano(text));
	}

	private static boolean hasShape(String text) {
		int length = text.length();
		int fraction = length - SHAPE.length() - 2;
		if (length <= SHAPE.length() || text.charAt(length - 1) != 'Z' || fraction > MAX_FRACTION || fraction == 0
				|| (fraction > 0 && text.charAt(SHAPE.length()) != '.')) {
			return false;
		}
		for (int i = 0; i < SHAPE.length(); i++) {
			char wanted = SHAPE.charAt(i);
			if ((wanted == '0') ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
				return false;
			}
		}
		for (int i = SHAPE.length() + 1; i < length - 1; i++) {
			if (!isDigit(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	private static int number(String text, int from, int to) {
		return Integer.parseInt(text, from, to, 10);
	}

	private static int nano(String text) {
		int nano = 0;
		for (int i = 0; i < MAX_FRACTION; i++) {
			int at = SHAPE.length() + 1 + i;
			nano = nano * 10 + ((at < text.length() - 1) ? text.charAt(at) - '0' : 0);
		}
		return nano;
	}

	String day() {
		return this.text.substring(0, 10);
	}

	int compareTo(Instant instant) {
		int seconds = Long.compare(this.second, instant.getEpochSecond());
		return (seconds != 0) ? seconds : Integer.compare(this.nano, instant.getNano());
	}

	boolean isBefore(EventTime other) {
		return (this.second != other.second) ? this.second < other.second : this.nano < other.nano;
	}

}
