package dev.telemetry.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.insight.DurationSummary;
import dev.telemetry.insight.EventUsage;
import dev.telemetry.insight.UsageReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what a local log holds, in numbers. */
@Command(name = "report", description = "Count what a local log holds, with the files it was rotated to",
		exitCodeList = { "0:the log was read", "2:the command or a file cannot be read" })
final class ReportCommand extends CliCommand {

	private static final List<String> HEADER = List.of("Event", "Count", "Before sampling", "Success", "p50 ms",
			"p90 ms", "p99 ms", "Max ms");

	@Parameters(paramLabel = "LOG", arity = "1..*", description = "Local logs, such as ~/.acme/telemetry.log")
	private List<String> names = List.of();

	ReportCommand(World world) {
		super(world);
	}

	@Override
	public Integer call() {
		UsageReport report = read();
		if (json()) {
			world().print(JsonText.write(json(report)));
		}
		else {
			print(report);
		}
		return DONE;
	}

	private UsageReport read() {
		List<Path> logs = this.names.stream().map(world()::path).toList();
		try {
			return UsageReport.read(logs);
		}
		catch (NoSuchFileException ex) {
			throw new UserException("'" + ex.getFile() + "' does not exist",
					"name the log: telemetry.log in the home of the tool, or 'telemetry.local-path'");
		}
		catch (IOException ex) {
			throw SpecFiles.unreadable(String.join("', '", this.names), ex);
		}
	}

	private void print(UsageReport report) {
		if (!report.events().isEmpty()) {
			List<List<String>> rows = new ArrayList<>();
			rows.add(HEADER);
			report.events().forEach((event) -> rows.add(row(event)));
			new TextTable(rows).lines().forEach(world()::print);
			report.events().forEach(this::errors);
		}
		long count = report.events().stream().mapToLong(EventUsage::count).sum();
		String period = (report.first() != null) ? ", from " + report.first() + " to " + report.last() : "";
		String skipped = (report.skipped() > 0) ? "; " + report.skipped() + " lines are no events" : "";
		world().print(count + " events" + period + skipped);
	}

	private void errors(EventUsage event) {
		if (!event.errors().isEmpty()) {
			List<String> errors = event.errors()
				.entrySet()
				.stream()
				.map((one) -> one.getValue() + " " + one.getKey())
				.toList();
			world().print(event.name() + " failed with " + String.join(", ", errors));
		}
	}

	private static List<String> row(EventUsage event) {
		Double rate = event.successRate();
		DurationSummary durations = event.durations();
		List<String> row = new ArrayList<>(List.of(event.name(), String.valueOf(event.count()),
				rounded(event.estimated(), 0), (rate != null) ? rounded(rate * 100, 1) + " %" : ""));
		if (durations == null) {
			row.addAll(List.of("", "", "", ""));
		}
		else {
			row.addAll(List.of(rounded(durations.p50(), 3), rounded(durations.p90(), 3), rounded(durations.p99(), 3),
					rounded(durations.max(), 3)));
		}
		return row;
	}

	private static String rounded(double number, int digits) {
		return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP).toPlainString();
	}

	private static Map<String, Object> json(UsageReport report) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("first", report.first());
		json.put("last", report.last());
		json.put("skipped", report.skipped());
		json.put("events", report.events().stream().map(ReportCommand::json).toList());
		return json;
	}

	private static Map<String, Object> json(EventUsage event) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("name", event.name());
		json.put("count", event.count());
		json.put("estimated", event.estimated());
		json.put("succeeded", event.succeeded());
		json.put("failed", event.failed());
		json.put("successRate", event.successRate());
		json.put("errors", event.errors());
		json.put("days", event.days());
		json.put("durations", durations(event.durations()));
		return json;
	}

	private static @Nullable Map<String, Object> durations(@Nullable DurationSummary durations) {
		if (durations == null) {
			return null;
		}
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("count", durations.count());
		json.put("min", durations.min());
		json.put("mean", durations.mean());
		json.put("p50", durations.p50());
		json.put("p90", durations.p90());
		json.put("p99", durations.p99());
		json.put("max", durations.max());
		return json;
	}

}
