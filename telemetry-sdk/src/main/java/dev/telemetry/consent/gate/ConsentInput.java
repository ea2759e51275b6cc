package dev.telemetry.consent.gate;

import java.util.Set;

import dev.telemetry.problem.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * One input about consent: a value that was set or found, or one that is absent.
 *
 * @param rule the number of the rule it belongs to, see {@link ConsentResolver}
 * @param input what it is called, for example {@code telemetry.enabled} or
 * {@code DO_NOT_TRACK}
 * @param value what it says, or {@code null} when it is absent; of a value longer than 64
 * characters the beginning and three dots, so it is never read as another value
 * @param origin where it was found: a file and line, a variable; {@code null} when absent
 * @param packaged whether it came inside the application's own archive
 * @param overruled whether it lost against the same input from a source that comes first,
 * so that it is shown but counts for nothing
 */
public record ConsentInput(int rule, String input, @Nullable String value, @Nullable String origin, boolean packaged,
		boolean overruled) {

	/** The fixed texts for what was found. */
	private static final Set<String> OURS = Set.of("set", "granted", "denied", "damaged", "unreadable");

	public ConsentInput {
		value = (value != null) ? PrintableText.of(value) : null;
	}

	/**
	 * Create an input that counts.
	 * @param rule the number of the rule it belongs to
	 * @param input what it is called
	 * @param value what it says, or {@code null} when it is absent
	 * @param origin where it was found
	 * @param packaged whether it came inside the application's own archive
	 */
	public ConsentInput(int rule, String input, @Nullable String value, @Nullable String origin, boolean packaged) {
		this(rule, input, value, origin, packaged, false);
	}

	/** How the value is read where a boolean is expected. */
	BooleanWord word() {
		return BooleanWord.of(this.value);
	}

	/**
	 * Return what people may be shown: the value if it is one that is expected here.
	 * Anything else may be a secret that was set by error.
	 * @return the value, or a description of it
	 */
	public String shown() {
		return switch (word()) {
			case TRUE, FALSE -> String.valueOf(this.value);
			case UNSET -> (this.value != null) ? "blank" : "absent";
			case NEITHER -> OURS.contains(this.value) ? String.valueOf(this.value) : "neither yes nor no";
		};
	}

	/** What it says, as text. */
	String said() {
		return switch (word()) {
			case TRUE, FALSE -> this.input + " is '" + this.value + "'";
			case UNSET -> this.input + " is blank";
			case NEITHER -> this.input + ((this.rule > 2 && this.rule < 7) ? " is set" : " is neither yes nor no");
		};
	}

}
