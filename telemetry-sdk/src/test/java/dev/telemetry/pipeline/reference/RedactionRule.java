package dev.telemetry.pipeline.reference;

/**
 * One rule of redaction: finds parts of a text that must not be recorded. Pure: the same
 * text has the same findings. The work is linear in the length of the text; whatever is
 * looked at twice is looked at a bounded number of times.
 */
@FunctionalInterface
interface RedactionRule {

	/**
	 * Find what must not be recorded.
	 * @param text the text
	 * @param found takes the parts
	 */
	void find(CharSequence text, Findings found);

}
