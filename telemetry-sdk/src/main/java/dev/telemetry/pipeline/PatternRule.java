package dev.telemetry.pipeline;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a pattern matches, if a closer look confirms it: the group named
 * {@code secret} of the pattern, or all of the match if it has none.
 * <p>
 * A pattern must be linear: its quantifiers are possessive or bounded, a look-behind
 * keeps a run from being tried at each of its characters, and no group is repeated
 * without a bound.
 */
final class PatternRule implements RedactionRule {

	private static final String SECRET = "secret";

	private final Pattern pattern;

	private final boolean group;

	private final Predicate<String> closerLook;

	PatternRule(String pattern) {
		this(pattern, (match) -> true);
	}

	/**
	 * Create a rule.
	 * @param pattern the pattern
	 * @param closerLook confirms what would be replaced
	 */
	PatternRule(String pattern, Predicate<String> closerLook) {
		this.pattern = Pattern.compile(pattern);
		this.group = pattern.contains("(?<" + SECRET + ">");
		this.closerLook = closerLook;
	}

	@Override
	public void find(CharSequence text, Findings found) {
		Matcher matcher = this.pattern.matcher(text);
		while (matcher.find()) {
			String secret = this.group ? matcher.group(SECRET) : matcher.group();
			if (secret != null && this.closerLook.test(secret)) {
				found.add(this.group ? matcher.start(SECRET) : matcher.start(),
						this.group ? matcher.end(SECRET) : matcher.end());
			}
		}
	}

}
