package dev.telemetry.pipeline.reference;

import org.jspecify.annotations.Nullable;

/**
 * A text as a reader understands it: as it is, or after its escapes were resolved once or
 * several times. What a rule finds in it can be replaced in the source, since each
 * character knows the part of the source it represents.
 */
final class TextReading {

	/** Encoded more often than so many times, nothing is recognised. */
	static final int LEVELS = 3;

	private final String text;

	// Where each character begins in the source, and where the last one ends; null if
	// this is the source
	private final int @Nullable [] starts;

	private TextReading(String text, int @Nullable [] starts) {
		this.text = text;
		this.starts = starts;
	}

	/**
	 * Read a text.
	 * @param source the text
	 * @param level how often its escapes are resolved
	 * @return the reading, or {@code null} if there is nothing more to resolve
	 */
	static @Nullable TextReading of(String source, int level) {
		@Nullable TextReading reading = new TextReading(source, null);
		for (int i = 0; i < level && reading != null; i++) {
			reading = reading.resolved();
		}
		return reading;
	}

	private @Nullable TextReading resolved() {
		TextDecoder decoder = new TextDecoder(this.text);
		return decoder.decode() ? new TextReading(decoder.text(), map(decoder.starts())) : null;
	}

	private int[] map(int[] positions) {
		for (int i = 0; i < positions.length; i++) {
			positions[i] = start(positions[i]);
		}
		return positions;
	}

	String text() {
		return this.text;
	}

	/** Where in the source the character at a position begins. */
	int start(int position) {
		return (this.starts != null) ? this.starts[position] : position;
	}

	/** Where in the source the character before a position ends. */
	int end(int position) {
		return start(position);
	}

}
