package dev.telemetry.sdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application gets together with us is what
 * {@code docs/decisions/0003-dependencies.md} gives a reason for, and no more.
 */
@Tag("T-26")
class DependencyTests {

	private static final Path DECISION = Path.of("..", "docs", "decisions", "0003-dependencies.md");

	private static final List<Path> AUTOCONFIGURE = List.of(pom("telemetry-api"), pom("telemetry-sdk"),
			pom("telemetry-spring-boot-autoconfigure"));

	private static final Path STARTER = pom("telemetry-spring-boot-starter");

	/** What an application gets. */
	private static final List<Path> APPLICATION = List.of(pom("telemetry-api"), pom("telemetry-sdk"),
			pom("telemetry-otlp"), pom("telemetry-spring-boot-autoconfigure"), pom("telemetry-spring-boot-console"),
			STARTER);

	/** And what a build or a person gets. */
	private static final List<Path> ALL = Stream
		.concat(APPLICATION.stream(),
				Stream.of(pom("telemetry-spec-tools"), pom("telemetry-spring-boot-build"),
						pom("telemetry-spring-boot-test"), pom("telemetry-maven-plugin"), pom("telemetry-cli")))
		.toList();

	@Test
	void librariesThatComeWithUsHaveAReason() throws Exception {
		Set<String> decided = new TreeSet<>();
		Pattern.compile("(?m)^\\| ([a-z-]+)[^|]*\\|[^|]*\\| no[^|]*\\|$")
			.matcher(Files.readString(DECISION))
			.results()
			.forEach((row) -> decided.add(row.group(1)));
		Set<String> libraries = new TreeSet<>();
		for (Path pom : AUTOCONFIGURE) {
			libraries.addAll(names(runtime(pom)));
		}
		libraries.removeIf((name) -> name.startsWith("telemetry-"));
		assertThat(libraries).isEqualTo(decided);
	}

	@Test
	void starterAddsTheActuatorAndOpenTelemetry() throws Exception {
		assertThat(names(runtime(STARTER))).containsExactly("telemetry-spring-boot-autoconfigure", "telemetry-otlp",
				"telemetry-spring-boot-console", "spring-boot-starter-actuator", "opentelemetry-sdk",
				"opentelemetry-exporter-otlp");
	}

	/**
	 * Of two paths of equal length to a library Maven takes the first with its
	 * exclusions: what we exclude, an application would lose as well.
	 */
	@Test
	void nothingThatAnApplicationMayGetIsExcluded() throws Exception {
		for (Path pom : ALL) {
			assertThat(runtime(pom)).isNotEmpty()
				.allSatisfy((dependency) -> assertThat(children(dependency, "exclusion")).isEmpty());
			assertThat(optional(pom))
				.allSatisfy((dependency) -> assertThat(children(dependency, "exclusion")).isEmpty());
		}
		assertThat(Files.readString(Path.of("..", "pom.xml"))).doesNotContain("<exclusion>", "<bannedDependencies>");
	}

	/**
	 * Versions come from Spring Boot, so that an application that manages another one
	 * gets that; the few that Boot does not manage stand in the parent.
	 */
	@Test
	void noVersionIsSetBesideTheManagedOnes() throws Exception {
		for (Path pom : APPLICATION) {
			assertThat(runtime(pom)).allSatisfy((dependency) -> assertThat(text(dependency, "version")).isEmpty());
		}
	}

	@Test
	void nothingUnstableIsAskedFor() throws Exception {
		for (Path pom : ALL) {
			assertThat(runtime(pom)).isNotEmpty()
				.allSatisfy((dependency) -> assertThat(text(dependency, "version")).doesNotContainIgnoringCase("alpha")
					.doesNotContainIgnoringCase("snapshot"));
		}
	}

	/**
	 * It is published without its parent, whose versions an application would get as
	 * well.
	 */
	@Test
	void bomManagesEveryModuleOfOursAndNothingElse() throws Exception {
		Set<String> modules = new TreeSet<>();
		for (Element module : children(project(Path.of("..", "pom.xml")), "module")) {
			if (module.getTextContent().startsWith("telemetry-")) {
				modules.add(module.getTextContent());
			}
		}
		modules.remove("telemetry-bom");
		Element bom = project(pom("telemetry-bom"));
		List<Element> managed = children(bom, "dependency");
		assertThat(names(managed)).containsExactlyInAnyOrderElementsOf(modules);
		assertThat(managed).allSatisfy((dependency) -> {
			assertThat(text(dependency, "groupId")).isEqualTo("dev.telemetry");
			assertThat(text(dependency, "version")).isEqualTo("${project.version}");
		});
		assertThat(text(bom, "flattenMode")).isEqualTo("bom");
	}

	private static Element project(Path pom) throws Exception {
		return DocumentBuilderFactory.newDefaultInstance()
			.newDocumentBuilder()
			.parse(pom.toFile())
			.getDocumentElement();
	}

	private static Path pom(String module) {
		return Path.of("..", module, "pom.xml");
	}

	/** Return what is neither optional nor for tests or the compiler only. */
	private static List<Element> runtime(Path pom) throws Exception {
		return dependencies(pom).stream().filter((dependency) -> !isOptional(dependency)).toList();
	}

	private static List<Element> optional(Path pom) throws Exception {
		return dependencies(pom).stream().filter(DependencyTests::isOptional).toList();
	}

	private static boolean isOptional(Element dependency) {
		return text(dependency, "optional").equals("true");
	}

	/** Return what is neither for tests nor for the compiler only. */
	private static List<Element> dependencies(Path pom) throws Exception {
		Element project = project(pom);
		List<Element> dependencies = new ArrayList<>();
		for (Element dependency : children(project, "dependency")) {
			boolean ours = dependency.getParentNode().getParentNode() == project;
			String scope = text(dependency, "scope");
			if (ours && !scope.equals("test") && !scope.equals("provided")) {
				dependencies.add(dependency);
			}
		}
		return dependencies;
	}

	private static List<String> names(List<Element> dependencies) {
		return dependencies.stream().map((dependency) -> text(dependency, "artifactId")).toList();
	}

	private static List<Element> children(Element element, String name) {
		NodeList found = element.getElementsByTagName(name);
		List<Element> elements = new ArrayList<>();
		for (int i = 0; i < found.getLength(); i++) {
			elements.add((Element) found.item(i));
		}
		return elements;
	}

	private static String text(Element element, String name) {
		List<Element> found = children(element, name);
		return found.isEmpty() ? "" : found.get(0).getTextContent();
	}

}
