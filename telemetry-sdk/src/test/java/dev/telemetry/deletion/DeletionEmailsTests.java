package dev.telemetry.deletion;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link DeletionEmails}. */
class DeletionEmailsTests {

	@Test
	void writeNamesEveryIdInTextAndLink() {
		DeletionEmail letter = new DeletionEmails("demo-app", "privacy@example.com").write(List.of("a1", "b2"));
		assertThat(letter.text()).isEqualTo("Please delete all usage telemetry of demo-app recorded under these"
				+ " installation identifiers (Article 17 GDPR): a1, b2.");
		assertThat(letter.link())
			.isEqualTo("mailto:privacy@example.com?subject=Data%20deletion%20request%3A%20demo-app&body=Please%20delete"
					+ "%20all%20usage%20telemetry%20of%20demo-app%20recorded%20under%20these%20installation"
					+ "%20identifiers%20%28Article%2017%20GDPR%29%3A%20a1%2C%20b2.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a&cc=x@example.com", "a&bcc=x@example.com&body=y", "a?subject=b",
			"a\r\nBcc: x@example.com", "a#b", "100% \"ours\"", "a+b c", "Bücher – 本", "a\u0000b", "<b>a</b>" })
	void writeWhenNameIsOddAddsNoField(String tool) {
		String link = new DeletionEmails(tool, "privacy@example.com").write(List.of("a1")).link();
		assertThat(link).isNotNull().matches("[A-Za-z0-9%._~@:?&=-]+").doesNotContain("+");
		String[] fields = link.substring(link.indexOf('?') + 1).split("&");
		assertThat(fields).hasSize(2);
		assertThat(fields[0]).startsWith("subject=");
		assertThat(fields[1]).startsWith("body=");
		String body = URLDecoder.decode(fields[1].substring(5), StandardCharsets.UTF_8);
		assertThat(body).contains(tool.replaceAll("\\p{Cntrl}", " ")).contains("a1").doesNotContain("\n", "\r");
		assertThat(URI.create(link).getScheme()).isEqualTo("mailto");
	}

	@Test
	void writeWhenAddressHasSignsEscapesThem() {
		assertThat(new DeletionEmails("demo-app", "data+priv&a=cy@example.com").write(List.of("a1")).link())
			.startsWith("mailto:data%2Bpriv%26a%3Dcy@example.com?subject=");
	}

	@Test
	void writeLeavesLettersAndDigitsAndWhatNeedsNoEscapeAsTheyAre() {
		assertThat(new DeletionEmails("a-z.A_Z~09`{@[/:", "azAZ09@example.com").write(List.of("a1")).link()).startsWith(
				"mailto:azAZ09@example.com?subject=Data%20deletion%20request%3A%20a-z.A_Z~09%60%7B%40%5B%2F%3A&");
	}

	@Test
	void writeWhenLinkWouldBeTooLongHasTheTextAlone() {
		DeletionEmail letter = new DeletionEmails("demo-app", "privacy@example.com")
			.write(Collections.nCopies(200, "a".repeat(64)));
		assertThat(letter.link()).isNull();
		assertThat(letter.text()).hasSizeGreaterThan(12_000);
	}

	@Test
	void writeWhenThereIsNoAddressHasTheTextAlone() {
		assertThat(new DeletionEmails("demo-app", null).write(List.of("a1")).link()).isNull();
	}

}
