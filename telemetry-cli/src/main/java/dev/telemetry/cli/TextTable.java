package dev.telemetry.cli;

import java.util.ArrayList;
import java.util.List;

/** Puts cells below each other: the first column to the left, numbers to the right. */
final class TextTable {

	private final List<List<String>> rows;

	TextTable(List<List<String>> rows) {
		this.rows = rows;
	}

	List<String> lines() {
		List<String> lines = new ArrayList<>();
		for (List<String> row : this.rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < row.size(); i++) {
				String space = " ".repeat(width(i) - row.get(i).length());
				line.append((i == 0) ? row.get(i) + space : "  " + space + row.get(i));
			}
			lines.add(line.toString().stripTrailing());
		}
		return lines;
	}

	private int width(int column) {
		return this.rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0);
	}

}
