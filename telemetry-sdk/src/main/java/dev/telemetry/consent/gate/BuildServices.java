package dev.telemetry.consent.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The build services that show themselves by variables, from a file in the jar. Without
 * that file it is unknown where the application runs, so consent would never be granted.
 */
final class BuildServices {

	private static final String FILE = "/dev/telemetry/consent/build-services.txt";

	private static final BuildServices ALL = parse(read());

	private final List<List<Variable>> services;

	private BuildServices(List<List<Variable>> services) {
		this.services = services;
	}

	static BuildServices all() {
		return ALL;
	}

	static BuildServices parse(String text) {
		List<List<Variable>> services = new ArrayList<>();
		text.lines().forEach((line) -> {
			int comment = line.indexOf('#');
			String names = ((comment >= 0) ? line.substring(0, comment) : line).strip();
			if (!names.isEmpty()) {
				services.add(List.of(names.split(" +")).stream().map(Variable::of).toList());
			}
		});
		return new BuildServices(List.copyOf(services));
	}

	private static String read() {
		try (InputStream file = BuildServices.class.getResourceAsStream(FILE)) {
			if (file == null) {
				throw new IOException(FILE + " is missing");
			}
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return the variables of each service, for tests. */
	List<List<Variable>> services() {
		return this.services;
	}

	/**
	 * Find the service this runs on.
	 * @param environment returns an environment variable
	 * @return the first variable that shows it, or {@code null}
	 */
	@Nullable String find(UnaryOperator<@Nullable String> environment) {
		for (List<Variable> service : this.services) {
			if (service.stream().allMatch((variable) -> variable.isIn(environment))) {
				return service.get(0).name();
			}
		}
		return null;
	}

	/**
	 * A variable of a build service.
	 *
	 * @param name its name
	 * @param value the only value that counts, or {@code null} for any
	 */
	record Variable(String name, @Nullable String value) {

		static Variable of(String text) {
			int equals = text.indexOf('=');
			return (equals < 0) ? new Variable(text, null)
					: new Variable(text.substring(0, equals), text.substring(equals + 1));
		}

		boolean isIn(UnaryOperator<@Nullable String> environment) {
			String set = environment.apply(this.name);
			return set != null && !set.isEmpty() && (this.value == null || this.value.equals(set));
		}

	}

}
