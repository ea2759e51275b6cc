package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/privacy.md} and the tests of its promises from drifting apart.
 */
class PrivacyDocumentTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "privacy.md");

	@Test
	void promisesAreThoseThatAreTested() throws IOException {
		List<String> tested = Arrays.stream(PrivacyPromisesTests.class.getDeclaredMethods())
			.map((method) -> method.getAnnotation(DisplayName.class))
			.filter(Objects::nonNull)
			.map(DisplayName::value)
			.toList();
		assertThat(find("(?m)^\\d+\\. .+$")).hasSizeGreaterThan(15).containsExactlyInAnyOrderElementsOf(tested);
	}

	@Test
	void filesOfATypicalHomeAreListed() throws IOException {
		List<String> listed = find("(?m)^\\| `[a-z.-]+1?`").stream().map((cell) -> cell.split("`")[1]).toList();
		assertThat(listed)
			.containsAll(Stream.concat(RealApplication.ERASED_BY_RESET.stream(), RealApplication.KEPT_BY_RESET.stream())
				.toList());
	}

	private static List<String> find(String pattern) throws IOException {
		return Pattern.compile(pattern).matcher(Files.readString(DOCUMENT)).results().map(MatchResult::group).toList();
	}

}
