package dev.telemetry.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets and personal data in text by {@code [redacted]}: credentials by the
 * names in front of them, in URLs, headers, JSON, XML, YAML, connection strings and
 * command lines, keys and tokens by their form, e-mail, IP and MAC addresses, card
 * numbers, the user's part of home paths, and this machine's own user, host and home.
 * {@code docs/privacy.md} has the whole table.
 * <p>
 * A text is read as it is, and as its escapes resolve, by level: percent-encoding,
 * escapes of programs and of HTML, characters that look like ASCII.
 * <p>
 * UUIDs, 40 hexadecimal digits (a commit), shorter hashes, dates, and versions of up to
 * three numbers stay. Four numbers from 0 to 255 with dots are an IPv4 address, also
 * where they were meant as a version. Own names of fewer than three characters and words
 * that name no person ({@code root}, {@code admin}, {@code localhost} …) stay too.
 * <p>
 * Redacting twice changes nothing more. The time is linear in the length of the text, and
 * nothing is ever thrown. Safe for use by several threads; the patterns are compiled when
 * the first text needs one.
 */
@Internal
public final class Redactor {

	/** Replaces what was removed. */
	public static final String MARKER = "[redacted]";

	// One more pass settles what the first has uncovered; more are needed by no known
	// text
	private static final int MAX_PASSES = 4;

	private final Function<Collection<String>, LocalNames> ownNames;

	private final Supplier<? extends Collection<String>> hostNames;

	// Replaced as a whole when the names of the host are learned
	private volatile Known known;

	private final KnownKeys keys = new KnownKeys();

	/**
	 * Create a redactor.
	 * @param userName the name of the user this process runs as, or {@code null}
	 * @param hostName the name of this host, or {@code null}
	 * @param homeDirectories directories whose names tell who uses them
	 */
	public Redactor(@Nullable String userName, @Nullable String hostName, Collection<String> homeDirectories) {
		this(userName, homeDirectories, (hostName != null) ? Set.of(hostName) : Set.of(), Set::of);
	}

	private Redactor(@Nullable String userName, Collection<String> homeDirectories, Collection<String> known,
			Supplier<? extends Collection<String>> hostNames) {
		List<String> homes = List.copyOf(homeDirectories);
		this.ownNames = (hosts) -> LocalNames.of(userName, hosts, homes);
		this.hostNames = hostNames;
		this.known = Known.of(this.ownNames.apply(known));
	}

	/**
	 * Create a redactor that learns the names of this host later, see
	 * {@link #learnHostNames()}.
	 * @param userName the name of the user this process runs as, or {@code null}
	 * @param homeDirectories directories whose names tell who uses them
	 * @param hostNames finds the names; may read files
	 * @return the redactor
	 */
	public static Redactor learning(@Nullable String userName, Collection<String> homeDirectories,
			Supplier<? extends Collection<String>> hostNames) {
		return new Redactor(userName, homeDirectories, Set.of(), hostNames);
	}

	/**
	 * Find the names of this host anew. Called when a session opens, by a thread that may
	 * wait: before a grant nothing of the machine is looked at.
	 */
	public void learnHostNames() {
		Collection<String> names = this.hostNames.get();
		if (!names.isEmpty()) {
			this.known = Known.of(this.ownNames.apply(names));
		}
	}

	/**
	 * Redact a text.
	 * @param text any text
	 * @return the redacted text, the same instance if there was nothing to redact
	 */
	public String redact(String text) {
		Known names = this.known;
		int triggers = names.scan().scan(text);
		return (triggers == 0) ? text : redact(text, triggers, names);
	}

	/**
	 * Redact the value of an attribute: all of it when the key says that it is a secret,
	 * as {@code password} and {@code access_token} do.
	 * @param key the key of the attribute
	 * @param value its value
	 * @return the redacted value, the same instance if there was nothing to redact
	 */
	public String redactValue(String key, String value) {
		SecretName name = this.keys.of(key);
		if (name == SecretName.NONE) {
			return redact(value);
		}
		boolean secret = this.keys.isSecret(key)
				|| SecretValues.isSecret(name, new ScannedText(value), 0, value.length(), true);
		return secret ? MARKER : redact(value);
	}

	/** Return whether a value is redacted as if it had no key. */
	boolean saysNothing(String key) {
		return this.keys.of(key) == SecretName.NONE;
	}

	private static String redact(String text, int found, Known names) {
		String result = text;
		int triggers = found;
		try {
			for (int i = 0; i < MAX_PASSES; i++) {
				String before = result;
				result = pass(before, triggers, names);
				if (result.equals(before)) {
					return (i == 0) ? text : result;
				}
				triggers = names.scan().scan(result);
			}
		}
		catch (RuntimeException | StackOverflowError ex) {
			// A text no rule can handle is not recorded
			return MARKER;
		}
		return MARKER;
	}

	/**
	 * Let every rule look at the text as it is, then as its escapes resolve, by level.
	 */
	private static String pass(String text, int triggers, Known names) {
		String result = names.rules().apply(text, 0, names.scan());
		for (int level = 1; level <= TextReading.LEVELS && (triggers & TextScan.ESCAPES) != 0; level++) {
			TextReading reading = TextReading.of(result, level);
			if (reading == null) {
				break;
			}
			result = names.rules().apply(result, level, names.scan());
		}
		return result;
	}

	/**
	 * What depends on the names of this machine and its user.
	 *
	 * @param rules find them, and everything else
	 * @param scan knows their first characters
	 */
	private record Known(RedactionRules rules, TextScan scan) {

		static Known of(LocalNames names) {
			return new Known(new RedactionRules(names), new TextScan(names));
		}

	}

}
