package dev.telemetry.consent.notice;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.telemetry.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link NoticeLanguages} and the phrases that are here. */
class NoticeLanguagesTests {

	@TempDir
	private Path classes;

	private final List<Problem> problems = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = "notice_de.properties")
	void everyKeyIsInEveryLanguageWithTheSameValues(String file) throws IOException {
		Properties english = phrases("notice.properties");
		Properties other = phrases(file);
		assertThat(other.stringPropertyNames())
			.containsExactlyInAnyOrderElementsOf(new TreeSet<>(english.stringPropertyNames()));
		english.stringPropertyNames()
			.forEach((key) -> assertThat(values(other.getProperty(key))).as(key)
				.isEqualTo(values(english.getProperty(key))));
	}

	@Test
	void apostropheIsAnApostrophe() throws IOException {
		product("notice.properties", "unstated=it isn't said, '{0}', '' {9} {");
		assertThat(languages().choose(List.of()).text("unstated", "x{0}")).isEqualTo("it isn't said, 'x{0}', '' {9} {");
	}

	@ParameterizedTest
	@CsvSource({ "de, de", "de-AT, de", "de-Latn-DE-1996, de", "en, en", "en-GB, en", "fr, en", "ar, en", "und, en" })
	void defaultLocaleDoesNotCount(String wanted, String language) {
		Locale before = Locale.getDefault();
		try {
			for (Locale standard : List.of(Locale.GERMANY, Locale.forLanguageTag("ar-EG"), Locale.US)) {
				Locale.setDefault(standard);
				NoticeMessages messages = languages().choose(List.of(Locale.forLanguageTag(wanted)));
				assertThat(messages.language()).as("under " + standard).isEqualTo(language);
			}
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void firstLanguageThatIsHereIsChosen() {
		assertThat(languages().choose(List.of(Locale.FRENCH, Locale.GERMAN, Locale.ENGLISH)).language())
			.isEqualTo("de");
		assertThat(languages().choose(List.of(Locale.FRENCH, Locale.ENGLISH, Locale.GERMAN)).language())
			.isEqualTo("en");
	}

	@Test
	void productReplacesPhrasesAndAddsLanguages() throws IOException {
		product("notice_de.properties", "asks.heading=Worum es geht");
		product("notice_fr.properties", "asks.heading=Qui demande, et à quelle fin");
		product("notice.properties", "asks.heading=What it is about");
		NoticeLanguages languages = languages();
		assertThat(languages.choose(List.of()).text("asks.heading")).isEqualTo("What it is about");
		NoticeMessages german = languages.choose(List.of(Locale.GERMAN));
		assertThat(german.text("asks.heading")).isEqualTo("Worum es geht");
		assertThat(german.text("events.heading")).as("what is not replaced").isEqualTo("Was aufgezeichnet wird");
		NoticeMessages french = languages.choose(List.of(Locale.CANADA_FRENCH));
		assertThat(french.language()).isEqualTo("fr");
		assertThat(french.text("asks.heading")).isEqualTo("Qui demande, et à quelle fin");
		assertThat(french.text("events.heading")).as("what is not translated").isEqualTo("What is recorded");
		assertThat(this.problems).isEmpty();
	}

	@Test
	void fileThatCannotBeReadIsAProblemAndIsNotUsed() throws IOException {
		Path file = Files.createDirectories(this.classes.resolve("telemetry")).resolve("notice_de.properties");
		Files.write(file, "asks.heading=Fu\u00dfnote".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(languages().choose(List.of(Locale.GERMAN)).text("asks.heading")).isEqualTo("Wer fragt, und warum");
		assertThat(this.problems).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("telemetry/notice_de.properties");
			assertThat(problem.action()).contains("UTF-8");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "de-AT,de;q=0.9,en;q=0.8|de-AT de en", "en;q=0.5, fr|fr en", "*|''",
			"de;q=0|''", "''|''", "a b c;;;q|''", "../../etc|''" })
	void acceptLanguageIsReadOrIgnored(String header, String languages) {
		assertThat(NoticeLanguages.accepted(header).stream().map(Locale::toLanguageTag).toList())
			.isEqualTo(languages.isEmpty() ? List.of() : List.of(languages.split(" ")));
	}

	@Test
	void acceptLanguageOfAnyLengthIsBounded() {
		String header = String.join(",", Collections.nCopies(3000, "qq"));
		assertThat(NoticeLanguages.accepted(header)).hasSizeLessThanOrEqualTo(8);
		assertThat(NoticeLanguages.accepted(null)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "de_DE.UTF-8,,en_US, de-DE", "'',de_AT@euro,en_US, de-AT", ",,de_CH, de-CH", "C,,de_DE, ''",
			"C.UTF-8,,, ''", ",,, ''" })
	void languageOfATerminalIsTheFirstThatIsSet(String all, String messages, String lang, String expected) {
		List<Locale> found = NoticeLanguages.ofTerminal(all, messages, lang);
		assertThat(found.stream().map(Locale::toLanguageTag).toList())
			.isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
	}

	private NoticeLanguages languages() {
		try {
			return new NoticeLanguages(new URLClassLoader(new URL[] { this.classes.toUri().toURL() }, null),
					this.problems::add);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void product(String name, String content) throws IOException {
		Files.writeString(Files.createDirectories(this.classes.resolve("telemetry")).resolve(name), content);
	}

	private static Properties phrases(String file) throws IOException {
		Properties phrases = new Properties();
		try (InputStreamReader reader = new InputStreamReader(NoticeLanguages.class.getResourceAsStream(file),
				StandardCharsets.UTF_8)) {
			phrases.load(reader);
		}
		return phrases;
	}

	private static List<String> values(String phrase) {
		return Pattern.compile("\\{[0-9]}").matcher(phrase).results().map(MatchResult::group).sorted().toList();
	}

}
