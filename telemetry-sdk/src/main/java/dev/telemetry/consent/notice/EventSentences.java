package dev.telemetry.consent.notice;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.spec.MeasuredProperty;
import org.jspecify.annotations.Nullable;

/**
 * Says what is recorded of events. Types, sampling and redaction are named only where
 * they matter to the user.
 */
final class EventSentences {

	private static final double PERCENT_PER_MILLION = 10_000;

	private static final long MILLION = 1_000_000;

	/** More allowed values than these tell a reader nothing. */
	private static final int MAX_VALUES = 6;

	private static final int MAX_PHRASE = 60;

	private final NoticeMessages messages;

	private final NoticeDescriptions descriptions;

	EventSentences(NoticeMessages messages, NoticeDescriptions descriptions) {
		this.messages = messages;
		this.descriptions = descriptions;
	}

	/** Say all of an event in one line. */
	String line(Notice notice, NoticeEvent event) {
		List<String> properties = properties(event);
		List<String> sentences = new ArrayList<>();
		sentences.add(properties.isEmpty() ? this.messages.text("events.bare", name(event))
				: this.messages.text("events.event", name(event), this.messages.all(properties)));
		sentences.add(this.messages.text("events.purpose", purpose(event)));
		addIf(sentences, !event.privacy().equals("public") && !event.privacy().equals("internal"),
				"events." + event.privacy());
		if (event.samplingPerMillion() < MILLION) {
			sentences.add(this.messages.text("events.sampling", share(event)));
		}
		if (!event.conditions().isEmpty()) {
			sentences.add(this.messages.text("events.conditions", this.messages.all(event.conditions())));
		}
		if (!event.destinations().isEmpty() && !notice.destinations().isEmpty()) {
			sentences.add(this.messages.text("events.destinations", this.messages.all(event.destinations())));
		}
		if (event.expires() != null) {
			sentences.add(this.messages.text("events.expires", this.messages.day(event.expires())));
		}
		return String.join(" ", sentences);
	}

	private void addIf(List<String> sentences, boolean holds, String key) {
		if (holds) {
			sentences.add(this.messages.text(key));
		}
	}

	/** Return what happened with the name of the event, or the name alone. */
	private String name(NoticeEvent event) {
		String what = this.descriptions.event(event.name());
		return (what != null) ? this.messages.text("events.described", DisplayText.clause(what), event.name())
				: event.name();
	}

	String purpose(NoticeEvent event) {
		return (event.purpose() != null) ? DisplayText.clause(event.purpose()) : this.messages.text("unstated");
	}

	String share(NoticeEvent event) {
		return this.messages.number(event.samplingPerMillion() / PERCENT_PER_MILLION);
	}

	private List<String> properties(NoticeEvent event) {
		List<String> phrases = new ArrayList<>();
		Set<MeasuredProperty> measured = EnumSet.noneOf(MeasuredProperty.class);
		for (NoticeProperty property : event.properties()) {
			MeasuredProperty known = measured(event.name(), property);
			if (known != null) {
				measured.add(known);
			}
			else if (!property.redaction().equals("drop")) {
				phrases.add(phrase(event.name(), property));
			}
		}
		if (measured.contains(MeasuredProperty.OUTCOME)) {
			// How it ended says whether it succeeded
			measured.remove(MeasuredProperty.SUCCESS);
		}
		measured.forEach((property) -> phrases.add(this.messages.text("measured." + property.key())));
		return phrases;
	}

	private @Nullable MeasuredProperty measured(String event, NoticeProperty property) {
		return MeasuredProperty.find(property.name(), this.descriptions.property(event, property.name()));
	}

	/** Return a property of an event as a phrase. */
	String phrase(String event, NoticeProperty property) {
		MeasuredProperty known = measured(event, property);
		if (known != null) {
			return this.messages.text("measured." + known.key());
		}
		String name = described(property.name(), this.descriptions.property(event, property.name()));
		String phrase = switch (property.redaction()) {
			case "value" -> this.messages.text("property.masked", name);
			case "hash" -> this.messages.text("property.pseudonym", name);
			case "bucket" -> this.messages.text("property.rounded", name,
					this.messages.number(Double.parseDouble(Objects.requireNonNull(property.bucket()))));
			case "none" -> this.messages.text("property.unredacted", name);
			default -> limited(name, property);
		};
		return switch (property.privacy()) {
			case "pii", "sensitive" -> this.messages.text("property." + property.privacy(), phrase);
			default -> phrase;
		};
	}

	private String limited(String name, NoticeProperty property) {
		List<String> values = property.values();
		if (!values.isEmpty()) {
			return (values.size() <= MAX_VALUES)
					? this.messages.text("property.values", name, this.messages.any(values))
					: this.messages.text("property.many", name, this.messages.number(values.size()));
		}
		String min = (property.min() != null) ? number(property.min()) : null;
		String max = (property.max() != null) ? number(property.max()) : null;
		if (min != null && max != null) {
			return this.messages.text("property.between", name, min, max);
		}
		return (min != null) ? this.messages.text("property.min", name, min)
				: (max != null) ? this.messages.text("property.max", name, max) : name;
	}

	private String number(String decimal) {
		return this.messages.number(Double.parseDouble(decimal));
	}

	/** A short description replaces the name; a longer one would break the list. */
	private static String described(String name, @Nullable String description) {
		if (description == null || description.isBlank()) {
			return name;
		}
		String clause = DisplayText.clause(description);
		boolean isShort = clause.length() <= MAX_PHRASE && clause.chars().noneMatch((c) -> ",;:()".indexOf(c) >= 0);
		return isShort ? lowerFirst(clause) : name + " (" + clause + ")";
	}

	/** "Number of items" is a part of a sentence here; "HTTP status" stays as it is. */
	private static String lowerFirst(String clause) {
		boolean word = clause.length() > 1 && Character.isUpperCase(clause.charAt(0))
				&& Character.isLowerCase(clause.charAt(1));
		return word ? clause.substring(0, 1).toLowerCase(Locale.ROOT) + clause.substring(1) : clause;
	}

}
