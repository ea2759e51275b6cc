package dev.telemetry.insight;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

import dev.telemetry.insight.GroupUsage.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes a report as JSON in ASCII. Fields without a value are left out. */
final class ReportJson {

	private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private final JsonGenerator json;

	private ReportJson(JsonGenerator json) {
		this.json = json;
	}

	static String write(UsageReport report) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			new ReportJson(json).report(report);
		}
		return text.append('\n').toString();
	}

	private void report(UsageReport report) {
		this.json.writeStartObject();
		ReportQuery query = report.query();
		text("since", (query.since() != null) ? query.since().toString() : null);
		text("until", (query.until() != null) ? query.until().toString() : null);
		text("by", query.by());
		text("sum", query.sum());
		text("first", report.first());
		text("last", report.last());
		this.json.writeNumberProperty("skipped", report.skipped());
		if (!report.unread().isEmpty()) {
			this.json.writeName("unread");
			this.json.writeStartArray();
			report.unread().forEach(this.json::writeString);
			this.json.writeEndArray();
		}
		this.json.writeName("events");
		this.json.writeStartArray();
		report.events().forEach((event) -> event(event, query));
		this.json.writeEndArray();
		this.json.writeEndObject();
	}

	private void event(EventUsage event, ReportQuery query) {
		this.json.writeStartObject();
		this.json.writeStringProperty("name", event.name());
		this.json.writeNumberProperty("count", event.count());
		number("estimated", event.estimated());
		number("succeeded", event.succeeded());
		number("failed", event.failed());
		number("successRate", event.successRate());
		numbers("errors", event.errors());
		numbers("days", event.days());
		durations(event.durations());
		number("total", event.total());
		if (query.by() != null) {
			this.json.writeName("groups");
			this.json.writeStartArray();
			event.groups().forEach(this::group);
			this.json.writeEndArray();
		}
		this.json.writeEndObject();
	}

	private void group(GroupUsage group) {
		this.json.writeStartObject();
		this.json.writeStringProperty("kind", group.kind().name().toLowerCase(Locale.ROOT));
		text("value", (group.kind() == Kind.VALUE) ? group.value() : null);
		this.json.writeNumberProperty("count", group.count());
		number("estimated", group.estimated());
		number("succeeded", group.succeeded());
		number("failed", group.failed());
		number("successRate", group.successRate());
		durations(group.durations());
		number("total", group.total());
		number("share", group.share());
		this.json.writeEndObject();
	}

	private void durations(@Nullable DurationSummary durations) {
		if (durations != null) {
			this.json.writeName("durations");
			this.json.writeStartObject();
			this.json.writeNumberProperty("count", durations.count());
			number("min", durations.min());
			number("mean", durations.mean());
			number("p50", durations.p50());
			number("p90", durations.p90());
			number("p99", durations.p99());
			number("max", durations.max());
			this.json.writeEndObject();
		}
	}

	private void numbers(String name, Map<String, Double> numbers) {
		this.json.writeName(name);
		this.json.writeStartObject();
		numbers.forEach(this::number);
		this.json.writeEndObject();
	}

	private void text(String name, @Nullable String value) {
		if (value != null) {
			this.json.writeStringProperty(name, value);
		}
	}

	/** A whole number is written as one. */
	private void number(String name, @Nullable Double value) {
		if (value != null) {
			this.json.writeNumberProperty(name, new BigDecimal(ReportNumbers.plain(value)));
		}
	}

}
