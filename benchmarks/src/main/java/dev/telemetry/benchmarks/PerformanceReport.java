package dev.telemetry.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.slf4j.LoggerFactory;

/**
 * Measures everything and prints it as a table: each row with its ratio to the row of the
 * same topic that it is held against. Arguments: {@code --quick} for a run that only
 * shows that everything works, and the parts to run, all by default: {@code caller},
 * {@code intercept}, {@code off}, {@code growth}, {@code threads}, {@code worst},
 * {@code end-to-end}, {@code withdrawal}, {@code start}.
 */
public final class PerformanceReport {

	private static final String ALLOCATED = "gc.alloc.rate.norm";

	private final boolean quick;

	private final Collection<String> parts;

	private final List<Row> rows = new ArrayList<>();

	private PerformanceReport(boolean quick, Collection<String> parts) {
		this.quick = quick;
		this.parts = parts;
	}

	public static void main(String[] arguments) throws Exception {
		List<String> all = List.of(arguments);
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
		new PerformanceReport(all.contains("--quick"),
				new TreeSet<>(all.stream().filter((each) -> !each.startsWith("--")).toList()))
			.run();
	}

	private void run() throws Exception {
		harness("caller", CallerBenchmark.class);
		harness("intercept", InterceptionBenchmark.class);
		harness("off", ClosedGateBenchmark.class);
		harness("growth", GrowthBenchmark.class);
		harness("threads", ThreadsBenchmark.class);
		harness("worst", WorstTextBenchmark.class);
		Path directory = Files.createTempDirectory("telemetry-benchmarks");
		try {
			if (isWanted("end-to-end")) {
				this.rows.addAll(new EndToEnd(directory, this.quick ? 40_000 : 1_000_000).run());
			}
			if (isWanted("withdrawal")) {
				this.rows.addAll(new Withdrawal(directory, this.quick ? 20_000 : 1_000_000).run());
			}
			if (isWanted("start")) {
				this.rows.addAll(new StartUp(directory, this.quick ? 1 : 15).run());
			}
		}
		finally {
			erase(directory);
		}
		print();
	}

	private boolean isWanted(String part) {
		return this.parts.isEmpty() || this.parts.contains(part);
	}

	private void harness(String part, Class<?> benchmark) throws RunnerException {
		if (!isWanted(part)) {
			return;
		}
		ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + benchmark.getSimpleName() + "\\.")
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true);
		if (this.quick) {
			options.forks(1)
				.warmupIterations(5)
				.measurementIterations(5)
				.warmupTime(TimeValue.milliseconds(20))
				.measurementTime(TimeValue.milliseconds(20));
		}
		for (RunResult result : new Runner(options.build()).run()) {
			add(part, result);
		}
	}

	private void add(String part, RunResult result) {
		String name = result.getParams().getBenchmark();
		String parameters = result.getParams()
			.getParamsKeys()
			.stream()
			.map((key) -> result.getParams().getParam(key))
			.collect(Collectors.joining(" "));
		String topic = (part + " " + parameters).trim();
		String system = name.substring(name.lastIndexOf('.') + 1);
		Result<?> primary = result.getPrimaryResult();
		double median = primary.getStatistics().getPercentile(50);
		Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
		String note = (allocated != null) ? String.format(Locale.ROOT, "%.0f B", allocated.getScore()) : "";
		this.rows.add(new Row(topic, system, median, "ns", note));
	}

	private void print() {
		System.out.println();
		System.out.println("Measured " + Instant.now().truncatedTo(ChronoUnit.MINUTES) + ", "
				+ System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
				+ Runtime.getRuntime().availableProcessors() + " processors (" + processor() + "), "
				+ System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", load "
				+ java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
				+ (this.quick ? "; A QUICK RUN: THE FIGURES MEAN NOTHING" : ""));
		System.out.println();
		System.out.println("| what | who | figure | ratio | |");
		System.out.println("|---|---|---|---|---|");
		for (Row row : this.rows) {
			System.out.println("| " + row.topic() + " | " + row.system() + " | " + row.text() + " | " + ratio(row)
					+ " | " + row.note() + " |");
		}
	}

	/** Against the first of these that the topic has. */
	private String ratio(Row row) {
		return Stream
			.of("openTelemetryLog", "OpenTelemetry", "OpenTelemetry JSON", "bareInterceptor", "baseline", "without")
			.flatMap((peer) -> this.rows.stream()
				.filter((other) -> other.topic().equals(row.topic()) && other.system().equals(peer)))
			.findFirst()
			.map((peer) -> (peer == row) ? "1" : String.format(Locale.ROOT, "%.2f", row.value() / peer.value()))
			.orElse("");
	}

	private static String processor() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private static void erase(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

}
