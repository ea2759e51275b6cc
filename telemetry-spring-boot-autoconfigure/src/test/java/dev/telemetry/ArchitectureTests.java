package dev.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The map of the house, see {@code docs/architecture.md}. A package that is not in the
 * table fails the build; a new import between packages changes the table, and a page in
 * {@code docs/decisions} says why.
 */
@Tag("T-12")
class ArchitectureTests {

	private static final String ROOT = "dev.telemetry";

	/** Each package and what it may import of ours; {@code ROOT} is the root package. */
	private static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();
	static {
		// Layer 0
		MAY_IMPORT.put("problem", List.of());
		MAY_IMPORT.put("event", List.of());
		MAY_IMPORT.put("storage", List.of("problem"));
		MAY_IMPORT.put("spec", List.of());
		MAY_IMPORT.put("annotation", List.of());
		// Layer 1
		MAY_IMPORT.put("machine", List.of("storage"));
		MAY_IMPORT.put("consent", List.of("problem", "storage"));
		MAY_IMPORT.put("pipeline", List.of("event", "spec"));
		MAY_IMPORT.put("sink", List.of("problem", "event", "storage"));
		// Layer 2
		MAY_IMPORT.put("anomaly", List.of("event", "spec", "pipeline"));
		MAY_IMPORT.put("sink.http", List.of("event", "sink"));
		MAY_IMPORT.put("sink.otlp", List.of("event", "sink", "sink.http"));
		MAY_IMPORT.put("sink.posthog", List.of("event", "sink", "sink.http"));
		MAY_IMPORT.put("sink.segment", List.of("event", "sink", "sink.http"));
		MAY_IMPORT.put("sink.datadog", List.of("event", "sink", "sink.http"));
		MAY_IMPORT.put("delivery", List.of("problem", "event", "consent", "sink", "storage"));
		// Layer 3
		MAY_IMPORT.put("setting", List.of("sink", "sink.otlp"));
		MAY_IMPORT.put(ROOT,
				List.of("problem", "event", "machine", "consent", "spec", "pipeline", "sink", "delivery", "storage"));
		MAY_IMPORT.put("deletion",
				List.of("problem", "event", "machine", "consent", "spec", "sink", "sink.http", "delivery", "storage"));
		MAY_IMPORT.put("insight", List.of("event", "machine", "consent", "spec", "sink", "storage"));
		// Layer 4
		MAY_IMPORT.put("aspect", List.of("problem", "annotation", ROOT, "event", "spec"));
		MAY_IMPORT.put("actuate",
				List.of("problem", ROOT, "machine", "consent", "spec", "delivery", "deletion", "insight"));
		MAY_IMPORT.put("command", List.of(ROOT, "consent", "deletion", "insight", "actuate"));
		MAY_IMPORT.put("kafka", List.of("event", "sink"));
		MAY_IMPORT.put("batch", List.of("problem", ROOT, "spec"));
		MAY_IMPORT.put("declaration", List.of("problem", "spec"));
		// Layer 5
		MAY_IMPORT.put("manifest", List.of("problem", "spec", "declaration", "aspect"));
		MAY_IMPORT.put("autoconfigure",
				List.of("problem", "event", "storage", "spec", "annotation", "machine", "consent", "pipeline", "sink",
						"sink.http", "sink.otlp", "sink.posthog", "sink.segment", "sink.datadog", "delivery", ROOT,
						"deletion", "insight", "aspect", "actuate", "command", "kafka", "batch", "anomaly",
						"declaration", "manifest", "setting"));
	}

	private static final Set<String> SPRING = Set.of("aspect", "actuate", "command", "kafka", "batch", "declaration",
			"manifest", "autoconfigure");

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void everyPackageIsOnTheMap() {
		Set<String> packages = CLASSES.stream()
			.map((type) -> key(type.getPackageName()))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(MAY_IMPORT.keySet()).containsAll(packages);
	}

