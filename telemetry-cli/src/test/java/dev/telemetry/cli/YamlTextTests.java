package dev.telemetry.cli;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Texts that are written are read as they were, whatever is in them. */
class YamlTextTests {

	private static final String ALPHABET = "ab1 :#-,[]{}&*!|>'\"%@`\\?~=\u00e4\u4e2d\u2028\u0085\u00a0\ufeff\ufffe\ud83d\ude00\t";

	@ParameterizedTest
	@ValueSource(strings = { "plain", "two words", "yes", "No", "null", "~", "1.5", "0x1f", "2026-11-21", "a: b",
			"a #b", "- a", "'", "\"", "\\", "trailing-", "key:", "@team.shop", "%", "{a}", "[a]", "*a", "&a", "!a", "|",
			">", "M\u00fcller", "\ud83d\ude00", "\u2028", "\ufeffa", "a\tb" })
	void aTextIsReadAsItWas(String text) {
		assertThat(read(text)).isEqualTo(text);
	}

	@Test
	void anythingIsReadAsItWas() {
		Random random = new Random(42);
		int[] alphabet = ALPHABET.codePoints().toArray();
		for (int i = 0; i < 2000; i++) {
			String text = Stream.generate(() -> Character.toString(alphabet[random.nextInt(alphabet.length)]))
				.limit(1 + random.nextInt(12))
				.collect(Collectors.joining());
			assertThat(read(text)).isEqualTo(text);
		}
	}

	private static Object read(String text) {
		String yaml = new YamlText().open(text).put("value", text).put("list", List.of(text)).toString();
		Map<String, Map<String, Object>> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
		assertThat(read).containsOnlyKeys(text);
		assertThat(read.get(text)).contains(entry("list", List.of(text)));
		return read.get(text).get("value");
	}

}
