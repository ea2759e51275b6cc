package dev.telemetry.consent.notice;

/**
 * What is shown on a terminal in addition to the sentences of a notice.
 *
 * @param question asks for the decision and names the answers: {@code n}, {@code l},
 * {@code y} where there is a destination, and {@code v}
 * @param sends whether there is a destination
 * @param more asks for Enter before the next page
 */
public record NoticePrompt(String question, boolean sends, String more) {

	public NoticePrompt {
		question = DisplayText.line(question);
		more = DisplayText.line(more);
	}

}
