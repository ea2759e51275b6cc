package dev.telemetry.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.telemetry.insight.GroupUsage.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as one page that loads nothing and runs nothing. Each bar stands beside
 * its number.
 */
final class ReportHtml {

	private static final String HEAD = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="UTF-8">
			<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta name="color-scheme" content="light dark">
			<title>Telemetry report</title>
			<style>
			:root { color-scheme: light dark }
			body { font-family: sans-serif; line-height: 1.4; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
			h2 { overflow-wrap: anywhere }
			.table { overflow-x: auto }
			table { border-collapse: collapse; margin: 1rem 0 }
			caption { font-weight: 600; padding: .3rem 0; text-align: start }
			th, td { border: 1px solid #767676; padding: .3rem .6rem; text-align: end; vertical-align: top }
			th[scope=row] { font-weight: normal; overflow-wrap: anywhere; text-align: start; unicode-bidi: isolate }
			svg { display: block; fill: #0b6bcb; height: .8rem; width: 12rem }
			@media (prefers-color-scheme: dark) { svg { fill: #6cb6ff } }
			</style>
			</head>
			<body>
			<main>
			<h1>Telemetry report</h1>
			""";

	private static final List<String> FIGURES = List.of("Count in the log", "Before sampling", "Success", "p50 ms",
			"p90 ms", "p99 ms", "Max ms");

	private static final int WIDTH = 100;

	private final StringBuilder html = new StringBuilder(HEAD);

	private final UsageReport report;

	private ReportHtml(UsageReport report) {
		this.report = report;
	}

	static String write(UsageReport report) {
		ReportHtml page = new ReportHtml(report);
		page.write();
		return page.html.append("</main>\n</body>\n</html>\n").toString();
	}

	private void write() {
		String period = (this.report.first() != null) ? " from " + this.report.first() + " to " + this.report.last()
				: "";
		paragraph(this.report.count() + " events" + period + ". " + this.report.skipped() + " lines are no events.");
		this.report.unread().forEach((file) -> paragraph("Not counted: " + file));
		if (!this.report.events().isEmpty()) {
			events();
		}
		this.report.events().forEach(this::event);
	}

	private void events() {
		begin("Events", header("Event"));
		this.report.events()
			.forEach((event) -> row(event.name(),
					figures(event.count(), event.estimated(), event.successRate(), event.durations(), event.total())));
		end();
	}

	private void event(EventUsage event) {
		element("h2", event.name());
		counts("Events by day in UTC", "Day", event.days());
		counts("Errors", "Class", event.errors());
		if (!event.groups().isEmpty()) {
			groups(event);
		}
	}

	private void counts(String caption, String first, Map<String, Double> counts) {
		if (counts.isEmpty()) {
			return;
		}
		double greatest = counts.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
		begin(caption, List.of(first, "Number", "Bar"));
		counts.forEach((name, count) -> {
			this.html.append("<tr>");
			cell("th scope=\"row\"", name);
			cell("td", ReportNumbers.rounded(count, 0));
			bar(count, greatest);
			this.html.append("</tr>\n");
		});
		end();
	}

	private void groups(EventUsage event) {
		List<String> header = header(String.valueOf(this.report.query().by()));
		header.addAll(List.of("Share", "Bar"));
		begin("Groups by " + this.report.query().by(), header);
		double greatest = event.groups().stream().mapToDouble(ReportHtml::share).max().orElse(0);
		for (GroupUsage group : event.groups()) {
			this.html.append("<tr>");
			cell("th scope=\"row\"", name(group));
			figures(group.count(), group.estimated(), group.successRate(), group.durations(), group.total())
				.forEach((figure) -> cell("td", figure));
			cell("td", ReportNumbers.percent(group.share()));
			bar(share(group), greatest);
			this.html.append("</tr>\n");
		}
		end();
	}

	private static double share(GroupUsage group) {
		return (group.share() != null) ? group.share() : 0;
	}

	private static String name(GroupUsage group) {
		return (group.kind() == Kind.VALUE) ? group.value() : (group.kind() == Kind.OTHER) ? "(other)" : "(none)";
	}

	private List<String> header(String first) {
		List<String> header = new ArrayList<>(List.of(first));
		header.addAll(FIGURES);
		if (this.report.query().sum() != null) {
			header.add("Sum of " + this.report.query().sum());
		}
		return header;
	}

	private List<String> figures(long count, double estimated, @Nullable Double rate,
			@Nullable DurationSummary durations, @Nullable Double total) {
		List<String> figures = new ArrayList<>(
				List.of(String.valueOf(count), ReportNumbers.rounded(estimated, 0), ReportNumbers.percent(rate)));
		figures.addAll((durations == null) ? List.of("", "", "", "")
				: List.of(ReportNumbers.rounded(durations.p50(), 3), ReportNumbers.rounded(durations.p90(), 3),
						ReportNumbers.rounded(durations.p99(), 3), ReportNumbers.rounded(durations.max(), 3)));
		if (this.report.query().sum() != null) {
			figures.add(ReportNumbers.total(total));
		}
		return figures;
	}

	private void begin(String caption, List<String> header) {
		this.html.append("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"")
			.append(escape(caption))
			.append("\"><table>\n");
		element("caption", caption);
		this.html.append("<thead><tr>");
		header.forEach((cell) -> cell("th scope=\"col\"", cell));
		this.html.append("</tr></thead>\n<tbody>\n");
	}

	private void row(String first, List<String> cells) {
		this.html.append("<tr>");
		cell("th scope=\"row\"", first);
		cells.forEach((text) -> cell("td", text));
		this.html.append("</tr>\n");
	}

	private void end() {
		this.html.append("</tbody>\n</table></div>\n");
	}

	private void bar(double value, double greatest) {
		this.html.append("<td><svg aria-hidden=\"true\" viewBox=\"0 0 ")
			.append(WIDTH)
			.append(" 10\" preserveAspectRatio=\"none\"><rect width=\"")
			.append(ReportNumbers.bar(value, greatest, WIDTH))
			.append("\" height=\"10\"/></svg></td>");
	}

	private void paragraph(String text) {
		element("p", text);
	}

	private void element(String tag, String text) {
		cell(tag, text);
		this.html.append('\n');
	}

	private void cell(String tag, String text) {
		this.html.append('<')
			.append(tag)
			.append('>')
			.append(escape(text))
			.append("</")
			.append(tag.split(" ", 2)[0])
			.append('>');
	}

	private static String escape(String text) {
		return VisibleText.of(text)
			.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

}
