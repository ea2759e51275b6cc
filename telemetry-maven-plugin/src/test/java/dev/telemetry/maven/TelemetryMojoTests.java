package dev.telemetry.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What the goals write, find and refuse. A real Maven runs them in the projects of
 * {@code src/it}.
 */
class TelemetryMojoTests {

	private static final String ITEMS = "@TelemetryAttribute(\"items\") int items";

	private static final String SPEC = """
			meta: { key: shop, version: 1.0.0, owners: ['@team.shop'] }
			events:
			  - key: order.paid
			    semantics: { what: An order was paid }
			    purpose: plan the stock
			    privacy: public
			    expires: %s
			""".formatted(LocalDate.now(ZoneOffset.UTC).plusYears(1));

	@TempDir
	private Path directory;

	private SmallProject project;

	@BeforeEach
	void create() throws IOException {
		// As a folder of a user may be named
		this.project = new SmallProject(this.directory.resolve("a \"small\" project \u00e9"));
	}

	@Test
	void lintNamesTheFileOfTheProjectAndFails() throws Exception {
		this.project.spec("shop.telemetry.yaml", SPEC);
		this.project.lint().execute();
		assertThat(this.project.said()).containsExactly("info: 0 findings in 1 spec");
		this.project.said().clear();
		this.project.spec("shop.telemetry.yaml", SPEC.replace("plan the stock", "todo"));
		assertThatExceptionOfType(MojoFailureException.class).isThrownBy(this.project.lint()::execute)
			.withMessageStartingWith("1 finding in 1 spec");
		assertThat(this.project.said()).singleElement()
			.asString()
			.startsWith("warn: src/main/resources/telemetry/shop.telemetry.yaml:5:5: purpose: ");
		LintMojo lint = this.project.lint();
		ReflectionTestUtils.setField(lint, "allowFindings", true);
		assertThatNoException().isThrownBy(lint::execute);
	}

	@Test
	void lintWithoutSpecsPassesAndSaysWhereItLooked() throws Exception {
		this.project.lint().execute();
		assertThat(this.project.said()).containsExactly("info: No specs were found in [src/main/resources/telemetry]");
	}

	@Test
	void manifestIsWrittenForSpecsAndCode() throws Exception {
		this.project.spec("shop.telemetry.yaml", SPEC).records(ITEMS).manifestGoal().execute();
		assertThat(this.project.said())
			.containsExactly("info: target/classes/META-INF/telemetry-manifest.json declares 2 events");
		assertThat(this.project.manifest()).content().contains("order.paid", "order.placed", "\"items\"");
		assertThat(this.project.classes().resolveSibling("telemetry")).isEmptyDirectory();
	}

	@Test
	void manifestFailsWhenSomethingHasToBeFixed() throws Exception {
		this.project.records("@TelemetryAttribute(\"email\") String email");
		assertThatExceptionOfType(MojoFailureException.class).isThrownBy(this.project.manifestGoal()::execute);
		assertThat(this.project.said())
			.anyMatch((line) -> line.startsWith("error: com.example.OrderService#place: personal-data: "));
		ManifestMojo allowing = this.project.manifestGoal();
		ReflectionTestUtils.setField(allowing, "allowFindings", true);
		assertThatNoException().isThrownBy(allowing::execute);
	}

	@Test
	void checkFailsUntilWhatIsWiderWasReviewed() throws Exception {
		this.project.records(ITEMS);
		assertThatExceptionOfType(MojoFailureException.class).isThrownBy(this.project.check()::execute);
		assertThat(this.project.said()).anyMatch((line) -> line
			.startsWith("error: There is no telemetry-baseline.json to compare with: copy target/classes/META-INF"));
		this.project.accept();
		assertThatNoException().isThrownBy(this.project.check()::execute);
		this.project.records(ITEMS + ", @TelemetryAttribute(\"total\") double total").said().clear();
		assertThatExceptionOfType(MojoFailureException.class).isThrownBy(this.project.check()::execute)
			.withMessageContaining("more is collected than was reviewed");
		assertThat(this.project.said()).contains("error: wider: order.placed/total: is collected");
		this.project.accept();
		assertThatNoException().isThrownBy(this.project.check()::execute);
	}

