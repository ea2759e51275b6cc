package dev.telemetry.pipeline;

/**
 * Lets the same rules look at every text.
 *
 * @param triggers those of the rules
 */
record SameForAll(int triggers) implements RedactionRules.Triggers {

	static final SameForAll ALL = new SameForAll(TextScan.ALL);

	@Override
	public int wide(String text) {
		return this.triggers;
	}

	@Override
	public int close(String text) {
		return this.triggers;
	}

}
