package dev.telemetry.setting;

import org.jspecify.annotations.Nullable;

/**
 * One value as it is written in one source. Its text may be a secret and is never
 * printed.
 *
 * @param key the name without {@code telemetry.}, as it is spelled in the source
 * @param spelling how names are spelled there
 * @param text the value, placeholders unresolved
 * @param origin where it is written, for people
 * @param packaged whether it came inside the application's own archive
 * @param repeated whether it may be several values of a repeated command line option,
 * which Spring joins with a comma
 */
public record Setting(String key, Spelling spelling, String text, String origin, boolean packaged, boolean repeated) {

	/**
	 * Return what the key says below a map or list.
	 * @param map the name of the map, without {@code telemetry.}
	 * @return the rest of the key, or {@code null} if it is not below the map
	 */
	public @Nullable String below(String map) {
		return this.spelling.below(this.key, map);
	}

	/**
	 * Return whether this is the setting of a name.
	 * @param name the name, without {@code telemetry.}
	 * @return whether the key spells it
	 */
	public boolean isNamed(String name) {
		return this.spelling.comparable(this.key).equals(this.spelling.comparable(name));
	}

	/**
	 * Return whether this is a part of a list or map that is in the place of one value.
	 * @param name the name of what has one value, without {@code telemetry.}
	 * @return whether the key says that
	 */
	public boolean isPartOf(String name) {
		String rest = below(name);
		// A variable may be called anything; only numbers make a list of it
		return rest != null && (this.spelling == Spelling.DOTTED || rest.chars().allMatch(Character::isDigit));
	}

	@Override
	public String toString() {
		return this.key + " (" + this.origin + ")";
	}

}
