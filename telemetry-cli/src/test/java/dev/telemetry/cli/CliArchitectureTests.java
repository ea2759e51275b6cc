package dev.telemetry.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.telemetry.autoconfigure.SettingsInspection;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The row of this package in {@code docs/architecture.md}. */
class CliArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(new MainClasses())
		.importPackages("dev.telemetry.cli");

	@Test
	void onlyWhatRunsWithoutSpringIsImported() {
		noClasses().should()
			.dependOnClassesThat()
			.resideOutsideOfPackages("java..", "dev.telemetry..", "org.jspecify..", "org.yaml.snakeyaml..", "picocli..",
					"tools.jackson.core..")
			.check(CLASSES);
	}

	/** What the application makes of settings is asked of the application's own code. */
	@Test
	void springIsReachedThroughTheInspectionOfSettingsAlone() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..").check(CLASSES);
		noClasses().should()
			.dependOnClassesThat(
					resideInAPackage("dev.telemetry.autoconfigure").and(not(type(SettingsInspection.class))))
			.check(CLASSES);
	}

	@Test
	void nothingSleeps() {
		noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
	}

}
