package dev.telemetry.insight;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** How a report is written. What a log says is escaped as each of them needs. */
public enum ReportFormat {

	/** A table for people. */
	TEXT,

	/** A document for programs, in ASCII. */
	JSON,

	/** A table for spreadsheets: one line for each event, day, error and group. */
	CSV,

	/** A page that needs no other file and no network. */
	HTML;

	/**
	 * Find a format.
	 * @param word what a user wrote, such as {@code csv}
	 * @return the format, or {@code null} if there is none of that name
	 */
	public static @Nullable ReportFormat parse(String word) {
		return Arrays.stream(values()).filter((format) -> format.word().equals(word)).findFirst().orElse(null);
	}

	/**
	 * Return what may be written for a format.
	 * @return all of them, such as {@code text, json}
	 */
	public static String words() {
		return Arrays.stream(values()).map(ReportFormat::word).collect(Collectors.joining(", "));
	}

	private String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Write a report.
	 * @param report the report
	 * @param bars whether text has bars for days and groups, as a terminal shows them
	 * @return the document, with a line feed at its end
	 */
	public String write(UsageReport report, boolean bars) {
		return switch (this) {
			case TEXT -> ReportText.write(report, bars);
			case JSON -> ReportJson.write(report);
			case CSV -> ReportCsv.write(report);
			case HTML -> ReportHtml.write(report);
		};
	}

}
