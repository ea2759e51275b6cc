package dev.telemetry.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.telemetry.insight.GroupUsage.Kind;
import org.jspecify.annotations.Nullable;

/** Writes a report as tables for people. */
final class ReportText {

	private static final List<String> FIGURES = List.of("Count", "Before sampling", "Success", "p50 ms", "p90 ms",
			"p99 ms", "Max ms");

	private static final int BAR = 30;

	/** As many groups are named in a sentence. */
	private static final int NAMED = 5;

	/** A longer name would make a table too wide; the other formats have all of it. */
	private static final int LONGEST = 80;

	private final StringBuilder text = new StringBuilder();

	private final UsageReport report;

	private final boolean bars;

	private ReportText(UsageReport report, boolean bars) {
		this.report = report;
		this.bars = bars;
	}

	static String write(UsageReport report, boolean bars) {
		ReportText text = new ReportText(report, bars);
		text.write();
		return text.text.toString();
	}

	private void write() {
		if (!this.report.events().isEmpty()) {
			events();
			this.report.events().forEach(this::errors);
			this.report.events().forEach(this::groups);
			if (this.bars) {
				this.report.events().forEach(this::days);
			}
		}
		String period = (this.report.first() != null) ? ", from " + this.report.first() + " to " + this.report.last()
				: "";
		String skipped = (this.report.skipped() > 0) ? "; " + this.report.skipped() + " lines are no events" : "";
		line(this.report.count() + " events" + period + skipped);
		this.report.unread().forEach((file) -> line("not counted: " + VisibleText.of(file) + "; decompress it first"));
	}

	private void events() {
		List<List<String>> rows = new ArrayList<>();
		rows.add(header("Event", false));
		for (EventUsage event : this.report.events()) {
			List<String> row = row(event.name(), event.count(), event.estimated(), event.successRate(),
					event.durations());
			if (this.report.query().sum() != null) {
				row.add(ReportNumbers.total(event.total()));
			}
			rows.add(row);
		}
		table(rows);
	}

	private List<String> header(String first, boolean shares) {
		List<String> header = new ArrayList<>();
		header.add(first);
		header.addAll(FIGURES);
		String summed = this.report.query().sum();
		if (summed != null) {
			header.add("Sum of " + shown(summed));
		}
		if (shares) {
			header.add("Share");
		}
		return header;
	}

	private static List<String> row(String name, long count, double estimated, @Nullable Double rate,
			@Nullable DurationSummary durations) {
		List<String> row = new ArrayList<>(List.of(shown(name), String.valueOf(count),
				ReportNumbers.rounded(estimated, 0), ReportNumbers.percent(rate)));
		row.addAll((durations == null) ? List.of("", "", "", "")
				: List.of(ReportNumbers.rounded(durations.p50(), 3), ReportNumbers.rounded(durations.p90(), 3),
						ReportNumbers.rounded(durations.p99(), 3), ReportNumbers.rounded(durations.max(), 3)));
		return row;
	}

	private void errors(EventUsage event) {
		if (!event.errors().isEmpty()) {
			line(shown(event.name()) + " failed with "
					+ event.errors()
						.entrySet()
						.stream()
						.map((one) -> ReportNumbers.rounded(one.getValue(), 0) + " " + shown(one.getKey()))
						.collect(Collectors.joining(", ")));
		}
	}

	private void groups(EventUsage event) {
		List<GroupUsage> groups = event.groups();
		if (groups.stream().allMatch((group) -> group.kind() == Kind.WITHOUT)) {
			return;
		}
		line("");
		shares(event);
		List<List<String>> rows = new ArrayList<>();
		rows.add(header(shown(String.valueOf(this.report.query().by())), true));
		double greatest = groups.stream().mapToDouble(ReportText::share).max().orElse(0);
		for (GroupUsage group : groups) {
			List<String> row = row(name(group), group.count(), group.estimated(), group.successRate(),
					group.durations());
			if (this.report.query().sum() != null) {
				row.add(ReportNumbers.total(group.total()));
			}
			row.add(ReportNumbers.percent(group.share()));
			rows.add(row);
		}
		List<String> lines = layOut(rows);
		for (int i = 0; i < lines.size(); i++) {
			line(lines.get(i) + ((this.bars && i > 0) ? bar(share(groups.get(i - 1)), greatest) : ""));
		}
		line("");
	}

	private static double share(GroupUsage group) {
		return (group.share() != null) ? group.share() : 0;
	}

	/** What the groups are for, in a sentence. */
	private void shares(EventUsage event) {
		String summed = this.report.query().sum();
		String whole = shown((summed != null) ? summed : event.name());
		List<GroupUsage> shared = event.groups().stream().filter((group) -> share(group) > 0).toList();
		String named = shared.stream()
			.limit(NAMED)
			.map((group) -> name(group) + " " + ReportNumbers.rounded(share(group) * 100, 0) + " %")
			.collect(Collectors.joining(", "));
		if (!named.isEmpty()) {
			line(((summed != null) ? shown(event.name()) + ": " : "") + named
					+ ((shared.size() > NAMED) ? " and " + (shared.size() - NAMED) + " more" : "") + " of " + whole);
		}
	}

	private static String name(GroupUsage group) {
		return switch (group.kind()) {
			case VALUE -> shown(group.value());
			case OTHER -> "(other)";
			case WITHOUT -> "(none)";
		};
	}

	private void days(EventUsage event) {
		if (event.days().isEmpty()) {
			return;
		}
		line("");
		line(shown(event.name()) + " by day");
		double greatest = event.days().values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
		List<List<String>> rows = new ArrayList<>();
		List<Double> counts = new ArrayList<>();
		for (Map.Entry<String, Double> day : event.days().entrySet()) {
			rows.add(List.of(day.getKey(), ReportNumbers.rounded(day.getValue(), 0)));
			counts.add(day.getValue());
		}
		List<String> lines = layOut(rows);
		for (int i = 0; i < lines.size(); i++) {
			line(lines.get(i) + bar(counts.get(i), greatest));
		}
	}

	/** Return a name as it fits into a table. */
	private static String shown(String name) {
		String visible = VisibleText.of(name);
		return (visible.codePointCount(0, visible.length()) > LONGEST)
				? visible.substring(0, visible.offsetByCodePoints(0, LONGEST)) + "..." : visible;
	}

	private static String bar(double value, double greatest) {
		return "  " + "#".repeat(ReportNumbers.bar(value, greatest, BAR));
	}

	private void table(List<List<String>> rows) {
		layOut(rows).forEach(this::line);
	}

	/**
	 * Put cells below each other: the first column to the left, numbers to the right.
	 */
	private static List<String> layOut(List<List<String>> rows) {
		int[] widths = new int[rows.get(0).size()];
		for (List<String> row : rows) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		}
		return rows.stream().map((row) -> line(row, widths)).toList();
	}

	private static String line(List<String> row, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < widths.length; i++) {
			String space = " ".repeat(widths[i] - row.get(i).length());
			line.append((i == 0) ? row.get(i) + space : "  " + space + row.get(i));
		}
		return line.toString();
	}

	private void line(String line) {
		this.text.append(line.stripTrailing()).append('\n');
	}

}
