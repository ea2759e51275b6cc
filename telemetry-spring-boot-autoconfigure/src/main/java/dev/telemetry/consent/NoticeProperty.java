package dev.telemetry.consent;

/**
 * A property of an event, as a notice names it.
 *
 * @param name the key of the attribute
 * @param type the type of its values, for example {@code string}
 * @param privacy how personal they are: {@code public}, {@code internal}, {@code pii} or
 * {@code sensitive}
 * @param redaction what is replaced: {@code value} for all of it, {@code secrets} for
 * what is recognised in it, or {@code none}
 */
public record NoticeProperty(String name, String type, String privacy, String redaction) {

	public NoticeProperty {
		NoticeWords.PRIVACY.known(privacy);
		NoticeWords.REDACTION.known(redaction);
	}

}
