package dev.telemetry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilder;
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

	/** Comes with spring-core, which spring-boot-autoconfigure brings. */
	private static final String COMES_ANYWAY = "commons-logging";

	@Test
	void librariesThatComeWithUsHaveAReason() throws Exception {
		Set<String> decided = new TreeSet<>();
		Pattern.compile("(?m)^\\| ([a-z-]+)[^|]*\\|[^|]*\\| no[^|]*\\|$")
			.matcher(Files.readString(DECISION))
			.results()
			.forEach((row) -> decided.add(row.group(1)));
		assertThat(decided.remove(COMES_ANYWAY)).isTrue();
		assertThat(new TreeSet<>(names(runtime(Path.of("pom.xml"))))).isEqualTo(decided);
	}

	@Test
	void starterAddsTheActuatorAndOpenTelemetryWithoutASenderThatFollowsRedirects() throws Exception {
		List<Element> added = runtime(Path.of("..", "telemetry-spring-boot-starter", "pom.xml"));
		assertThat(names(added)).containsExactly("telemetry-spring-boot-autoconfigure", "spring-boot-starter-actuator",
				"opentelemetry-sdk", "opentelemetry-exporter-otlp");
		assertThat(children(added.get(3), "exclusion").stream().map((excluded) -> text(excluded, "artifactId")))
			.containsExactly("opentelemetry-exporter-sender-okhttp");
	}

	@Test
	void nothingUnstableIsAskedFor() throws Exception {
		for (String module : List.of("telemetry-spring-boot-autoconfigure", "telemetry-spring-boot-starter",
				"telemetry-cli")) {
			assertThat(runtime(Path.of("..", module, "pom.xml"))).isNotEmpty()
				.allSatisfy((dependency) -> assertThat(text(dependency, "version")).doesNotContainIgnoringCase("alpha")
					.doesNotContainIgnoringCase("snapshot"));
		}
	}

	/** Return what is neither optional nor for tests or the compiler only. */
	private static List<Element> runtime(Path pom) throws Exception {
		DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
		Element project = parser.parse(pom.toFile()).getDocumentElement();
		List<Element> runtime = new ArrayList<>();
		for (Element dependency : children(project, "dependency")) {
			boolean ours = dependency.getParentNode().getParentNode() == project;
			String scope = text(dependency, "scope");
			if (ours && !text(dependency, "optional").equals("true") && !scope.equals("test")
					&& !scope.equals("provided")) {
				runtime.add(dependency);
			}
		}
		return runtime;
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
