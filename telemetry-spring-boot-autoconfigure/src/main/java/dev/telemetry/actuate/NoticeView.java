package dev.telemetry.actuate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.telemetry.ExampleEvents;
import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.Notice;
import dev.telemetry.consent.NoticeDifference;
import dev.telemetry.consent.StoredNotices;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a yes agrees to, what would be sent, and how that differs from what was
 * agreed to. Only looks.
 */
public final class NoticeView {

	private final StoredNotices notices;

	private final ExampleEvents examples;

	private final ConsentGate gate;

	public NoticeView(StoredNotices notices, ExampleEvents examples, ConsentGate gate) {
		this.notices = notices;
		this.examples = examples;
		this.gate = gate;
	}

	/**
	 * Return what a yes agrees to.
	 * @return today's notice, and how it differs from the one agreed to
	 */
	public NoticeDescriptor show() {
		Notice today = this.notices.today();
		@Nullable String accepted = this.gate.decision().notice().accepted();
		if (today == null) {
			return new NoticeDescriptor(null, accepted, null, null, List.of());
		}
		Notice agreed = this.notices.find(accepted);
		return new NoticeDescriptor(today.hash(), accepted,
				(agreed != null) ? agreed.differencesTo(today).stream().map(DifferenceDescriptor::of).toList() : null,
				today.toMap(), this.examples.lines(today));
	}

	/**
	 * What a yes agrees to.
	 *
	 * @param current the hash of today's notice, absent while there is none
	 * @param accepted the hash of the notice agreed to, absent without one
	 * @param differences how today's differs from that one, absent when its text is not
	 * kept here
	 * @param notice what is collected, how long it is kept and where it goes; absent
	 * while that is not known
	 * @param examples a line for each declared event as it would be sent, with samples
	 * for values
	 */
	@JsonInclude(Include.NON_NULL)
	public record NoticeDescriptor(@Nullable String current, @Nullable String accepted,
			@Nullable List<DifferenceDescriptor> differences, @Nullable Map<String, Object> notice,
			List<String> examples) {

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
