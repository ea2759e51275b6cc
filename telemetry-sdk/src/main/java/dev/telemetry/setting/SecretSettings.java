package dev.telemetry.setting;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The settings whose values are shown nowhere, wherever they are set. Names that are not
 * known count as well: such a name may be a typing error in one of these.
 */
public final class SecretSettings {

	/** What replaces a secret. */
	public static final String HIDDEN = "******";

	/** Where all names count, those of commands as well. */
	private static final String ANYWHERE = "command line";

	private static final Pattern PROPERTY = Pattern.compile("(?is)telemetry\\.(.+)");

	/** An application may put a prefix of its own before the names of its variables. */
	private static final Pattern VARIABLE = Pattern.compile("(?is)(?:.*_)?TELEMETRY_(.+)");

	/** Between the parts of a name in any spelling, nested in JSON as well. */
	private static final String GAP = "(?=\\s*[._\"'\\[{])[^a-z0-9-]{1,16}";

	/** Up to the path of an address: what is before an at sign logs in. */
	private static final Pattern USER = Pattern.compile("(?s)^([^/?#]*//)?[^/?#]*@");

	private static final Pattern QUERY = Pattern.compile("(?s)[?#].*");

	private final PropertyNames names;

	private final List<String> values;

	private final List<String> maps;

	private final List<String> addresses;

	private final Pattern mention;

	/**
	 * Create an instance. All names are without {@code telemetry.}.
	 * @param names all names
	 * @param values the names with one secret value
	 * @param maps the names of maps of secrets
	 * @param addresses the names of addresses, in which credentials do not belong and are
	 * met
	 */
	public SecretSettings(PropertyNames names, List<String> values, List<String> maps, List<String> addresses) {
		this.names = names;
		this.values = List.copyOf(values);
		this.maps = List.copyOf(maps);
		this.addresses = List.copyOf(addresses);
		this.mention = Pattern.compile("telemetry" + GAP + "(?:[a-z0-9-]+" + GAP + "){0,2}(?:"
				+ Stream.concat(values.stream(), maps.stream())
					.map(SecretSettings::lastWords)
					.distinct()
					.collect(Collectors.joining("|"))
				+ ")", Pattern.CASE_INSENSITIVE);
	}

	/** The end of a name, however its words are parted. */
	private static String lastWords(String name) {
		String last = name.substring(name.lastIndexOf('.') + 1);
		return last.replace("-", "[-_.]?");
	}

	/**
	 * Return the value of a property or variable as it may be shown.
	 * @param key its name, in any spelling, of this or any other application
	 * @param value its value
	 * @return the value itself, a part of it, or {@link #HIDDEN}
	 */
	public String shown(String key, String value) {
		Setting setting = setting(key, value);
		if (setting == null) {
			return mentionsSecret(value) ? HIDDEN : value;
		}
		if (isSecret(setting)) {
			return HIDDEN;
		}
		boolean address = this.addresses.stream().anyMatch(setting::isNamed);
		return address ? withoutCredentials(value) : value;
	}

	/**
	 * Return whether a secret came with a line break that does not belong to it, as those
	 * do that were written into a file by a command. Several headers in one text may have
	 * one after the last.
	 * @param setting the setting
	 * @param value its value
	 * @return whether there is something to say
	 */
	public boolean hasStrayLineBreak(Setting setting, String value) {
		boolean text = this.maps.stream().anyMatch(setting::isNamed) && value.indexOf(',') >= 0;
		boolean breaks = !value.isEmpty()
				&& (isLineBreak(value.charAt(0)) || isLineBreak(value.charAt(value.length() - 1)));
		return breaks && !text && isSecret(setting);
	}

	private static boolean isLineBreak(char c) {
		return c == '\n' || c == '\r';
	}

	private static @Nullable Setting setting(String key, String value) {
		Matcher property = PROPERTY.matcher(key);
		if (property.matches()) {
			String name = property.group(1).replace('[', '.').replace("]", "");
			return new Setting(name, Spelling.DOTTED, value, ANYWHERE, false, false);
		}
		Matcher variable = VARIABLE.matcher(key);
		return variable.matches() ? new Setting(variable.group(1).toUpperCase(Locale.ROOT), Spelling.VARIABLE, value,
				ANYWHERE, false, false) : null;
	}

	private boolean isSecret(Setting setting) {
		return this.values.stream().anyMatch((name) -> setting.isNamed(name) || setting.below(name) != null)
				|| this.maps.stream().anyMatch((name) -> Headers.isSetBy(setting, name))
				|| (this.names.judge(setting) != null && !isService(setting));
	}

	private static boolean isService(Setting setting) {
		return setting.spelling() == Spelling.VARIABLE && KubernetesVariables.isServiceLink(setting);
	}

	/** A command line, or a whole configuration in one variable. */
	private boolean mentionsSecret(String value) {
		return this.mention.matcher(value).find();
	}

	private static String withoutCredentials(String address) {
		String plain = USER.matcher(address)
			.replaceFirst((match) -> (match.group(1) != null) ? Matcher.quoteReplacement(match.group(1)) + HIDDEN + "@"
					: HIDDEN + "@");
		return QUERY.matcher(plain).replaceFirst("?" + HIDDEN);
	}

}
