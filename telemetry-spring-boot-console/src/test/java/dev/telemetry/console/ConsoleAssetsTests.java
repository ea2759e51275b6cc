package dev.telemetry.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleAssetsTests {

	private static final Pattern VENDORED = Pattern
		.compile("\\| `([a-z.]+)` \\| \\S+ \\S+ \\| .* \\| MIT \\(`([A-Za-z.]+)`\\) \\| `([0-9a-f]{64})` \\|");

	private static final Pattern MARKUP = Pattern
		.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|createContextualFragment|eval\\(");

	@Test
	void filesOfOthersAreWhatTheirLicencesAreFor() throws Exception {
		List<MatchResult> rows = VENDORED.matcher(read("vendor/README.md")).results().toList();
		assertThat(rows).hasSize(3);
		for (MatchResult row : rows) {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes("vendor/" + row.group(1)));
			assertThat(HexFormat.of().formatHex(hash)).as(row.group(1)).isEqualTo(row.group(3));
			assertThat(read("vendor/" + row.group(2))).contains("Permission is hereby granted");
		}
	}

	/** With Trusted Types a browser would refuse it; it shall not be there at all. */
	@Test
	void noScriptParsesMarkup() throws IOException {
		assertThat(MARKUP.matcher("element.innerHTML = text").find()).as("the positive control").isTrue();
		for (Path script : scripts()) {
			assertThat(MARKUP.matcher(Files.readString(script)).find()).as(script.toString()).isFalse();
		}
	}

	@Test
	void everyScriptIsOnTheList() throws IOException {
		ConsoleAssets assets = new ConsoleAssets();
		assertThat(scripts()).hasSize(14)
			.allSatisfy((script) -> assertThat(assets.find(script.getFileName().toString())).isNotNull());
	}

	private static List<Path> scripts() throws IOException {
		Path directory = new ClassPathResource("console.js", ConsoleAssets.class).getFile().toPath().getParent();
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".js")).toList();
		}
	}

	private static byte[] bytes(String name) throws IOException {
		return new ClassPathResource(name, ConsoleAssets.class).getContentAsByteArray();
	}

	private static String read(String name) throws IOException {
		return new String(bytes(name), StandardCharsets.UTF_8);
	}

}
