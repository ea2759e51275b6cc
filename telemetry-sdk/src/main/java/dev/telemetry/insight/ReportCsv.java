package dev.telemetry.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes a report as CSV (RFC 4180): one table, whose column {@code of} says what a line
 * is about. Text is always in quotes, and never what a spreadsheet takes for a formula.
 */
final class ReportCsv {

	private static final String HEADER = "event,of,value,count,estimated,succeeded,failed,success_rate,"
			+ "durations,min_ms,mean_ms,p50_ms,p90_ms,p99_ms,max_ms,total,share";

	private static final String LINE_END = "\r\n";

	/**
	 * What formulas begin with, also as a full-width sign; a tab or a line end has become
	 * an escape before, which is guarded alike.
	 */
	private static final String FORMULA = "=+-@\\\uff1d\uff0b\uff0d\uff20";

	private final StringBuilder text = new StringBuilder(HEADER).append(LINE_END);

	private ReportCsv() {
	}

	static String write(UsageReport report) {
		ReportCsv csv = new ReportCsv();
		report.events().forEach(csv::event);
		return csv.text.toString();
	}

	private void event(EventUsage event) {
		List<String> cells = cells(event.count(), event.estimated(), event.succeeded(), event.failed(),
				event.successRate(), event.durations());
		line(event.name(), "event", "", cells, event.total(), null);
		counts(event, "day", event.days());
		counts(event, "error", event.errors());
		for (GroupUsage group : event.groups()) {
			line(event.name(), (group.kind() == GroupUsage.Kind.VALUE) ? "group" : word(group.kind()), group.value(),
					cells(group.count(), group.estimated(), group.succeeded(), group.failed(), group.successRate(),
							group.durations()),
					group.total(), group.share());
		}
	}

	private static String word(GroupUsage.Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	private void counts(EventUsage event, String of, Map<String, Double> counts) {
		counts.forEach((value, estimated) -> {
			List<String> cells = new ArrayList<>(List.of("", ReportNumbers.plain(estimated)));
			cells.addAll(List.of("", "", "", "", "", "", "", "", "", ""));
			line(event.name(), of, value, cells, null, null);
		});
	}

	private static List<String> cells(long count, double estimated, double succeeded, double failed,
			@Nullable Double rate, @Nullable DurationSummary durations) {
		List<String> cells = new ArrayList<>(List.of(String.valueOf(count), ReportNumbers.plain(estimated),
				ReportNumbers.plain(succeeded), ReportNumbers.plain(failed), ReportNumbers.plainOrEmpty(rate)));
		cells.addAll((durations == null) ? List.of("", "", "", "", "", "", "")
				: List.of(String.valueOf(durations.count()), ReportNumbers.plain(durations.min()),
						ReportNumbers.plain(durations.mean()), ReportNumbers.plain(durations.p50()),
						ReportNumbers.plain(durations.p90()), ReportNumbers.plain(durations.p99()),
						ReportNumbers.plain(durations.max())));
		return cells;
	}

	private void line(String event, String of, String value, List<String> cells, @Nullable Double total,
			@Nullable Double share) {
		this.text.append(quoted(event)).append(',').append(of).append(',').append(quoted(value));
		cells.forEach((cell) -> this.text.append(',').append(cell));
		this.text.append(',')
			.append(ReportNumbers.plainOrEmpty(total))
			.append(',')
			.append(ReportNumbers.plainOrEmpty(share))
			.append(LINE_END);
	}

	private static String quoted(String value) {
		if (value.isEmpty()) {
			return "";
		}
		String visible = VisibleText.of(value);
		String start = visible.stripLeading();
		boolean formula = !start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0;
		return '"' + (formula ? "'" : "") + visible.replace("\"", "\"\"") + '"';
	}

}
