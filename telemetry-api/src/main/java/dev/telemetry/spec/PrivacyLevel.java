package dev.telemetry.spec;

/**
 * How personal a value is, from harmless to most private.
 */
public enum PrivacyLevel {

	/** May be shown to everyone. */
	PUBLIC,

	/** For those who build and run the application. The default. */
	INTERNAL,

	/** Relates to a person: never recorded in clear. */
	PII,

	/** Would harm a person if it became known: never recorded in clear. */
	SENSITIVE

}
