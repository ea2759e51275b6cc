package dev.telemetry.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.telemetry.Internal;
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

	static final String ROOT = "dev.telemetry";

	/** The packages of each module; {@code ROOT} is the root package. */
	private static final Map<String, List<String>> MODULES = new LinkedHashMap<>();

	/** Each package and what it may import of ours. */
	private static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();
	static {
		// telemetry-api
		row("telemetry-api", "annotation");
		row("telemetry-api", "spec");
		row("telemetry-api", ROOT, "spec");
		// telemetry-sdk
		row("telemetry-sdk", "problem");
		row("telemetry-sdk", "event");
		row("telemetry-sdk", "net");
		row("telemetry-sdk", "storage", "problem");
		row("telemetry-sdk", "machine", "storage");
		row("telemetry-sdk", "spec.reader", "spec");
		row("telemetry-sdk", "spec.registry", "spec");
		row("telemetry-sdk", "consent.store", "problem", "storage");
		row("telemetry-sdk", "consent.notice", "problem", "spec", "net", "consent.store");
		row("telemetry-sdk", "consent.gate", "problem", "storage", "consent.store", "consent.notice");
		row("telemetry-sdk", "pipeline", "event", "spec");
		row("telemetry-sdk", "sink", "problem", "event", "storage");
		row("telemetry-sdk", "setting", "net", "sink", "storage");
		row("telemetry-sdk", "anomaly", "event", "spec", "spec.registry", "pipeline");
		row("telemetry-sdk", "sent", "event", "sink");
		row("telemetry-sdk", "sink.http", "problem", "event", "sent", "sink");
		row("telemetry-sdk", "sink.posthog", "event", "sink", "sink.http");
		row("telemetry-sdk", "sink.segment", "event", "sink", "sink.http");
		row("telemetry-sdk", "sink.datadog", "event", "sink", "sink.http");
		row("telemetry-sdk", "delivery", "problem", "event", "consent.gate", "sink", "storage");
		row("telemetry-sdk", "sdk", ROOT, "problem", "event", "machine", "consent.store", "consent.notice",
				"consent.gate", "spec", "spec.registry", "pipeline", "sink", "delivery", "storage");
		row("telemetry-sdk", "deletion", "problem", "event", "machine", "consent.gate", "spec", "spec.registry", "sent",
				"sink", "sink.http", "delivery", "storage");
		row("telemetry-sdk", "insight", "event", "machine", "consent.store", "sent", "spec", "sink", "storage");
		// telemetry-otlp
		row("telemetry-otlp", "sink.otlp", "event", "sent", "setting", "sink", "sink.http");
		// telemetry-spec-tools
		row("telemetry-spec-tools", "spec.manifest", "spec", "spec.reader");
		row("telemetry-spec-tools", "spec.lint", "spec", "spec.reader", "spec.registry", "spec.manifest");
		row("telemetry-spec-tools", "spec.diff", "spec", "spec.registry", "spec.manifest", "consent.notice");
		row("telemetry-spec-tools", "spec.dictionary", "spec", "spec.manifest");
		// telemetry-spring-boot-autoconfigure
		row("telemetry-spring-boot-autoconfigure", "aspect", ROOT, "problem", "annotation", "spec");
		row("telemetry-spring-boot-autoconfigure", "kafka", "problem", "event", "sent", "sink");
		row("telemetry-spring-boot-autoconfigure", "batch", ROOT, "problem", "spec");
		row("telemetry-spring-boot-autoconfigure", "invocation", ROOT, "problem", "spec");
		row("telemetry-spring-boot-autoconfigure", "declaration", "problem", "spec", "spec.reader", "spec.registry");
		row("telemetry-spring-boot-autoconfigure", "actuate", "problem", "sdk", "consent.store", "consent.notice",
				"consent.gate", "pipeline", "delivery", "deletion", "insight", "sent");
		row("telemetry-spring-boot-autoconfigure", "command", "consent.notice", "consent.gate", "insight", "actuate");
		row("telemetry-spring-boot-autoconfigure", "connection", "autoconfigure");
		row("telemetry-spring-boot-autoconfigure", "autoconfigure", ROOT, "problem", "storage", "spec", "spec.registry",
				"annotation", "machine", "consent.store", "consent.notice", "consent.gate", "pipeline", "sink",
				"sink.http", "sink.otlp", "sink.posthog", "sink.segment", "sink.datadog", "delivery", "sdk", "deletion",
				"insight", "aspect", "actuate", "command", "kafka", "batch", "invocation", "anomaly", "declaration",
				"sent", "setting");
		// telemetry-spring-boot-build
		row("telemetry-spring-boot-build", "manifest", "problem", "consent.notice", "spec", "spec.reader",
				"spec.registry", "spec.lint", "spec.diff", "spec.manifest", "declaration", "aspect");
		// telemetry-spring-boot-console
		row("telemetry-spring-boot-console", "console", "sdk", "autoconfigure");
		// telemetry-spring-boot-test
		row("telemetry-spring-boot-test", "test", ROOT, "problem", "event", "consent.store", "consent.notice",
				"consent.gate", "spec", "spec.registry", "pipeline", "sink", "delivery", "sdk", "deletion",
				"autoconfigure", "manifest");
		// telemetry-cli
		row("telemetry-cli", "cli", "autoconfigure", "batch", "manifest", "consent.store", "consent.notice",
				"consent.gate", "deletion", "delivery", "event", "insight", "machine", "problem", "sdk", "setting",
				"sink", "sink.http", "sink.otlp", "spec", "spec.dictionary", "spec.diff", "spec.lint", "spec.manifest",
				"spec.reader", "storage");
		// telemetry-maven-plugin
		row("telemetry-maven-plugin", "maven", "spec.dictionary", "spec.lint", "spec.manifest", "spec.reader");
	}

	private static final Set<String> SPRING = Set.of("telemetry-spring-boot-autoconfigure",
			"telemetry-spring-boot-build", "telemetry-spring-boot-console", "telemetry-spring-boot-test");

	private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(new MainClasses())
		.importPackages(ROOT);

	private static void row(String module, String name, String... allowed) {
		MODULES.computeIfAbsent(module, (added) -> new ArrayList<>()).add(name);
		MAY_IMPORT.put(name, List.of(allowed));
	}

	@Test
	void everyPackageIsOnTheMap() {
		Set<String> packages = CLASSES.stream()
			.map((type) -> key(type.getPackageName()))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(MAY_IMPORT.keySet()).containsAll(packages);
	}

	@Test
	void everyPackageIsInItsModuleAndInNoOther() {
		Map<String, Set<String>> found = new TreeMap<>();
		CLASSES.forEach((type) -> found.computeIfAbsent(module(type), (added) -> new TreeSet<>())
			.add(key(type.getPackageName())));
		Map<String, Set<String>> expected = new TreeMap<>();
		MODULES.forEach((module, packages) -> expected.put(module, new TreeSet<>(packages)));
		assertThat(found).isEqualTo(expected);
	}

	static Stream<String> modules() {
		return MODULES.keySet().stream();
	}

	static Stream<JavaClass> types(String module) {
		return CLASSES.stream().filter((type) -> module(type).equals(module));
	}

	/** The folder of a module, also of one that is already packed. */
	private static String module(JavaClass type) {
		String place = type.getSource().orElseThrow().getUri().toString();
		return MODULES.keySet()
			.stream()
			.filter((module) -> place.contains("/" + module + "/target/"))
			.findFirst()
			.orElse(place);
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
		String[] core = MODULES.entrySet()
			.stream()
			.filter((module) -> !SPRING.contains(module.getKey()))
			.flatMap((module) -> module.getValue().stream())
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

	/** It leaves a socket behind for each answer that is not HTTP: page 0020. */
	@Test
	void nothingSendsWithTheHttpClientOfTheJdk() {
		noClasses().should().dependOnClassesThat().resideInAnyPackage("java.net.http..").check(CLASSES);
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

	/** An operation of an endpoint gets each parameter of a request as one of its own. */
	@Test
	void nothingTakesMoreThanSevenParametersButRecordsAndWhatSpringCalls() {
		List<String> tooMany = CLASSES.stream()
			.flatMap((type) -> type.getCodeUnits().stream())
			.filter((unit) -> unit.getRawParameterTypes().size() > 7)
			.filter((unit) -> !(unit.isConstructor() && unit.getOwner().isRecord()))
			.filter((unit) -> !unit.isAnnotatedWith("org.springframework.context.annotation.Bean"))
			.filter((unit) -> !unit
				.isAnnotatedWith("org.springframework.boot.actuate.endpoint.annotation.ReadOperation"))
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

	/** Save {@link Internal}, which any package may have. */
	private static boolean isOurs(JavaClass type) {
		boolean ours = type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
		return ours && !type.isEquivalentTo(Internal.class);
	}

	private static String key(String packageName) {
		return packageName.equals(ROOT) ? ROOT : packageName.substring(ROOT.length() + 1);
	}

	private static String packageName(String key) {
		return key.equals(ROOT) ? ROOT : ROOT + "." + key;
	}

}
