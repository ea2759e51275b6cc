package dev.telemetry.consent.notice;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Turns a notice into sentences: for the question on a terminal, the command line, the
 * endpoint and pages made from it. All of them show the same.
 */
public final class NoticeRenderer {

	private final NoticeLanguages languages;

	private final NoticeStatements statements;

	/**
	 * Create a renderer.
	 * @param languages the phrases
	 * @param statements what the product states; its language, if any, is that of all
	 */
	public NoticeRenderer(NoticeLanguages languages, NoticeStatements statements) {
		this.languages = languages;
		this.statements = statements;
	}

	/**
	 * Say what consent to a notice allows.
	 * @param notice the notice
	 * @param descriptions what its events and properties are
	 * @param wanted the languages of the reader, the preferred one first
	 * @return the sentences, in the first of these languages that is here, else English
	 */
	public NoticeText render(Notice notice, NoticeDescriptions descriptions, List<Locale> wanted) {
		return new NoticeComposer(notice, descriptions, this.statements, messages(wanted)).compose();
	}

	/**
	 * Say why consent to an earlier notice does not cover today's.
	 * @param accepted the notice that was accepted, or {@code null} when its text is gone
	 * @param today today's notice
	 * @param since when it was accepted, or {@code null} when that is not recorded
	 * @param descriptions what today's events and properties are
	 * @param wanted the languages of the reader, the preferred one first
	 * @return one sentence for each thing that is new; if nothing is, one that says that
	 * the consent has expired
	 */
	public List<String> changes(@Nullable Notice accepted, Notice today, @Nullable Instant since,
			NoticeDescriptions descriptions, List<Locale> wanted) {
		NoticeMessages messages = messages(wanted);
		String then = (since != null)
				? messages.text("since.day", messages.day(since.atZone(ZoneOffset.UTC).toLocalDate()))
				: messages.text("since.unknown");
		if (accepted == null) {
			return List.of(DisplayText.line(messages.text("changes.unknown", then)));
		}
		List<String> phrases = new ChangeSentences(accepted, today, descriptions, messages).phrases();
		if (phrases.isEmpty()) {
			return List.of(DisplayText.line(messages.text("changes.expired", then)));
		}
		return phrases.stream().map((phrase) -> DisplayText.line(messages.text("changes.new", then, phrase))).toList();
	}

	/**
	 * Return what a terminal asks for a notice.
	 * @param notice the notice
	 * @param wanted the languages of the user, the preferred one first
	 * @return the question
	 */
	public NoticePrompt prompt(Notice notice, List<Locale> wanted) {
		NoticeMessages messages = messages(wanted);
		List<String> hosts = NoticeComposer.hosts(notice);
		return new NoticePrompt(
				hosts.isEmpty() ? messages.text("prompt.local") : messages.text("prompt.export", messages.all(hosts)),
				!hosts.isEmpty(), messages.text("prompt.more"));
	}

	private NoticeMessages messages(List<Locale> wanted) {
		Locale stated = this.statements.locale();
		return this.languages.choose((stated != null) ? List.of(stated) : wanted);
	}

}
