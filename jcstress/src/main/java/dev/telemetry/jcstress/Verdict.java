package dev.telemetry.jcstress;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * Runs all races and judges them: ours must show no forbidden outcome in any mode, and
 * each planted gate must show one, or the races could not have seen it.
 */
public final class Verdict {

	/** Has threads of its own, so that fewer may exist at once. */
	private static final String HEAVY = "FlushAgainstCloseTest";

	private Verdict() {
	}

	/**
	 * Run and judge; ends with status 1 unless everything is as it must be.
	 * @param arguments where to put the results, then options for jcstress
	 * @throws Exception if the races could not be run
	 */
	public static void main(String[] arguments) throws Exception {
		Path directory = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
		List<String> options = List.of(arguments).subList(1, arguments.length);
		Collection<TestResult> results = new ArrayList<>();
		results.addAll(run(directory.resolve("light"), options, "-t", "dev.telemetry.jcstress.(?!" + HEAVY + ").*"));
		results.addAll(run(directory.resolve("heavy"), options, "-t", HEAVY, "-strideSize", "4", "-strideCount", "4"));
		System.exit(judge(results) ? 0 : 1);
	}

	private static Collection<TestResult> run(Path directory, List<String> options, String... more) throws Exception {
		List<String> all = new ArrayList<>(options);
		all.addAll(List.of(more));
		all.addAll(List.of("-r", directory.toString()));
		try {
			Main.main(all.toArray(String[]::new));
		}
		catch (AssertionError ex) {
			// Something was forbidden, as it must be of what is planted
		}
		Path file;
		// The raw results go where we are, the report where we say
		try (Stream<Path> files = Files.list(Path.of(""))) {
			file = files.filter((path) -> path.getFileName().toString().matches("jcstress-results-.*\\.bin\\.gz"))
				.max((a, b) -> a.getFileName().compareTo(b.getFileName()))
				.orElseThrow();
		}
		InProcessCollector collector = new InProcessCollector();
		DiskReadCollector reader = new DiskReadCollector(file.toString(), collector);
		reader.dump();
		reader.close();
		Files.createDirectories(directory);
		Files.move(file, directory.resolve(file.getFileName()));
		return collector.getTestResults();
	}

	private static boolean judge(Collection<TestResult> results) {
		Map<String, List<TestResult>> byName = results.stream()
			.collect(
					Collectors.groupingBy((result) -> simpleName(result.getName()), TreeMap::new, Collectors.toList()));
		boolean fine = byName.size() >= 8;
		for (Map.Entry<String, List<TestResult>> test : byName.entrySet()) {
			boolean planted = test.getKey().startsWith("Planted");
			long modes = test.getValue().size();
			long samples = test.getValue().stream().mapToLong(TestResult::getTotalCount).sum();
			long forbidden = test.getValue().stream().mapToLong(Verdict::forbidden).sum();
			boolean ran = test.getValue().stream().allMatch((result) -> result.status() == Status.NORMAL);
			boolean asItMustBe = ran && (forbidden > 0) == planted;
			fine &= asItMustBe;
			System.out.printf(Locale.ROOT, "%-28s modes=%d samples=%d forbidden=%d %s%n", test.getKey(), modes, samples,
					forbidden, asItMustBe ? "as it must be" : "WRONG");
		}
		return fine;
	}

	private static long forbidden(TestResult result) {
		return result.grading().gradingResults.values()
			.stream()
			.filter((grading) -> grading.expect == Expect.FORBIDDEN)
			.mapToLong((grading) -> grading.count)
			.sum();
	}

	private static String simpleName(String name) {
		return name.substring(name.lastIndexOf('.') + 1);
	}

}
