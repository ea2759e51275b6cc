package dev.telemetry.spec.dictionary;

import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link HtmlWriter}. */
class HtmlWriterTests {

	private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

	@ParameterizedTest
	@ValueSource(strings = { "\"><script>alert(1)</script>", "' onmouseover='alert(1)", "</section></main><img src=x>",
			"javascript:alert(1)", "a&lt;b", "\u202egnp.exe", "two words", "\u0000\u0007", "-->" })
	void namesAreTextWhateverIsInThem(String name) {
		String page = page(name, name);
		assertThat(page.split("<script", -1)).as("one script, ours").hasSize(2);
		assertThat(page).doesNotContain("<img", "\u202e", "\u0000", "\u0007", "href=\"j");
		assertThat(ID.matcher(page).results().map((id) -> id.group(1))).doesNotHaveDuplicates()
			.allMatch((id) -> id.matches("[A-Za-z0-9._-]+"));
		assertThat(page.split("<section", -1)).hasSameSizeAs(page.split("</section>", -1));
	}

	@Test
	void addressesThatLookTheSameAreToldApart() {
		assertThat(page("a b", "a-b")).contains("href=\"#event-a-b\"", "href=\"#event-a-b-2\"",
				"<h3 id=\"event-a-b-2\">", "<tr id=\"event-a-b-2-items\">");
	}

	private static String page(String first, String second) {
		HtmlWriter writer = new HtmlWriter();
		writer.heading(1, "What is collected");
		writer.summary(List.of("Event"), List.of(List.of(first), List.of(second)));
		for (String name : List.of(first, second)) {
			writer.event(name, "1.0.0");
			writer.properties(List.of("Property"), List.of(List.of("items"), List.of(name)));
		}
		return writer.end();
	}

}
