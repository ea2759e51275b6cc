package dev.telemetry.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * An application that starts and stops, without and with the starter, nothing decided:
 * pairs of processes, one after the other. Classes are counted in runs of their own,
 * whose time does not count.
 */
final class StartUp {

	private final Path directory;

	private final int pairs;

	StartUp(Path directory, int pairs) {
		this.directory = directory;
		this.pairs = pairs;
	}

	List<Row> run() throws IOException, InterruptedException {
		List<Row> rows = new ArrayList<>();
		for (Class<?> application : List.of(StartedApplication.class, StartedAnnotatedApplication.class)) {
			String topic = "start, off, "
					+ (application == StartedApplication.class ? "no annotated bean" : "an annotated bean");
			rows.add(Row.of(topic + ", classes", "without", classes(application, false), "classes"));
			rows.add(Row.of(topic + ", classes", "ours", classes(application, true), "classes"));
			double[] without = new double[this.pairs];
			double[] with = new double[this.pairs];
			for (int i = 0; i < this.pairs; i++) {
				without[i] = processorMillis(application, false);
				with[i] = processorMillis(application, true);
			}
			rows.add(Row.of(topic + ", CPU", "without", median(without), "ms"));
			rows.add(Row.of(topic + ", CPU", "ours", median(with), "ms"));
		}
		return rows;
	}

	private double classes(Class<?> application, boolean starter) throws IOException, InterruptedException {
		Path log = Files.createTempFile(this.directory, "classes", ".log");
		start(application, starter, "-Xlog:class+load:file=" + log);
		try (Stream<String> lines = Files.lines(log)) {
			return lines.filter((line) -> line.contains(" source:")).count();
		}
	}

	private double processorMillis(Class<?> application, boolean starter) throws IOException, InterruptedException {
		return start(application, starter);
	}

	/** Return the processor time, which the application says as its last line. */
	private double start(Class<?> application, boolean starter, String... options)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", classPath(starter), application.getName(), "--spring.application.name=benchmark",
				"--spring.main.banner-mode=off"));
		if (starter) {
			command.add("--telemetry.home=" + this.directory.resolve("no-home"));
		}
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().remove("CI");
		Process process = builder.start();
		List<String> output;
		try (var lines = process.inputReader().lines()) {
			output = lines.toList();
		}
		if (process.waitFor() != 0) {
			throw new IOException("the application did not start:\n" + String.join("\n", output));
		}
		return output.stream()
			.filter((line) -> line.startsWith(StartedApplication.SPENT))
			.mapToDouble((line) -> Duration.parse(line.substring(StartedApplication.SPENT.length())).toNanos() / 1e6)
			.findFirst()
			.orElseThrow(() -> new IOException(String.join("\n", output)));
	}

	/** Annotations remain: without their library they are not there. */
	private static String classPath(boolean starter) {
		String all = System.getProperty("java.class.path");
		return starter ? all : String.join(File.pathSeparator,
				Arrays.stream(all.split(File.pathSeparator)).filter((entry) -> !isOurs(entry)).toList());
	}

	private static boolean isOurs(String entry) {
		return entry.contains("telemetry-") && !entry.contains("opentelemetry-") && !entry.contains("benchmarks");
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

}
