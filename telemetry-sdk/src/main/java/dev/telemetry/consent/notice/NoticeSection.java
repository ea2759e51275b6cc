package dev.telemetry.consent.notice;

import java.util.List;

/**
 * A part of a notice in sentences. Heading and lines are plain text without line breaks,
 * control characters and marks of direction.
 *
 * @param id what it is about: {@code asks}, {@code events}, {@code context},
 * {@code destinations}, {@code storage}, {@code never} or {@code decide}
 * @param heading its heading
 * @param lines its sentences
 */
public record NoticeSection(String id, String heading, List<String> lines) {

	public NoticeSection {
		heading = DisplayText.line(heading);
		lines = lines.stream().map(DisplayText::line).toList();
	}

}
