package dev.telemetry.actuate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeDescriptions;
import dev.telemetry.consent.notice.NoticeDifference;
import dev.telemetry.consent.notice.NoticePrompt;
import dev.telemetry.consent.notice.NoticeRenderer;
import dev.telemetry.consent.notice.NoticeText;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.consent.store.ShownNotice;
import dev.telemetry.sdk.ExampleEvents;
import org.jspecify.annotations.Nullable;

/**
 * Shows what consent covers, what would be sent, and how that differs from what was
 * agreed to. Changes nothing.
 */
public final class NoticeView {

	private final StoredNotices notices;

	private final ExampleEvents examples;

	private final ConsentGate gate;

	private final NoticeRenderer renderer;

	private final Supplier<NoticeDescriptions> descriptions;

	/**
	 * Create a view.
	 * @param notices today's notice and the accepted one
	 * @param examples shows events
	 * @param gate knows which notice was accepted
	 * @param renderer turns notices into sentences
	 * @param descriptions knows what events and properties are
	 */
	public NoticeView(StoredNotices notices, ExampleEvents examples, ConsentGate gate, NoticeRenderer renderer,
			Supplier<NoticeDescriptions> descriptions) {
		this.notices = notices;
		this.examples = examples;
		this.gate = gate;
		this.renderer = renderer;
		this.descriptions = descriptions;
	}

	/**
	 * Return what consent covers.
	 * @param languages the languages of the reader, the preferred one first; without any
	 * English
	 * @return today's notice, and how it differs from the one agreed to
	 */
	public NoticeDescriptor show(List<Locale> languages) {
		Notice today = this.notices.today();
		ConsentDecision decision = this.gate.decision();
		@Nullable String accepted = decision.notice().accepted();
		if (today == null) {
			return new NoticeDescriptor(null, accepted, null, null, null, null, List.of());
		}
		Notice agreed = this.notices.agreed(accepted);
		NoticeDescriptions descriptions = this.descriptions.get();
		return new NoticeDescriptor(today.hash(), accepted,
				(agreed != null) ? agreed.differencesTo(today).stream().map(DifferenceDescriptor::of).toList() : null,
				(decision.state() == ConsentState.STALE)
						? this.renderer.changes(agreed, today, this.notices.acceptedAt(), descriptions, languages)
						: null,
				today.toMap(), this.renderer.render(today, descriptions, languages), this.examples.lines(today));
	}

	/**
	 * Return today's notice as it is shown in a language.
	 * @param locale the language of a notice that was shown, as a BCP 47 tag
	 * @return the sentences, or {@code null} when there are none in this language
	 */
	@Nullable ShownNotice shown(String locale) {
		ShownNotice shown = show(List.of(Locale.forLanguageTag(locale))).shown();
		return (shown != null && shown.locale().equals(locale)) ? shown : null;
	}

	/**
	 * Return what a terminal asks for today's notice.
	 * @param languages the languages of the user, the preferred one first
	 * @return the question, or {@code null} while there is no notice
	 */
	public @Nullable NoticePrompt prompt(List<Locale> languages) {
		Notice today = this.notices.today();
		return (today != null) ? this.renderer.prompt(today, languages) : null;
	}

	/**
	 * What consent covers.
	 *
	 * @param current the hash of today's notice, absent while there is none
	 * @param accepted the hash of the notice agreed to, absent without one
	 * @param differences how today's differs from that one, absent when its text is not
	 * stored here
	 * @param changes in sentences what is new since, absent unless the consent is stale
	 * @param notice what is collected, how long it is stored and where it goes; absent
	 * while that is not known
	 * @param text the same in sentences, absent while it is not known
	 * @param examples a line for each declared event as it would be sent, with samples
	 * for values
	 */
	@JsonInclude(Include.NON_NULL)
	public record NoticeDescriptor(@Nullable String current, @Nullable String accepted,
			@Nullable List<DifferenceDescriptor> differences, @Nullable List<String> changes,
			@Nullable Map<String, Object> notice, @Nullable NoticeText text, List<String> examples) {

		/**
		 * Return the sentences, for the user who reads them.
		 * @return what is new and the notice, or {@code null} while it is not known
		 */
		@Nullable ShownNotice shown() {
			return (this.text != null) ? this.text.shown((this.changes != null) ? this.changes : List.of()) : null;
		}

	}

	/**
	 * One thing that differs.
	 *
	 * @param kind {@code wider}, {@code narrower} or {@code reworded}
	 * @param text what it is, for people
	 */
	public record DifferenceDescriptor(String kind, String text) {

		static DifferenceDescriptor of(NoticeDifference difference) {
			return new DifferenceDescriptor(difference.kind().name().toLowerCase(Locale.ROOT), difference.text());
		}

	}

}
