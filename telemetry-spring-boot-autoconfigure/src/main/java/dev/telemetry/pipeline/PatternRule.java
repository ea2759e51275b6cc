package dev.telemetry.pipeline;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces what a pattern finds, if a closer look confirms it. */
final class PatternRule implements UnaryOperator<String> {

	private final Pattern pattern;

	private final UnaryOperator<String> closerLook;

	/**
	 * Create a rule that replaces every match by the marker.
	 * @param pattern the pattern
	 */
	PatternRule(String pattern) {
		this(pattern, (match) -> Redactor.MARKER);
	}

	/**
	 * Create a rule.
	 * @param pattern the pattern
	 * @param closerLook makes the replacement of a match, or returns the match
	 */
	PatternRule(String pattern, UnaryOperator<String> closerLook) {
		this.pattern = Pattern.compile(pattern);
		this.closerLook = closerLook;
	}

	@Override
	public String apply(String text) {
		Matcher matcher = this.pattern.matcher(text);
		return matcher.find()
				? matcher.replaceAll((match) -> Matcher.quoteReplacement(this.closerLook.apply(match.group()))) : text;
	}

}
