package dev.telemetry.consent;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Checks the receipts, line by line from the first: each holds the hash of the one before
 * it. Shows an accident or a naive edit, not what the owner of the disk wanted to hide.
 * Not safe for use by several threads.
 */
public final class ReceiptChain {

	private static final String NAME = "\"previous\":\"";

	private @Nullable String previous;

	private int count;

	private int firstBroken;

	/**
	 * Take the next line.
	 * @param line the line, without line feed
	 */
	public void add(byte[] line) {
		String text = new String(line, StandardCharsets.UTF_8);
		this.count++;
		String expected = (this.previous != null) ? ConsentRecordFormat.checksum(this.previous) : ReceiptLog.FIRST;
		// A line that a crash cut short says nothing, but is a link of the chain
		boolean whole = text.endsWith("\"}");
		if (whole && this.firstBroken == 0 && !text.endsWith(NAME + expected + "\"}")) {
			this.firstBroken = this.count;
		}
		this.previous = text;
	}

	/**
	 * Return whether every line so far follows the one before it.
	 * @return whether the chain is intact; that of no lines is
	 */
	public boolean isIntact() {
		return this.firstBroken == 0;
	}

	/**
	 * Return the first line that does not follow the one before it.
	 * @return its number, from 1; 0 when there is none
	 */
	public int firstBroken() {
		return this.firstBroken;
	}

}
