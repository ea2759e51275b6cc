package dev.telemetry.sdk;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The comparison with golden files notices every change. */
class GoldenTests {

	private static final String README = "README.md";

	static List<String> files() throws IOException, URISyntaxException {
		Path directory = Path.of(GoldenTests.class.getResource("/golden/" + README).toURI()).getParent();
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile)
				.map((file) -> directory.relativize(file).toString())
				.filter((name) -> !name.equals(README))
				.sorted()
				.toList();
		}
	}

	@ParameterizedTest
	@MethodSource("files")
	void oneChangedByteIsNoticedWhereverItIs(String name) {
		byte[] content = Golden.read(name);
		assertThatCode(() -> Golden.compare(name, content)).doesNotThrowAnyException();
		for (int at : new int[] { 0, content.length / 2, content.length - 1 }) {
			byte[] changed = content.clone();
			changed[at] ^= 1;
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Golden.compare(name, changed))
				.withMessageStartingWith("golden/" + name + " differs at byte " + at + ": expected");
		}
	}

	@ParameterizedTest
	@MethodSource("files")
	void oneByteMoreOrLessIsNoticed(String name) {
		String content = new String(Golden.read(name), StandardCharsets.ISO_8859_1);
		byte[] more = (content + "\n").getBytes(StandardCharsets.ISO_8859_1);
		byte[] less = content.substring(0, content.length() - 1).getBytes(StandardCharsets.ISO_8859_1);
		for (byte[] changed : List.of(more, less)) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Golden.compare(name, changed));
		}
	}

	@Test
	void missingFileIsNoticed() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Golden.compare("none.json", new byte[0]))
			.withMessageStartingWith("golden/none.json is missing");
	}

	@Test
	void readmeNamesEveryFile() throws Exception {
		assertThat(files()).isNotEmpty().allSatisfy((name) -> assertThat(Golden.text(README)).contains("`" + name));
	}

}
