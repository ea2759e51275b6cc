package dev.telemetry.consent;

/** Pure. STUB. */
public final class ConsentResolver {

	private ConsentResolver() {
	}

}
