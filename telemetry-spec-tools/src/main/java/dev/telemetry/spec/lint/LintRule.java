package dev.telemetry.spec.lint;

/**
 * What the linter looks for in a spec.
 */
public enum LintRule {

	/** The file is a spec that can be used. */
	SPEC("spec", false),

	/** Every event says how personal it is. */
	PRIVACY("privacy", false),

	/** No two files declare the same spec or the same event. */
	CONFLICT("conflict", false),

	/** The spec names an owner who can be reached. */
	OWNER("owner", true),

	/** Every event says what it is collected for. */
	PURPOSE("purpose", true),

	/** Every event ends on a day that is neither past nor far. */
	EXPIRY("expiry", true),

	/**
	 * The sampling rate is at least one in twenty: fewer events say little about an
	 * application.
	 */
	SAMPLING("sampling", true),

	/** The bounds of values can be crossed, and are not crossed by everything. */
	ANOMALY("anomaly", true),

	/** What looks like personal data is marked as such. */
	PERSONAL_DATA("personal-data", true),

	/** A public event has no personal properties. */
	PERSONAL_IN_PUBLIC("personal-in-public", true),

	/** A text that is recorded in clear has a list of values. */
	FREE_TEXT("free-text", true),

	/** Names state what they mean. */
	GENERIC_NAME("generic-name", true),

	/** No two names are nearly the same. */
	SIMILAR_NAME("similar-name", true),

	/** Who allows what a rule forbids says why. */
	ALLOW("allow", false),

	/** Nothing is allowed that is not there. */
	UNUSED_ALLOW("unused-allow", false);

	private final String id;

	private final boolean allowable;

	LintRule(String id, boolean allowable) {
		this.id = id;
		this.allowable = allowable;
	}

	/**
	 * Return the name of the rule as people write it.
	 * @return lower case, words joined by hyphens
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return whether a spec may allow what this rule finds, when it states a reason.
	 * @return whether {@code # lint:allow} works for it
	 */
	public boolean allowable() {
		return this.allowable;
	}

}
