package dev.telemetry.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A text in which parts are replaced from left to right by the marker. Copies nothing
 * until the first replacement.
 */
final class Replacement {

	private final String text;

	private @Nullable StringBuilder result;

	private int copied;

	Replacement(String text) {
		this.text = text;
	}

	/**
	 * Replace a part by the marker.
	 * @param start where it begins, not before the end of the part before
	 * @param end where it ends
	 */
	void replace(int start, int end) {
		if (this.result == null) {
			this.result = new StringBuilder(this.text.length() + Redactor.MARKER.length());
		}
		this.result.append(this.text, this.copied, start).append(Redactor.MARKER);
		this.copied = end;
	}

	@Override
	public String toString() {
		if (this.result == null) {
			return this.text;
		}
		return this.result + this.text.substring(this.copied);
	}

}
