package dev.telemetry.consent.notice;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Finds the phrases of a language. English and German are here. A product adds a language
 * or replaces phrases with files of its own on the class path,
 * {@code telemetry/notice.properties} for English and
 * {@code telemetry/notice_<language>.properties} for another one, in UTF-8. What such a
 * file leaves out is taken from ours, in English where the language is not here.
 * <p>
 * The default locale of the machine does not count: a user whose language is not here
 * reads English.
 */
public final class NoticeLanguages {

	private static final String PRODUCT = "telemetry/notice";

	private static final String OURS = "/dev/telemetry/consent/notice/notice";

	private static final String SUFFIX = "properties";

	/** Only its rules for names: its search would need a class loader and fall back. */
	private static final Control NAMES = Control.getControl(Control.FORMAT_PROPERTIES);

	/** Callers choose what to ask for: beyond it files are looked for each time. */
	private static final int MAX_KNOWN = 64;

	private static final int MAX_WANTED = 8;

	private final ClassLoader product;

	private final Consumer<Problem> problems;

	private final Map<Locale, Optional<Language>> known = new ConcurrentHashMap<>();

	private volatile @Nullable Language english;

	/**
	 * Create languages.
	 * @param product where the files of the application are
	 * @param problems told of a file that cannot be read
	 */
	public NoticeLanguages(ClassLoader product, Consumer<Problem> problems) {
		this.product = product;
		this.problems = problems;
	}

	/**
	 * Read the languages that a browser asks for.
	 * @param acceptLanguage the value of {@code Accept-Language}, or {@code null}
	 * @return the languages, the preferred one first; none if it is not understood
	 */
	public static List<Locale> accepted(@Nullable String acceptLanguage) {
		if (acceptLanguage == null || acceptLanguage.isBlank()) {
			return List.of();
		}
		try {
			return Locale.LanguageRange.parse(acceptLanguage)
				.stream()
				.filter((range) -> range.getWeight() > 0 && !range.getRange().contains("*"))
				.limit(MAX_WANTED)
				.map((range) -> Locale.forLanguageTag(range.getRange()))
				.toList();
		}
		catch (IllegalArgumentException ex) {
			return List.of();
		}
	}

	/**
	 * Return the language of a terminal.
	 * @param all the value of {@code LC_ALL}, or {@code null}
	 * @param messages the value of {@code LC_MESSAGES}, or {@code null}
	 * @param lang the value of {@code LANG}, or {@code null}
	 * @return the language, or none when the first of them that is set names none
	 */
	public static List<Locale> ofTerminal(@Nullable String all, @Nullable String messages, @Nullable String lang) {
		for (String value : new @Nullable String[] { all, messages, lang }) {
			if (value != null && !value.isBlank()) {
				Locale locale = Locale.forLanguageTag(value.strip().replaceFirst("[.@].*", "").replace('_', '-'));
				return locale.getLanguage().isEmpty() ? List.of() : List.of(locale);
			}
		}
		return List.of();
	}

	/** Choose the first of the languages that is here, else English. */
	NoticeMessages choose(List<Locale> wanted) {
		Language chosen = wanted.stream()
			.limit(MAX_WANTED)
			.map(this::find)
			.flatMap(Optional::stream)
			.findFirst()
			.orElseGet(this::english);
		return new NoticeMessages(chosen.locale(), chosen.bundles());
	}

	private Optional<Language> find(Locale locale) {
		if (locale.getLanguage().equals(Locale.ENGLISH.getLanguage())) {
			return Optional.of(english());
		}
		Optional<Language> language = this.known.get(locale);
		if (language == null) {
			language = look(locale);
			if (this.known.size() < MAX_KNOWN) {
				this.known.put(locale, language);
			}
		}
		return language;
	}

	/** Read when it is first needed: a start of the application needs no sentence. */
	private Language english() {
		Language language = this.english;
		if (language == null) {
			language = new Language(Locale.ENGLISH, read(Locale.ROOT));
			this.english = language;
		}
		return language;
	}

	private Optional<Language> look(Locale locale) {
		List<ResourceBundle> bundles = new ArrayList<>();
		Locale nearest = null;
		for (Locale candidate : NAMES.getCandidateLocales(PRODUCT, locale)) {
			if (!candidate.equals(Locale.ROOT) && bundles.addAll(read(candidate)) && nearest == null) {
				nearest = candidate;
			}
		}
		if (nearest == null) {
			return Optional.empty();
		}
		bundles.addAll(english().bundles());
		return Optional.of(new Language(nearest, List.copyOf(bundles)));
	}

	/** Read the files of exactly one locale: that of the product counts first. */
	private List<ResourceBundle> read(Locale locale) {
		List<ResourceBundle> bundles = new ArrayList<>();
		String name = fileName(PRODUCT, locale);
		try {
			add(bundles, this.product.getResource(name));
		}
		catch (IOException | IllegalArgumentException ex) {
			this.problems.accept(
					new Problem(name, null, "cannot be read, so its phrases are not used: " + ex.getClass().getName(),
							"write it as a properties file in UTF-8"));
		}
		try {
			add(bundles, NoticeLanguages.class.getResource(fileName(OURS, locale)));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The phrases of the notice cannot be read", ex);
		}
		return bundles;
	}

	private static String fileName(String base, Locale locale) {
		return NAMES.toResourceName(NAMES.toBundleName(base, locale), SUFFIX);
	}

	private static void add(List<ResourceBundle> bundles, @Nullable URL file) throws IOException {
		if (file == null) {
			return;
		}
		URLConnection connection = file.openConnection();
		// Else an open jar stays in a cache that all of the process shares
		connection.setUseCaches(false);
		try (InputStream in = connection.getInputStream();
				InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())) {
			bundles.add(new PropertyResourceBundle(reader));
		}
	}

	/**
	 * A language that is here.
	 *
	 * @param locale which one
	 * @param bundles its phrases; the first bundle that has one counts
	 */
	private record Language(Locale locale, List<ResourceBundle> bundles) {

	}

}
