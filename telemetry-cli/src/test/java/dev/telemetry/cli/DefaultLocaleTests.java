package dev.telemetry.cli;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DateFormat;
import java.text.DecimalFormat;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing of ours depends on the language of the machine: in some, digits are not ASCII,
 * and an {@code I} in lower case has no dot. What calls a method of the JDK that has a
 * variant with a {@link Locale} calls that one.
 */
class DefaultLocaleTests {

	/** What depends on the default locale and has no variant with another one. */
	private static final Set<String> WITHOUT_VARIANT = Set.of("java.lang.String.formatted",
			"java.text.DecimalFormat.<init>", "java.text.DecimalFormatSymbols.<init>", "java.text.MessageFormat.format",
			"java.util.Scanner.<init>", "java.util.Locale.getDefault",
			"java.time.format.DateTimeFormatter.ofLocalizedDate", "java.time.format.DateTimeFormatter.ofLocalizedTime",
			"java.time.format.DateTimeFormatter.ofLocalizedDateTime", "java.text.DateFormat.getInstance",
			"java.text.DateFormat.getDateInstance", "java.text.DateFormat.getTimeInstance",
			"java.text.DateFormat.getDateTimeInstance");

	/** As source, of the modules that are not in this class path. */
	private static final Pattern SOURCE = Pattern.compile(
			"(?:\\bformat|\\bprintf)\\((?!Locale\\.ROOT)|\\.formatted\\(|to(?:Lower|Upper)Case\\(\\)|::to(?:Lower|Upper)Case");

	/** It asks for the language of the user, to choose sentences by it. */
	private static final String OF_THE_USER = "(TerminalLanguage.java:";

	@Test
	void nothingDependsOnTheDefaultLocale() {
		JavaClasses classes = new ClassFileImporter().withImportOption(new MainClasses())
			.importPackages("dev.telemetry");
		assertThat(classes.contain("dev.telemetry.TelemetryContext")).isTrue();
		assertThat(classes.contain("dev.telemetry.cli.TelemetryCli")).isTrue();
		assertThat(found(classes)).allMatch((line) -> line.startsWith(OF_THE_USER));
	}

	@Test
	void whatDependsOnTheDefaultLocaleIsFound() {
		Set<String> found = new ClassFileImporter().importClasses(Dependent.class)
			.stream()
			.flatMap(DefaultLocaleTests::dependencies)
			.map((line) -> line.substring(line.indexOf(' ') + 1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(found).containsExactly("java.io.PrintStream.format", "java.io.PrintStream.printf",
				"java.lang.String.format", "java.lang.String.formatted", "java.lang.String.toLowerCase",
				"java.lang.String.toUpperCase", "java.text.DateFormat.getDateInstance",
				"java.text.DecimalFormat.<init>", "java.text.MessageFormat.<init>", "java.text.MessageFormat.format",
				"java.text.NumberFormat.getInstance", "java.text.SimpleDateFormat.<init>",
				"java.time.format.DateTimeFormatter.ofLocalizedDate", "java.time.format.DateTimeFormatter.ofPattern",
				"java.time.format.DateTimeFormatterBuilder.toFormatter", "java.util.Formatter.<init>",
				"java.util.Locale.getDefault", "java.util.ResourceBundle.getBundle", "java.util.Scanner.<init>");
		assertThat(found(new ClassFileImporter().importClasses(Independent.class))).isEmpty();
	}

	@Test
	void sourcesOfTheOtherModulesDoNotEither() throws IOException {
		for (String module : List.of("demo-app", "jcstress", "benchmarks")) {
			try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
				List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
				assertThat(sources).isNotEmpty()
					.allSatisfy((file) -> assertThat(SOURCE.matcher(Files.readString(file)).find()).isFalse());
			}
		}
		assertThat(SOURCE.matcher("a.toLowerCase()").find()).isTrue();
	}

	private static List<String> found(JavaClasses classes) {
		return classes.stream().flatMap(DefaultLocaleTests::dependencies).toList();
	}

	private static Stream<String> dependencies(JavaClass type) {
		return type.getAccessesFromSelf()
			.stream()
			.filter((access) -> access.getTarget() instanceof CodeUnitAccessTarget target && dependsOnLocale(target))
			.map((access) -> access.getSourceCodeLocation() + " " + name(access));
	}

	private static String name(JavaAccess<?> access) {
		return access.getTargetOwner().getName() + "." + access.getName();
	}

	private static boolean dependsOnLocale(CodeUnitAccessTarget target) {
		if (!target.getOwner().getName().startsWith("java.")) {
			return false;
		}
		if (WITHOUT_VARIANT.contains(target.getOwner().getName() + "." + target.getName())) {
			return true;
		}
		List<String> parameters = target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
		return !parameters.contains(Locale.class.getName()) && variants(target)
			.map((variant) -> Arrays.stream(variant.getParameterTypes()).map(Class::getName).toList())
			.anyMatch((variant) -> variant.contains(Locale.class.getName()) && variant.stream()
				.filter((type) -> !type.equals(Locale.class.getName()))
				.toList()
				.equals(parameters));
	}

	private static Stream<Executable> variants(CodeUnitAccessTarget target) {
		Class<?> owner = target.getOwner().reflect();
		return target.getName().equals("<init>") ? Arrays.stream(owner.getConstructors())
				: Arrays.stream(owner.getMethods())
					.filter((method) -> method.getName().equals(target.getName()))
					.map(Executable.class::cast);
	}

	/** Has one of each. */
	static final class Dependent {

		private Dependent() {
		}

		static List<Object> all(String text) {
			UnaryOperator<String> reference = String::toUpperCase;
			System.out.printf("%s", text);
			System.out.format("%s", text);
			return List.of(reference, String.format("%d", 1), "%d".formatted(1), text.toLowerCase(),
					NumberFormat.getInstance(), new DecimalFormat("0"), new SimpleDateFormat("yyyy"),
					DateFormat.getDateInstance(), DateTimeFormatter.ofPattern("yyyy"),
					DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG), new DateTimeFormatterBuilder().toFormatter(),
					new Formatter(), new Scanner(text), new MessageFormat("{0}"), MessageFormat.format("{0}", 1),
					ResourceBundle.getBundle(text), Locale.getDefault());
		}

	}

	/** Has the same, and says in which locale. */
	static final class Independent {

		private Independent() {
		}

		static List<Object> all(String text) {
			System.out.printf(Locale.ROOT, "%s", text);
			return List.of(String.format(Locale.ROOT, "%d", 1), text.toLowerCase(Locale.ROOT), text.indexOf("a"),
					NumberFormat.getInstance(Locale.ROOT), new SimpleDateFormat("yyyy", Locale.ROOT),
					DateTimeFormatter.ofPattern("yyyy", Locale.ROOT), DateTimeFormatter.ISO_INSTANT,
					new Formatter(Locale.ROOT), String.valueOf(1.5), Integer.parseInt("1"));
		}

	}

}
