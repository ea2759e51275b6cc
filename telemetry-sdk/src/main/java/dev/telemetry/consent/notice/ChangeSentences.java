package dev.telemetry.consent.notice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Says what a later notice has that the accepted one does not cover: what a new consent
 * would add. What is less or only reworded needs no decision and is left out.
 */
final class ChangeSentences {

	/** Derived from the two notices, since a difference has no text for its value. */
	private static final Set<NoticeDimension> SETS = EnumSet.of(NoticeDimension.DESTINATION, NoticeDimension.METADATA,
			NoticeDimension.RUNTIME_FIELD);

	private final Notice accepted;

	private final Notice today;

	private final NoticeMessages messages;

	private final EventSentences events;

	ChangeSentences(Notice accepted, Notice today, NoticeDescriptions descriptions, NoticeMessages messages) {
		this.accepted = accepted;
		this.today = today;
		this.messages = messages;
		this.events = new EventSentences(messages, descriptions);
	}

	/** Return a phrase for everything that is new. */
	List<String> phrases() {
		Set<String> phrases = new LinkedHashSet<>();
		for (NoticeDifference difference : this.accepted.differencesTo(this.today)) {
			if (difference.widens() && SETS.contains(difference.dimension())) {
				phrases.addAll(added(difference.dimension()));
			}
			else if (difference.widens()) {
				phrases.add(phrase(difference));
			}
		}
		return new ArrayList<>(phrases);
	}

	private List<String> added(NoticeDimension dimension) {
		Stream<String> values = switch (dimension) {
			case DESTINATION -> this.today.destinations()
				.stream()
				.filter((one) -> this.accepted.destinations().stream().noneMatch((known) -> known.covers(one)))
				.map((one) -> one.host() + " (" + one.protocol() + ")");
			case METADATA -> beyond(this.accepted.metadata(), this.today.metadata());
			default -> beyond(this.accepted.runtimeFields(), this.today.runtimeFields())
				.map((field) -> this.messages.text("context." + field));
		};
		return values.map((value) -> this.messages.text(key(dimension), value)).toList();
	}

	private static Stream<String> beyond(Collection<String> before, Collection<String> now) {
		return now.stream().filter((value) -> !before.contains(value));
	}

	private String phrase(NoticeDifference difference) {
		String key = key(difference.dimension());
		NoticeEvent event = find(difference.event());
		if (event == null) {
			return this.messages.text(key, ofAll(difference.dimension()));
		}
		NoticeProperty property = find(event, difference.property());
		return (property == null) ? this.messages.text(key, event.name(), of(event, difference.dimension()))
				: this.messages.text(key, event.name(), this.events.phrase(event.name(), property));
	}

	/** Return the new value of what is not about one event. */
	private String ofAll(NoticeDimension dimension) {
		return switch (dimension) {
			case UNDECLARED_RETENTION -> NoticeComposer.time(this.messages, this.today.undeclared().retentionSeconds());
			case TOOL -> this.today.tool();
			case CONTROLLER -> stated(this.today.controller());
			case MACHINE_ID -> this.messages.text("context.machine." + this.today.machineId());
			case DELETION -> this.today.deletion().equals("none") ? stated(null) : this.today.deletion();
			default -> "";
		};
	}

	private String of(NoticeEvent event, NoticeDimension dimension) {
		return switch (dimension) {
			case EVENT, PURPOSE -> this.events.purpose(event);
			case EVENT_DESTINATIONS -> event.destinations().isEmpty() ? this.messages.text("change.everywhere")
					: this.messages.all(event.destinations());
			case SAMPLING -> this.events.share(event);
			case RETENTION -> NoticeComposer.time(this.messages, event.retentionSeconds());
			case EXPIRY ->
				(event.expires() != null) ? this.messages.day(event.expires()) : this.messages.text("change.no-end");
			case EVENT_PRIVACY -> this.messages.text("privacy." + event.privacy());
			default -> "";
		};
	}

	private String stated(@Nullable String value) {
		return Objects.requireNonNullElseGet(value, () -> this.messages.text("unstated"));
	}

	private static String key(NoticeDimension dimension) {
		return "change." + dimension.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private @Nullable NoticeEvent find(String name) {
		return this.today.events().stream().filter((event) -> event.name().equals(name)).findFirst().orElse(null);
	}

	private static @Nullable NoticeProperty find(NoticeEvent event, String name) {
		return event.properties().stream().filter((property) -> property.name().equals(name)).findFirst().orElse(null);
	}

}
