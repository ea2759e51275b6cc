package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** The row of this package in {@code docs/architecture.md}. */
class CliArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.telemetry.cli");

	@Test
	void onlyWhatRunsWithoutSpringIsImported() {
		noClasses().should()
			.dependOnClassesThat()
			.resideOutsideOfPackages("java..", "dev.telemetry.cli", "dev.telemetry", "dev.telemetry.spec",
					"dev.telemetry.insight", "dev.telemetry.consent", "dev.telemetry.problem", "dev.telemetry.storage",
					"dev.telemetry.event", "dev.telemetry.machine", "dev.telemetry.setting", "dev.telemetry.sink",
					"dev.telemetry.sink.http", "dev.telemetry.sink.otlp", "dev.telemetry.delivery", "org.jspecify..",
					"org.yaml.snakeyaml..", "picocli..", "tools.jackson.core..")
			.check(CLASSES);
	}

	@Test
	void nothingSleeps() {
		noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
	}

	@Test
	void noFileIsLongerThan400Lines() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(sources).isNotEmpty()
				.allSatisfy((file) -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(400));
		}
	}

}
