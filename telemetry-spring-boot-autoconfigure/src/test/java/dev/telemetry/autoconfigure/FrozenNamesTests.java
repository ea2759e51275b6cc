package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.telemetry.sdk.Golden;
import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that applications write down: properties, beans they replace, auto-configurations
 * they exclude or order, and paths on the class path.
 */
class FrozenNamesTests {

	private final PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();

	@Test
	void propertiesAreCalledAsTheyWere() throws IOException {
		TreeSet<String> names = new TreeSet<>();
		for (Resource metadata : this.resources
			.getResources("classpath*:META-INF/spring-configuration-metadata.json")) {
			Map<String, Object> parsed = JsonParserFactory.getJsonParser()
				.parseMap(metadata.getContentAsString(StandardCharsets.UTF_8));
			((Collection<?>) parsed.get("properties")).stream()
				.map((property) -> (String) ((Map<?, ?>) property).get("name"))
				.filter((name) -> name.startsWith("telemetry."))
				.forEach(names::add);
		}
		Golden.assertSame("names/properties.txt", lines(names));
	}

	@Test
	void beansAreCalledAsTheyWere() {
		TreeSet<String> names = new TreeSet<>();
		new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("dev.telemetry")
			.stream()
			.flatMap((type) -> type.getMethods().stream())
			.filter((method) -> method.isAnnotatedWith(Bean.class))
			.forEach((method) -> names.addAll(names(method)));
		Golden.assertSame("names/beans.txt", lines(names));
	}

	@Test
	void autoConfigurationsAreCalledAsTheyWere() throws IOException {
		TreeSet<String> names = new TreeSet<>();
		for (Resource imports : this.resources.getResources("classpath*:META-INF/spring/*.imports")) {
			imports.getContentAsString(StandardCharsets.UTF_8)
				.lines()
				.filter((line) -> line.startsWith("dev.telemetry."))
				.forEach((line) -> names.add(imports.getFilename() + ": " + line));
		}
		Golden.assertSame("names/auto-configurations.txt", lines(names));
	}

	/** The documents tell users to copy these files or to name them. */
	@Test
	void filesOnTheClassPathAreWhereTheyWere() throws IOException {
		List<String> paths = Golden.text("names/resources.txt").lines().toList();
		assertThat(paths).isNotEmpty()
			.allSatisfy((path) -> assertThat(new ClassPathResource(path).exists()).as(path).isTrue());
		assertThat(new ClassPathResource("dev/telemetry/none.txt").exists()).as("the control").isFalse();
		TreeSet<String> documented = new TreeSet<>();
		for (String document : List.of("configuration.md", "cli.md", "specs.md", "privacy.md", "fleets.md")) {
			try (Stream<String> lines = Files.lines(Path.of("..", "docs", document))) {
				lines
					.flatMap((line) -> Pattern.compile("dev/telemetry/[\\w./-]+\\w")
						.matcher(line)
						.results()
						.map(MatchResult::group))
					.forEach(documented::add);
			}
		}
		assertThat(documented).isNotEmpty()
			.allSatisfy((path) -> assertThat(paths).anyMatch((known) -> known.startsWith(path)));
	}

	private static List<String> names(JavaMethod method) {
		JavaAnnotation<JavaMethod> bean = method.getAnnotationOfType(Bean.class.getName());
		List<String> names = new ArrayList<>();
		for (String attribute : List.of("name", "value")) {
			bean.get(attribute).ifPresent((value) -> names.addAll(List.of((String[]) value)));
		}
		return names.isEmpty() ? List.of(method.getName()) : names;
	}

	private static String lines(Collection<String> names) {
		return String.join("\n", names) + "\n";
	}

}
