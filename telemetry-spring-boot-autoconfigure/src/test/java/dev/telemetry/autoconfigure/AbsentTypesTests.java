package dev.telemetry.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.telemetry.sdk.ChildEnvironment;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.ProcessOutput;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Everything that an application's start loads of ours works without any module of the
 * JDK and any library that is optional.
 */
@Tag("class-path")
class AbsentTypesTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	@TempDir
	private Path directory;

	@Test
	void applicationHasAllAutoConfigurations() throws IOException {
		List<String> imported = Arrays
			.stream(AbsentTypesApplication.Beans.class
				.getAnnotation(org.springframework.boot.autoconfigure.ImportAutoConfiguration.class)
				.value())
			.map(Class::getName)
			.filter((name) -> name.startsWith("dev.telemetry"))
			.toList();
		try (var in = getClass().getClassLoader().getResourceAsStream(IMPORTS)) {
			// Others on the class path have such files as well
			assertThat(in).isNotNull();
		}
		assertThat(imported).containsExactlyInAnyOrderElementsOf(
				Files.readAllLines(Path.of("src", "main", "resources").resolve(IMPORTS)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "java.sql", "java.naming", "java.management", "java.net.http", "java.instrument",
			"java.compiler", "jdk.jfr" })
	void startWithoutAModule(String module) throws Exception {
		assertRecords(run(packagesOf(module), List.of()));
	}

	@Test
	void startWithoutAnyOptionalModule() throws Exception {
		Set<String> all = Stream
			.of("java.sql", "java.naming", "java.management", "java.net.http", "java.instrument", "java.prefs",
					"java.rmi", "java.scripting", "java.security.jgss", "java.transaction.xa", "jdk.management")
			.flatMap((module) -> packagesOf(module).stream())
			.collect(Collectors.toSet());
		assertRecords(run(all, List.of()));
	}

	@ParameterizedTest
	@MethodSource
	void startWithoutALibrary(String library) throws Exception {
		assertRecords(run(Set.of(), List.of(library)));
	}

	/** Every optional dependency of our POM; the servlet API comes with Tomcat too. */
	static List<String> startWithoutALibrary() throws IOException {
		String pom = Files.readString(Path.of("pom.xml"));
		List<String> optional = Pattern
			.compile("<artifactId>([^<]+)</artifactId>(?:(?!</dependency>).)*<optional>true", Pattern.DOTALL)
			.matcher(pom)
			.results()
			.map((MatchResult match) -> match.group(1) + "-")
			// What builds on it is of no use without it
			.map((prefix) -> prefix.replace("kotlinx-coroutines-core-jvm", "kotlinx-coroutines"))
			.toList();
		assertThat(optional).hasSizeGreaterThan(10);
		return Stream
			.concat(optional.stream(),
					Stream.of("opentelemetry-sdk-", "opentelemetry-exporter-otlp-", "tomcat-embed-core-", "spring-web-",
							"spring-jdbc-", "aspectjweaver-", "jackson-databind-", "spring-tx-", "spring-batch-"))
			.toList();
	}

	@Test
	void startWithoutAnyOptionalLibrary() throws Exception {
		List<String> all = new ArrayList<>(startWithoutALibrary());
		all.addAll(List.of("spring-boot-jdbc", "spring-boot-actuator", "kafka-", "reactor-", "opentelemetry-", "grpc-",
				"kotlin", "HikariCP", "h2-", "flyway", "liquibase", "postgresql"));
		assertRecords(run(Set.of(), all));
	}

	@Test
	void signatureThatNamesAnAbsentModuleIsFound() {
		assertThatThrownBy(() -> run(packagesOf("java.sql"), List.of(), "plant=true"))
			.hasStackTraceContaining("javax.sql.DataSource");
	}

	@Test
	void storeInADatabaseWithoutJavaSqlIsAProblemThatNamesIt() throws Exception {
		List<String> seen = run(packagesOf("java.sql"), List.of(), "telemetry.consent.store=jdbc");
		assertThat(seen).singleElement()
			.asString()
			.contains("problem telemetry.consent.store: is jdbc, but this Java runtime has no module java.sql");
	}

	@Test
	void endpointWithoutTheModuleForOtlpIsAProblemThatNamesIt() throws Exception {
		List<String> seen = run(Set.of(), List.of("telemetry-otlp-"),
				"telemetry.endpoint=https://collector.example.com");
		assertThat(seen).hasSize(2)
			.contains("sink file 1")
			.anySatisfy((line) -> assertThat(line)
				.contains("problem telemetry.endpoint: is set, but the module telemetry-otlp"));
	}

	/** In a real runtime that has just the modules that the document names. */
	@Test
	void startWithTheModulesThatTheDocumentNames() throws Exception {
		String modules = Pattern.compile("(?m)^java\\.base,\\S+$")
			.matcher(Files.readString(DOCUMENT))
			.results()
			.map(MatchResult::group)
			.findFirst()
			.orElseThrow();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"--limit-modules", modules, "-cp", System.getProperty("java.class.path"),
						AbsentTypesApplication.class.getName()));
		settings().forEach((name, value) -> command.add(name + "=" + value));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		ChildEnvironment.clear(builder);
		Process process = builder.start();
		ProcessOutput output = new ProcessOutput("an application in a small runtime", process);
		List<String> lines = new ArrayList<>();
		for (String line = output.line(); line != null; line = output.line()) {
			lines.add(line);
		}
		assertThat(Patience.exit("an application in a small runtime", process)).as("%s", lines).isZero();
		assertThat(lines).contains("sink file 1");
	}

	private static void assertRecords(List<String> seen) {
		assertThat(seen).containsExactly("sink file 1");
	}

	private Map<String, Object> settings(String... more) {
		Map<String, Object> settings = new LinkedHashMap<>();
		Stream
			.of(TestApplication.properties(this.directory.resolve("home")), new String[] { TestApplication.YES }, more)
			.flatMap(Arrays::stream)
			.forEach((each) -> settings.put(each.substring(0, each.indexOf('=')),
					each.substring(each.indexOf('=') + 1)));
		return settings;
	}

	private static Set<String> packagesOf(String module) {
		return ModuleLayer.boot().findModule(module).orElseThrow().getPackages();
	}

	private List<String> run(Set<String> packages, List<String> libraries, String... more) throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(classPathWithout(libraries), new Without(packages))) {
			Thread.currentThread().setContextClassLoader(loader);
			return application(loader).apply(settings(more));
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static URL[] classPathWithout(List<String> prefixes) throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			String name = name(new File(entry));
			if (prefixes.stream().noneMatch(name::startsWith)) {
				urls.add(Path.of(entry).toUri().toURL());
			}
		}
		return urls.toArray(URL[]::new);
	}

	/** A module of ours may be a folder of classes. */
	private static String name(File entry) {
		return entry.isDirectory() ? entry.getParentFile().getParentFile().getName() + "-" : entry.getName();
	}

	@SuppressWarnings("unchecked") // The class is known, but of another class loader
	private static Function<Map<String, Object>, List<String>> application(ClassLoader loader)
			throws ReflectiveOperationException {
		return (Function<Map<String, Object>, List<String>>) loader.loadClass(AbsentTypesApplication.class.getName())
			.getConstructor()
			.newInstance();
	}

	/** The JDK without some packages. */
	private static final class Without extends ClassLoader {

		private final Set<String> packages;

		Without(Set<String> packages) {
			super(ClassLoader.getPlatformClassLoader());
			this.packages = packages;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			int end = name.lastIndexOf('.');
			if (end > 0 && this.packages.contains(name.substring(0, end))) {
				throw new ClassNotFoundException(name);
			}
			return super.loadClass(name, resolve);
		}

	}

}
