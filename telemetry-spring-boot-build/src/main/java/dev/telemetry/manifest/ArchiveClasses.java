package dev.telemetry.manifest;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.springframework.util.ClassUtils;

/**
 * The compiled classes of an archive, loaded but not initialised, so that none of its
 * code runs in the build. Only enums that are values of annotations are initialised, by
 * the code that reads annotations.
 */
final class ArchiveClasses {

	private static final String SUFFIX = ".class";

	private final ClassLoader classLoader;

	private final List<Class<?>> all = new ArrayList<>();

	private final Map<String, String> skipped = new TreeMap<>();

	/**
	 * Load classes.
	 * @param directories where they were compiled to
	 * @param classLoader has them and all they need on its class path
	 * @throws IOException if a directory cannot be read
	 */
	ArchiveClasses(List<Path> directories, ClassLoader classLoader) throws IOException {
		this.classLoader = classLoader;
		for (Path directory : directories) {
			try (Stream<Path> files = Files.walk(directory)) {
				files.filter((file) -> file.toString().endsWith(SUFFIX))
					.map((file) -> name(directory.relativize(file)))
					.filter((name) -> !name.startsWith("META-INF") && !name.endsWith("-info"))
					.forEach(this::load);
			}
		}
		this.all.sort(Comparator.comparing(Class::getName));
	}

	private static String name(Path file) {
		String path = file.toString().replace(file.getFileSystem().getSeparator(), ".");
		return path.substring(0, path.length() - SUFFIX.length());
	}

	private void load(String name) {
		try {
			Class<?> type = Class.forName(name, false, this.classLoader);
			link(type);
			this.all.add(type);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			this.skipped.put(name, ex.getClass().getSimpleName() + " " + ex.getMessage());
		}
	}

	/** What is missing shows when methods are asked for. */
	private static int link(Class<?> type) {
		int methods = 0;
		for (Class<?> each = type; each != null; each = each.getSuperclass()) {
			methods += each.getDeclaredMethods().length;
		}
		for (Class<?> each : ClassUtils.getAllInterfacesForClassAsSet(type)) {
			methods += each.getDeclaredMethods().length;
		}
		return methods;
	}

	/**
	 * Return all classes that could be loaded.
	 * @return the classes in order
	 */
	List<Class<?>> all() {
		return this.all;
	}

	/**
	 * Return the classes of which there may be beans. An interface or abstract class
	 * counts where nothing in the archive implements it: a library may.
	 * @return the classes in order
	 */
	List<Class<?>> beanClasses() {
		List<Class<?>> concrete = this.all.stream().filter((type) -> !isAbstract(type)).toList();
		return this.all.stream()
			.filter((type) -> !type.isAnnotation())
			.filter((type) -> !isAbstract(type) || concrete.stream().noneMatch(type::isAssignableFrom))
			.toList();
	}

	private static boolean isAbstract(Class<?> type) {
		return Modifier.isAbstract(type.getModifiers());
	}

	/**
	 * Return the classes that could not be loaded.
	 * @return the reason for each
	 */
	Map<String, String> skipped() {
		return this.skipped;
	}

}
