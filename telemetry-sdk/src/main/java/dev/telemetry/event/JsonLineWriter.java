package dev.telemetry.event;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes JSON values in printable ASCII (0x20 to 0x7e): everything else becomes
 * {@code \}{@code uXXXX}, so that one event stays one line for every reader.
 */
final class JsonLineWriter {

	private static final double SCALE = 10_000;

	// Up to here a scaled number and its quotient are exact
	private static final double MAX_SCALED = 1e15;

	private final LineBuffer secondText = new LineBuffer(20);

	private byte[] second = {};

	private long secondValue = -1;

	void value(Object value, LineBuffer line) {
		if (value instanceof String text) {
			string(text, line);
		}
		else if (value instanceof Long number) {
			line.number(number);
		}
		else if (value instanceof Double number) {
			number(number, line);
		}
		else {
			line.ascii(value.equals(true) ? "true" : "false");
		}
	}

	void string(String text, LineBuffer line) {
		for (int i = line.openText(text); i < text.length(); i++) {
			char c = text.charAt(i);
			if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
				line.append((byte) c);
			}
			else if (c == '"' || c == '\\') {
				line.append((byte) '\\');
				line.append((byte) c);
			}
			else {
				line.append((byte) '\\');
				line.append((byte) 'u');
				line.hex(c, 4);
			}
		}
		line.append((byte) '"');
	}

	/**
	 * Write a number so that it reads back as the same {@link Double}: with a decimal
	 * point even when it is whole.
	 * @param value a finite number
	 * @param line where to write
	 */
	void number(double value, LineBuffer line) {
		double scaled = Math.rint(value * SCALE);
		if (Math.abs(scaled) >= MAX_SCALED || scaled / SCALE != value) {
			line.ascii(Double.toString(value));
			return;
		}
		if (scaled < 0) {
			line.append((byte) '-');
		}
		long magnitude = (long) Math.abs(scaled);
		line.number(magnitude / 10_000);
		line.append((byte) '.');
		long fraction = magnitude % 10_000;
		int digits = 4;
		while (digits > 1 && fraction % 10 == 0) {
			fraction /= 10;
			digits--;
		}
		line.digits(fraction, digits);
	}

	/**
	 * Write a time as RFC 3339 in UTC with milliseconds.
	 * @param millis milliseconds since 1970, before the year 10000
	 * @param line where to write
	 */
	void timestamp(long millis, LineBuffer line) {
		long seconds = Math.floorDiv(millis, 1000L);
		if (seconds != this.secondValue) {
			formatSecond(seconds);
		}
		line.append(this.second);
		line.digits(Math.floorMod(millis, 1000L), 3);
		line.append((byte) 'Z');
	}

	private void formatSecond(long seconds) {
		LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
		LineBuffer text = this.secondText;
		text.truncate(0);
		text.digits(time.getYear(), 4);
		text.append((byte) '-');
		text.digits(time.getMonthValue(), 2);
		text.append((byte) '-');
		text.digits(time.getDayOfMonth(), 2);
		text.append((byte) 'T');
		text.digits(time.getHour(), 2);
		text.append((byte) ':');
		text.digits(time.getMinute(), 2);
		text.append((byte) ':');
		text.digits(time.getSecond(), 2);
		text.append((byte) '.');
		this.second = text.toByteArray();
		this.secondValue = seconds;
	}

}
