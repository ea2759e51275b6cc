package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import dev.telemetry.Internal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is API: the types that are public and not {@link Internal}, with their signatures
 * as {@code api.txt} of their module has them. {@code -Dtelemetry.golden=write} writes
 * the files anew, and fails, so that it is not done unseen.
 */
class ApiTests {

	private static final Set<JavaModifier> SHOWN = Set.of(JavaModifier.ABSTRACT, JavaModifier.FINAL,
			JavaModifier.STATIC);

	static Stream<String> modules() {
		return ArchitectureTests.modules();
	}

	@ParameterizedTest
	@MethodSource("modules")
	void apiIsWhatTheCommittedFileSays(String module) throws IOException {
		String actual = exported(module).map(ApiTests::describe).collect(Collectors.joining("\n"));
		Path file = Path.of("..", module, "api.txt");
		if ("write".equals(System.getenv("GOLDEN_FILES")) && !actual.isEmpty()) {
			Files.writeString(file, actual);
			throw new AssertionError(file + " was written: look at the difference, then compare");
		}
		assertThat(actual).isEqualTo(Files.exists(file) ? Files.readString(file) : "");
	}

	/** An application cannot use what it is handed by a type that it should not know. */
	@ParameterizedTest
	@MethodSource("modules")
	void apiMentionsNothingInternal(String module) {
		Set<String> internal = new TreeSet<>();
		exported(module).forEach((type) -> members(type).forEach((member) -> {
			for (JavaClass mentioned : mentioned(member)) {
				if (mentioned.getPackageName().startsWith(ArchitectureTests.ROOT) && !isExported(mentioned)) {
					internal.add(member.getFullName() + " mentions " + mentioned.getName());
				}
			}
		}));
		assertThat(internal).isEmpty();
	}

	@Test
	void whatIsInternalIsSeen() {
		assertThat(exported("telemetry-api").map(JavaClass::getSimpleName)).contains("TelemetryContext", "EventType");
		assertThat(exported("telemetry-sdk").map(JavaClass::getSimpleName)).contains("TelemetrySink")
			.doesNotContain("Home", "DeliveryLane");
	}

	private static Stream<JavaClass> exported(String module) {
		return ArchitectureTests.types(module)
			.filter(ApiTests::isExported)
			.sorted(Comparator.comparing(JavaClass::getName));
	}

	private static boolean isExported(JavaClass type) {
		if (type.isArray()) {
			return isExported(type.getBaseComponentType());
		}
		boolean open = isOpen(type.getModifiers()) && !type.isAnnotatedWith(Internal.class)
				&& !type.getPackage().isAnnotatedWith(Internal.class);
		return open && type.getEnclosingClass().map(ApiTests::isExported).orElse(true);
	}

	private static boolean isOpen(Set<JavaModifier> modifiers) {
		return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
				&& !modifiers.contains(JavaModifier.SYNTHETIC);
	}

	private static Stream<JavaMember> members(JavaClass type) {
		return type.getMembers()
			.stream()
			.filter((member) -> isOpen(member.getModifiers()) && !member.isAnnotatedWith(Internal.class));
	}

	private static List<JavaClass> mentioned(JavaMember member) {
		List<JavaType> types = new ArrayList<>();
		if (member instanceof JavaCodeUnit unit) {
			types.add(unit.getReturnType());
			types.addAll(unit.getParameterTypes());
			types.addAll(unit.getThrowsClause().getTypes());
		}
		if (member instanceof JavaField field) {
			types.add(field.getType());
		}
		return types.stream().flatMap((type) -> type.getAllInvolvedRawTypes().stream()).toList();
	}

	private static String describe(JavaClass type) {
		String above = Stream.concat(
				type.getSuperclass().map(JavaType::getName).filter((name) -> !name.equals("java.lang.Object")).stream(),
				type.getInterfaces().stream().map(JavaType::getName).sorted())
			.collect(Collectors.joining(", "));
		String head = modifiers(type.getModifiers()) + kind(type) + " " + type.getName()
				+ (above.isEmpty() ? "" : " : " + above);
		return Stream.concat(Stream.of(head), members(type).map(ApiTests::describe).sorted())
			.collect(Collectors.joining("\n", "", "\n"));
	}

	private static String kind(JavaClass type) {
		if (type.isAnnotation()) {
			return "annotation";
		}
		if (type.isInterface()) {
			return "interface";
		}
		if (type.isEnum()) {
			return "enum";
		}
		return type.isRecord() ? "record" : "class";
	}

	private static String describe(JavaMember member) {
		String head = "    " + modifiers(member.getModifiers());
		if (member instanceof JavaField field) {
			return head + field.getType().getName() + " " + field.getName();
		}
		JavaCodeUnit unit = (JavaCodeUnit) member;
		String parameters = unit.getParameterTypes()
			.stream()
			.map(JavaType::getName)
			.collect(Collectors.joining(", ", "(", ")"));
		String thrown = unit.getThrowsClause()
			.getTypes()
			.stream()
			.map(JavaType::getName)
			.sorted()
			.collect(Collectors.joining(", "));
		String name = (unit instanceof JavaConstructor) ? "<init>"
				: ((JavaMethod) unit).getReturnType().getName() + " " + unit.getName();
		return head + name + parameters + (thrown.isEmpty() ? "" : " throws " + thrown);
	}

	private static String modifiers(Set<JavaModifier> modifiers) {
		return modifiers.stream()
			.filter(SHOWN::contains)
			.map((modifier) -> modifier.name().toLowerCase(Locale.ROOT) + " ")
			.sorted()
			.collect(Collectors.joining());
	}

}