	@Test
	void packagesAreFreeOfCycles() {
		slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@TestFactory
	List<DynamicTest> packageImportsOnlyWhatItsRowAllows() {
		return MAY_IMPORT.entrySet()
			.stream()
			.map((row) -> DynamicTest.dynamicTest(row.getKey(), () -> checkRow(row.getKey(), row.getValue())))
			.toList();
	}

	private static void checkRow(String name, List<String> allowed) {
		Set<String> permitted = allowed.stream().map(ArchitectureTests::packageName).collect(Collectors.toSet());
		permitted.add(packageName(name));
		noClasses().that()
			.resideInAPackage(packageName(name))
			.should()
			.dependOnClassesThat(describe("are ours and not in " + allowed,
					(type) -> isOurs(type) && !permitted.contains(type.getPackageName())))
			.allowEmptyShould(true)
			.check(CLASSES);
	}

	@Test
	void springLivesAtTheEdge() {
		String[] core = MAY_IMPORT.keySet()
			.stream()
			.filter((name) -> !SPRING.contains(name))
			.map(ArchitectureTests::packageName)
			.toArray(String[]::new);
		noClasses().that()
			.resideInAnyPackage(core)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework..")
			.check(CLASSES);
	}

	@Test
	void openTelemetryLivesInItsSink() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + ".sink.otlp")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.opentelemetry..", "io.grpc..")
			.check(CLASSES);
	}

	@Test
	void nothingEvaluatesOrDeserialises() {
		noClasses().should()
			.dependOnClassesThat()
			.haveNameMatching(
					"java\\.io\\.ObjectInputStream|javax\\.script\\..*|org\\.springframework\\.expression\\..*")
			.check(CLASSES);
	}

	@Test
	void nothingSleeps() {
		noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
	}

	@Test
	void autoConfigurationsAreFinal() {
		classes().that()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.should()
			.haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
			.allowEmptyShould(true)
			.check(CLASSES);
	}

	@Test
	void everyPackageHasItsSentence() {
		List<String> missing = MAY_IMPORT.keySet()
			.stream()
			.map(ArchitectureTests::packageName)
			.filter((name) -> !Arrays.asList(annotationsOf(name)).contains("NullMarked"))
			.toList();
		assertThat(missing).isEmpty();
	}

	@Test
	void noFileIsLongerThan400Lines() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(sources).isNotEmpty()
				.allSatisfy((file) -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(400));
		}
	}

	@Test
	void nothingTakesMoreThanSevenParametersButRecordsAndWhatSpringCalls() {
		List<String> tooMany = CLASSES.stream()
			.flatMap((type) -> type.getCodeUnits().stream())
			.filter((unit) -> unit.getRawParameterTypes().size() > 7)
			.filter((unit) -> !(unit.isConstructor() && unit.getOwner().isRecord()))
			.filter((unit) -> !unit.isAnnotatedWith("org.springframework.context.annotation.Bean"))
			.map(JavaCodeUnit::getFullName)
			.toList();
		assertThat(tooMany).isEmpty();
	}

	private static String[] annotationsOf(String packageName) {
		try {
			Class<?> info = Class.forName(packageName + ".package-info");
			return Arrays.stream(info.getAnnotations())
				.map((annotation) -> annotation.annotationType().getSimpleName())
				.toArray(String[]::new);
		}
		catch (ClassNotFoundException ex) {
			return new String[0];
		}
	}

	private static DescribedPredicate<JavaClass> describe(String text,
			java.util.function.Predicate<JavaClass> predicate) {
		return DescribedPredicate.describe(text, predicate);
	}

	private static boolean isOurs(JavaClass type) {
		return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
	}

	private static String key(String packageName) {
		return packageName.equals(ROOT) ? ROOT : packageName.substring(ROOT.length() + 1);
	}

	private static String packageName(String key) {
		return key.equals(ROOT) ? ROOT : ROOT + "." + key;
	}

}
