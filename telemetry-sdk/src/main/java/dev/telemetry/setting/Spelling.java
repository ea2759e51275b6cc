package dev.telemetry.setting;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How names are spelled in a source. Case, dashes and underscores never count, as
 * everywhere in Spring Boot.
 */
public enum Spelling {

	/** Dots part the elements: files, system properties, the command line. */
	DOTTED('.'),

	/** Nothing but underscores parts anything: environment variables. */
	VARIABLE('_');

	private final char separator;

	Spelling(char separator) {
		this.separator = separator;
	}

	/**
	 * Return the form in which names of this spelling are compared.
	 * @param key a name in any spelling
	 * @return letters, digits and, where they mean something, dots; all in lower case
	 */
	public String comparable(String key) {
		StringBuilder name = new StringBuilder(key.length());
		for (int i = 0; i < key.length(); i++) {
			char c = key.charAt(i);
			if (Character.isLetterOrDigit(c) || (c == '.' && this == DOTTED)) {
				name.append(c);
			}
		}
		return name.toString().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return what a key says below a map or list.
	 * @param key the key, without {@code telemetry.}
	 * @param map the name of the map, without {@code telemetry.}
	 * @return the rest of the key, or {@code null} if it is not below the map
	 */
	public @Nullable String below(String key, String map) {
		String wanted = comparable(map);
		for (int i = key.indexOf(this.separator); i >= 0; i = key.indexOf(this.separator, i + 1)) {
			if (i + 1 < key.length() && comparable(key.substring(0, i)).equals(wanted)) {
				String rest = key.substring(i + 1);
				return (this == VARIABLE) ? rest.toLowerCase(Locale.ROOT) : rest;
			}
		}
		return null;
	}

}
