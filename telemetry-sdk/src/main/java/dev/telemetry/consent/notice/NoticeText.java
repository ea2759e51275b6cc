package dev.telemetry.consent.notice;

import java.util.ArrayList;
import java.util.List;

import dev.telemetry.consent.store.ShownNotice;

/**
 * A notice in sentences.
 *
 * @param language the language as a BCP 47 tag, for example {@code de}
 * @param sections its parts, in the order in which they are read
 */
public record NoticeText(String language, List<NoticeSection> sections) {

	public NoticeText {
		sections = List.copyOf(sections);
	}

	/**
	 * Return the same as plain text: each heading, its sentences indented below it, and
	 * an empty line between parts.
	 * @return the lines
	 */
	public List<String> lines() {
		List<String> lines = new ArrayList<>();
		for (NoticeSection section : this.sections) {
			if (!lines.isEmpty()) {
				lines.add("");
			}
			lines.add(section.heading());
			section.lines().forEach((line) -> lines.add("  " + line));
		}
		return lines;
	}

	/**
	 * Return the same as it was shown to a user.
	 * @param before what was shown before it, for example what is new
	 * @return the sentences
	 */
	public ShownNotice shown(List<String> before) {
		List<String> lines = new ArrayList<>(before);
		if (!lines.isEmpty()) {
			lines.add("");
		}
		lines.addAll(lines());
		return new ShownNotice(this.language, String.join("\n", lines) + "\n");
	}

}
