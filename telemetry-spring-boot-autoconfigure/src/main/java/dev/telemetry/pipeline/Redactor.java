package dev.telemetry.pipeline;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets and personal data in text by {@code [redacted]}: credentials in URLs,
 * headers, queries, JSON and command lines, PEM blocks, tokens by their prefix, JSON web
 * tokens, long random runs, e-mail, IP and MAC addresses, card numbers, the user's part
 * of home paths, and this machine's own user, host and home.
 * <p>
 * UUIDs, 40 hexadecimal digits (a commit), shorter hashes, dates, and versions of up to
 * three numbers stay. Four numbers from 0 to 255 with dots are an IPv4 address, also
 * where they were meant as a version. Own names of fewer than three characters and words
 * that name no one ({@code root}, {@code admin}, {@code localhost} …) stay too.
 * <p>
 * Redacting twice changes nothing more. The time is linear in the length of the text, and
 * nothing is ever thrown. Immutable and safe for use by several threads; the patterns are
 * compiled when the first text needs one.
 */
public final class Redactor {

	/** Stands for what was removed. */
	public static final String MARKER = "[redacted]";

	// One more pass settles what the first has uncovered; more are needed by no known
	// text
	private static final int MAX_PASSES = 4;

	private final OwnNames ownNames;

	private final TextScan scan;

	private final KnownKeys keys = new KnownKeys();

	/**
	 * Create a redactor.
	 * @param userName the name of the user this process runs as, or {@code null}
	 * @param hostName the name of this host, or {@code null}
	 * @param homeDirectories directories whose names tell who uses them
	 */
	public Redactor(@Nullable String userName, @Nullable String hostName, Collection<String> homeDirectories) {
		this.ownNames = OwnNames.of(userName, hostName, homeDirectories);
		this.scan = new TextScan(this.ownNames);
	}

	/**
	 * Redact a text.
	 * @param text any text
	 * @return the redacted text, the same instance if there was nothing to redact
	 */
	public String redact(String text) {
		int found = this.scan.scan(text);
		return (found == 0) ? text : redact(text, found);
	}

	/**
	 * Redact the value of an attribute: all of it when the key says that it is a secret,
	 * as {@code password} and {@code access_token} do.
	 * @param key the key of the attribute
	 * @param value its value
	 * @return the redacted value, the same instance if there was nothing to redact
	 */
	public String redactValue(String key, String value) {
		return this.keys.isSecret(key) ? MARKER : redact(value);
	}

	private String redact(String text, int found) {
		String result = text;
		int triggers = found;
		try {
			for (int i = 0; i < MAX_PASSES; i++) {
				String before = result;
				result = RedactionRules.apply(before, triggers);
				result = ((triggers & TextScan.OWN) != 0) ? this.ownNames.redact(result) : result;
				if (result.equals(before)) {
					return (i == 0) ? text : result;
				}
				triggers = this.scan.scan(result);
			}
		}
		catch (RuntimeException | StackOverflowError ex) {
			// A text no rule can handle is not kept
			return MARKER;
		}
		return MARKER;
	}

}