	@Test
	void withoutARequiredBaselineThereIsANote() throws Exception {
		CheckMojo check = this.project.records(ITEMS).check();
		ReflectionTestUtils.setField(check, "requireBaseline", false);
		assertThatNoException().isThrownBy(check::execute);
		assertThat(this.project.said())
			.anyMatch((line) -> line.startsWith("info: There is no telemetry-baseline.json"));
	}

	@Test
	void whatCannotBeReadIsAnError() throws Exception {
		Files.writeString(this.project.records(ITEMS).baseline(), "{ \"format\": 1, }");
		assertThatExceptionOfType(MojoExecutionException.class).isThrownBy(this.project.check()::execute);
		assertThat(this.project.said())
			.anyMatch((line) -> line.startsWith("error: telemetry-baseline.json:1:16: it is not valid JSON: "));
	}

	@Test
	void dictionaryIsWrittenAndComparedInBothForms() throws Exception {
		Path page = this.directory.resolve("docs/TELEMETRY.md");
		DictionaryMojo dictionary = this.project.records(ITEMS).dictionary(page, DictionaryMojo.Format.markdown);
		assertThatExceptionOfType(MojoExecutionException.class).isThrownBy(dictionary::execute)
			.withMessageContaining("add the goal 'manifest' or 'check'");
		this.project.manifestGoal().execute();
		dictionary.execute();
		assertThat(page).content().startsWith("<!-- Generated by telemetry-cli docs").contains("| items | number |");
		ReflectionTestUtils.setField(dictionary, "compare", true);
		assertThatNoException().isThrownBy(dictionary::execute);
		Files.writeString(page, Files.readString(page) + "more");
		assertThatExceptionOfType(MojoFailureException.class).isThrownBy(dictionary::execute)
			.withMessageContaining("is not what the manifest says");
		Path html = this.directory.resolve("TELEMETRY.html");
		this.project.dictionary(html, DictionaryMojo.Format.html).execute();
		assertThat(html).content().startsWith("<!DOCTYPE html>").contains(">items</a></th><td>number</td>");
	}

	@Test
	void dictionaryNeverReplacesAnotherPage() throws Exception {
		Path page = Files.writeString(this.directory.resolve("README.md"), "# Mine\n");
		this.project.records(ITEMS).manifestGoal().execute();
		DictionaryMojo dictionary = this.project.dictionary(page, DictionaryMojo.Format.markdown);
		assertThatExceptionOfType(MojoFailureException.class).isThrownBy(dictionary::execute)
			.withMessageContaining("was not written by this goal");
		assertThat(page).hasContent("# Mine\n");
	}

	@Test
	void nothingIsDoneForAParentOrWhenSkippedOrWithoutClasses() throws Exception {
		this.project.records("@TelemetryAttribute(\"email\") String email");
		ManifestMojo skipped = this.project.manifestGoal();
		ReflectionTestUtils.setField(skipped, "skip", true);
		skipped.execute();
		this.project.project().setPackaging("pom");
		this.project.manifestGoal().execute();
		assertThat(this.project.said()).isEmpty();
		this.project.project().setPackaging("jar");
		ManifestMojo empty = this.project.manifestGoal();
		ReflectionTestUtils.setField(empty, "classesDirectory", this.directory.resolve("none").toFile());
		empty.execute();
		assertThat(this.project.said()).singleElement().asString().endsWith("none: nothing is declared");
	}

	@Test
	void anotherVersionOfOursIsRefused() throws Exception {
		Path jar = this.directory.resolve("telemetry-api.jar");
		this.project.records(ITEMS).uses(SmallProject.artifact("dev.telemetry", "telemetry-api", "1.2.2", jar));
		assertThatExceptionOfType(MojoExecutionException.class).isThrownBy(this.project.manifestGoal()::execute)
			.withMessage("telemetry-maven-plugin is 1.2.3 and the project uses telemetry-api 1.2.2;"
					+ " give both the same version");
		this.project.uses(SmallProject.artifact("dev.telemetry", "telemetry-api", SmallProject.VERSION, jar));
		assertThatNoException().isThrownBy(this.project.manifestGoal()::execute);
	}

}
