package dev.telemetry.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes YAML that reads as it was meant, whatever a text holds. */
final class YamlText {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z]([A-Za-z0-9_./() -]*[A-Za-z0-9_./)])?");

	private static final Set<String> RESERVED = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

	private final StringBuilder text = new StringBuilder();

	private int indent;

	private boolean first;

	/** Begin a mapping or a list. */
	YamlText open(String key) {
		line(scalar(key) + ":");
		this.indent += 2;
		return this;
	}

	/** Begin an entry of a list; its first line has the dash. */
	YamlText item() {
		this.indent += 2;
		this.first = true;
		return this;
	}

	/** End a mapping, list or entry. */
	YamlText close() {
		this.indent -= 2;
		return this;
	}

	/** Write a text, unless it is empty. */
	YamlText put(String key, String value) {
		if (!value.isEmpty()) {
			line(scalar(key) + ": " + scalar(value));
		}
		return this;
	}

	/** Write a number, a day or a word of ours, unless it is empty. */
	YamlText putWord(String key, String value) {
		if (!value.isEmpty()) {
			line(scalar(key) + ": " + value);
		}
		return this;
	}

	YamlText put(String key, List<String> values) {
		if (!values.isEmpty()) {
			line(scalar(key) + ": [" + String.join(", ", values.stream().map(YamlText::scalar).toList()) + "]");
		}
		return this;
	}

	/** Write a comment for the line that comes next. */
	YamlText comment(String comment) {
		this.text.append(" ".repeat(this.first ? this.indent - 2 : this.indent))
			.append("# ")
			.append(comment)
			.append('\n');
		return this;
	}

	private void line(String line) {
		this.text.append(" ".repeat(this.first ? this.indent - 2 : this.indent))
			.append(this.first ? "- " : "")
			.append(line)
			.append('\n');
		this.first = false;
	}

	private static String scalar(String value) {
		if (PLAIN.matcher(value).matches() && !RESERVED.contains(Words.plain(value))) {
			return value;
		}
		StringBuilder quoted = new StringBuilder("\"");
		value.codePoints().forEach((c) -> {
			if (c == '"' || c == '\\') {
				quoted.append('\\').appendCodePoint(c);
			}
			else if ((c >= ' ' && c < 0x7f) || Character.isLetterOrDigit(c)) {
				quoted.appendCodePoint(c);
			}
			else {
				quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
			}
		});
		return quoted.append('"').toString();
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
