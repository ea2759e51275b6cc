package dev.telemetry.maven;

/** A number of things, as it is said to people. */
final class Counted {

	private Counted() {
	}

	static String of(int count, String what) {
		return count + " " + what + ((count == 1) ? "" : "s");
	}

}
