package dev.telemetry.pipeline;

/** A text that counts how often a character of it is looked at. */
final class CountingText implements CharSequence {

	private final CharSequence text;

	private final long[] looks;

	CountingText(CharSequence text) {
		this(text, new long[1]);
	}

	private CountingText(CharSequence text, long[] looks) {
		this.text = text;
		this.looks = looks;
	}

	long looks() {
		return this.looks[0];
	}

	@Override
	public int length() {
		return this.text.length();
	}

	@Override
	public char charAt(int index) {
		this.looks[0]++;
		return this.text.charAt(index);
	}

	@Override
	public CharSequence subSequence(int start, int end) {
		this.looks[0] += end - start;
		return new CountingText(this.text.subSequence(start, end), this.looks);
	}

	@Override
	public String toString() {
		this.looks[0] += this.text.length();
		return this.text.toString();
	}

}
