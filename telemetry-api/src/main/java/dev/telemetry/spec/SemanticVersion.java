package dev.telemetry.spec;

import java.lang.module.ModuleDescriptor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by the rules of semver.org 2.0.0. A missing minor or patch number counts as
 * zero, so that {@code 1} is {@code 1.0.0}.
 *
 * @param text the version with all three numbers
 * @param order what it is compared by
 */
public record SemanticVersion(String text, ModuleDescriptor.Version order) implements Comparable<SemanticVersion> {

	private static final Pattern FORM = Pattern
		.compile("(0|[1-9]\\d{0,8})(?:\\.(0|[1-9]\\d{0,8}))?(?:\\.(0|[1-9]\\d{0,8}))?"
				+ "(-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

	/**
	 * Read a version.
	 * @param text what was written
	 * @return the version
	 * @throws IllegalArgumentException if it is none
	 */
	public static SemanticVersion of(String text) {
		Matcher matcher = FORM.matcher(text.trim());
		if (text.length() > 64 || !matcher.matches()) {
			throw new IllegalArgumentException("'version' must be a semantic version such as 1.0.0");
		}
		String preRelease = (matcher.group(4) != null) ? matcher.group(4) : "";
		String numbers = matcher.group(1) + "." + orZero(matcher.group(2)) + "." + orZero(matcher.group(3));
		String build = (matcher.group(5) != null) ? matcher.group(5) : "";
		return new SemanticVersion(numbers + preRelease + build, ModuleDescriptor.Version.parse(numbers + preRelease));
	}

	private static String orZero(String number) {
		return (number != null) ? number : "0";
	}

	@Override
	public int compareTo(SemanticVersion other) {
		return this.order.compareTo(other.order);
	}

}
