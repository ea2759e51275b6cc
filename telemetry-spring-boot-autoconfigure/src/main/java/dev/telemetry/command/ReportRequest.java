package dev.telemetry.command;

import java.util.List;

import dev.telemetry.Internal;
import dev.telemetry.insight.ReportFormat;
import dev.telemetry.insight.ReportQuery;
import org.jspecify.annotations.Nullable;

/**
 * A report as the user asked for it.
 *
 * @param format how it is written
 * @param query what it counts
 */
@Internal
public record ReportRequest(ReportFormat format, ReportQuery query) {

	/**
	 * Understand what the user typed.
	 * @param output {@code text}, {@code json}, {@code csv} or {@code html}; without it
	 * text
	 * @param since only what was recorded then or later
	 * @param until only what was recorded before
	 * @param event names of events with commas between them
	 * @param by the attribute whose values are groups
	 * @param sum the attribute whose numbers are added
	 * @return the request
	 * @throws IllegalArgumentException if one of them cannot be understood; the message
	 * says what would be
	 */
	static ReportRequest of(@Nullable String output, @Nullable String since, @Nullable String until,
			@Nullable String event, @Nullable String by, @Nullable String sum) {
		ReportFormat format = (output != null) ? ReportFormat.parse(output) : ReportFormat.TEXT;
		if (format == null) {
			throw new IllegalArgumentException("the output of a report must be one of " + ReportFormat.words());
		}
		return new ReportRequest(format,
				ReportQuery.parse(since, until, (event != null) ? List.of(event.split(",", -1)) : List.of(), by, sum));
	}

}
