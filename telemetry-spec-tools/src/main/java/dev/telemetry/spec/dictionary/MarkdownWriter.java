package dev.telemetry.spec.dictionary;

import java.util.Collections;
import java.util.List;

/** Writes Markdown as GitHub and others read it. */
final class MarkdownWriter implements DocumentWriter {

	private static final String SPECIAL = "\\`*_{}[]<>()#|~&!$:";

	private final StringBuilder text = new StringBuilder("<!-- " + MARK + ": do not edit -->\n");

	@Override
	public void heading(int level, String text) {
		this.text.append('\n').append("#".repeat(level)).append(' ').append(escape(text)).append('\n');
	}

	@Override
	public void paragraph(String text) {
		this.text.append('\n').append(escape(text)).append('\n');
	}

	@Override
	public void table(List<String> header, List<List<String>> rows) {
		this.text.append('\n');
		row(header.stream().map(MarkdownWriter::escape).toList());
		row(Collections.nCopies(header.size(), "---"));
		rows.forEach((cells) -> row(cells.stream().map(MarkdownWriter::escape).toList()));
	}

	private void row(List<String> cells) {
		this.text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	@Override
	public String end() {
		return this.text.toString();
	}

	/**
	 * Whatever would mean something gets a backslash; a line begins with no list or
	 * number.
	 */
	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder();
		DocumentWriter.visible(text).codePoints().forEach((c) -> {
			boolean special = SPECIAL.indexOf(c) >= 0 || (escaped.length() == 0 && (c == '-' || c == '+' || c == '='));
			if (special) {
				escaped.append('\\');
			}
			escaped.appendCodePoint(c);
		});
		return escaped.toString();
	}

}
