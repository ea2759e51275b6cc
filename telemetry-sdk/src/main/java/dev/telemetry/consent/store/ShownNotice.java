package dev.telemetry.consent.store;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A notice as the user saw it: in sentences, in a language. Stored with the grant,
 * because a notice alone does not say in which words it was shown.
 *
 * @param locale the language as a BCP 47 tag, for example {@code de}
 * @param text the sentences
 */
public record ShownNotice(String locale, String text) {

	private static final Pattern LOCALE = Pattern.compile("[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,4}");

	public ShownNotice {
		if (!LOCALE.matcher(locale).matches()) {
			throw new IllegalArgumentException("'locale' must be a BCP 47 tag");
		}
	}

	/**
	 * Return what identifies the sentences.
	 * @return {@code sha256:} and 64 hex digits
	 */
	public String hash() {
		return ConsentRecordFormat.checksum(this.text);
	}

	/**
	 * Return the same as a document, with the hash.
	 * @return JSON in one line of ASCII
	 */
	public byte[] toJson() {
		SortedMap<String, Object> tree = new TreeMap<>();
		tree.put("hash", hash());
		tree.put("locale", this.locale);
		tree.put("text", this.text);
		return CanonicalJson.write(tree);
	}

}
