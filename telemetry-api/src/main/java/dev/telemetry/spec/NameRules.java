package dev.telemetry.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be known of a name without its meaning. */
public final class NameRules {

	private static final Set<String> GENERIC_EVENT = Set.of("action", "click", "clicked", "custom", "data", "demo",
			"event", "events", "foo", "bar", "general", "generic", "info", "misc", "other", "telemetry", "temp", "test",
			"thing", "tmp", "track");

	private static final Set<String> GENERIC_PROPERTY = Set.of("arg", "args", "attribute", "bar", "body", "content",
			"custom", "data", "details", "extra", "field", "foo", "info", "input", "message", "meta", "metadata",
			"misc", "object", "other", "param", "params", "payload", "property", "raw", "string", "temp", "test",
			"text", "thing", "tmp", "value");

	/** Words that are personal in every name that contains them. */
	private static final Set<String> PERSONAL = Set.of("address", "age", "biometric", "birth", "birthday", "birthdate",
			"cookie", "cvv", "dob", "email", "emails", "fax", "fingerprint", "firstname", "forename", "fullname",
			"gender", "geo", "gps", "hostname", "iban", "imei", "ip", "lastname", "lat", "latitude", "lng", "lon",
			"longitude", "mac", "mail", "nationality", "nickname", "passport", "passwd", "password", "phone",
			"postcode", "pwd", "religion", "salary", "secret", "sex", "ssn", "street", "surname", "token", "username",
			"userid", "zip", "zipcode");

	/** Words that are personal alone, or beside one that identifies. */
	private static final Set<String> PERSON = Set.of("account", "author", "card", "client", "contact", "customer",
			"device", "employee", "host", "login", "member", "patient", "person", "player", "session", "user",
			"visitor");

	private static final Set<String> IDENTIFYING = Set.of("code", "handle", "hash", "id", "ids", "key", "name", "no",
			"number", "nr", "ref", "uid", "uuid");

	private static final Set<String> OF_A_PERSON = Set.of("display", "family", "first", "full", "given", "last",
			"maiden", "middle", "nick", "real");

	private static final Set<String> COUNTING = Set.of("bytes", "count", "counts", "days", "duration", "hours",
			"minutes", "ms", "number", "rate", "ratio", "seconds", "size", "total");

	private static final int MIN_SIMILAR = 5;

	private static final int MIN_SUBSTITUTED = 8;

	private NameRules() {
	}

	public static boolean isGenericEvent(String name) {
		return GENERIC_EVENT.containsAll(List.of(name.split("\\.")));
	}

	public static boolean isGenericProperty(String name) {
		return GENERIC_PROPERTY.contains(name.toLowerCase(Locale.ROOT)) || name.length() == 1;
	}

	/** Whether a name suggests that its values identify a person. */
	public static boolean looksPersonal(String name, PropertyType type) {
		List<String> words = words(name);
		if (type == PropertyType.BOOLEAN
				|| (type == PropertyType.NUMBER && words.stream().anyMatch(COUNTING::contains))) {
			return false;
		}
		boolean person = words.stream().anyMatch(PERSON::contains);
		boolean identifying = words.stream().anyMatch(IDENTIFYING::contains);
		return words.stream().anyMatch(PERSONAL::contains) || (person && (identifying || words.size() == 1))
				|| (words.contains("name") && words.stream().anyMatch(OF_A_PERSON::contains));
	}

	private static List<String> words(String name) {
		String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("([A-Z])([A-Z][a-z])", "$1 $2");
		return Arrays.asList(spaced.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
	}

	/**
	 * Whether two different names are likely to be taken for each other.
	 * @param one a name in its plain form
	 * @param other another one
	 */
	public static boolean areSimilar(String one, String other) {
		if (one.equals(other)) {
			return true;
		}
		String shorter = (one.length() <= other.length()) ? one : other;
		String longer = (one.length() <= other.length()) ? other : one;
		if (shorter.length() < MIN_SIMILAR || longer.length() - shorter.length() > 1) {
			return false;
		}
		int at = 0;
		while (at < shorter.length() && shorter.charAt(at) == longer.charAt(at)) {
			at++;
		}
		if (Character.isDigit(longer.charAt(at))) {
			return false;
		}
		if (longer.length() > shorter.length()) {
			return shorter.substring(at).equals(longer.substring(at + 1));
		}
		return isSwapped(one, other, at)
				|| (one.length() >= MIN_SUBSTITUTED && one.substring(at + 1).equals(other.substring(at + 1)));
	}

	private static boolean isSwapped(String one, String other, int at) {
		return at + 1 < one.length() && one.charAt(at) == other.charAt(at + 1) && one.charAt(at + 1) == other.charAt(at)
				&& one.substring(at + 2).equals(other.substring(at + 2));
	}

	/** Return a name without what is easily overlooked in it. */
	public static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

}
