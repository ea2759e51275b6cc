package dev.telemetry.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays lines out for a terminal: broken between words, indented as they were, as many as
 * fit at a time.
 */
final class TerminalPages {

	private final int columns;

	private final int rows;

	TerminalPages(int columns, int rows) {
		this.columns = columns;
		this.rows = rows;
	}

	/** Split lines into pages. */
	List<List<String>> of(List<String> lines) {
		List<String> laidOut = lines.stream().flatMap((line) -> wrap(line).stream()).toList();
		List<List<String>> pages = new ArrayList<>();
		for (int from = 0; from < laidOut.size(); from += this.rows) {
			pages.add(laidOut.subList(from, Math.min(from + this.rows, laidOut.size())));
		}
		return pages;
	}

	private List<String> wrap(String line) {
		String text = line.stripLeading();
		String indent = line.substring(0, line.length() - text.length());
		int width = Math.max(1, this.columns - indent.length());
		List<String> parts = new ArrayList<>();
		while (text.codePointCount(0, text.length()) > width) {
			int limit = text.offsetByCodePoints(0, width);
			int space = text.lastIndexOf(' ', limit);
			int end = (space > 0) ? space : limit;
			parts.add(indent + text.substring(0, end));
			text = text.substring(end).stripLeading();
		}
		if (!text.isEmpty() || parts.isEmpty()) {
			parts.add(indent + text);
		}
		return parts;
	}

}
