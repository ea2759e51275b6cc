package dev.telemetry.pipeline;

import java.util.Arrays;

/**
 * The parts of a text that one rule wants to be replaced. Parts that overlap become one;
 * empty ones are none.
 */
final class Findings {

	/** Start and end of each part share one number, so that sorting is by the start. */
	private long[] parts = new long[8];

	private int size;

	void add(int start, int end) {
		if (end <= start) {
			return;
		}
		if (this.size == this.parts.length) {
			this.parts = Arrays.copyOf(this.parts, 2 * this.size);
		}
		this.parts[this.size++] = (long) start << Integer.SIZE | end;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Replace the parts by the marker.
	 * @param source the text as it was recorded
	 * @param reading what of it the rule has read
	 * @return the source with markers
	 */
	String replaceIn(String source, TextReading reading) {
		Arrays.sort(this.parts, 0, this.size);
		StringBuilder result = new StringBuilder(source.length() + Redactor.MARKER.length());
		int copied = 0;
		for (int i = 0; i < this.size; i++) {
			int start = Math.max(reading.start((int) (this.parts[i] >>> Integer.SIZE)), copied);
			int end = reading.end((int) this.parts[i]);
			if (end > start) {
				boolean touches = start == copied && i > 0;
				result.append(source, copied, start).append(touches ? "" : Redactor.MARKER);
				copied = end;
			}
		}
		return result.append(source, copied, source.length()).toString();
	}

}
