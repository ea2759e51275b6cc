package dev.telemetry.consent.notice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import dev.telemetry.consent.notice.NoticeDifference.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Compares two notices, one dimension after the other: what the later one says and the
 * earlier one does not cover is wider. It alone decides what needs a new grant: the gate,
 * the comparison of specs and that of manifests all use it.
 */
final class NoticeComparison {

	private final Notice earlier;

	private final Notice later;

	private final List<NoticeDifference> differences = new ArrayList<>();

	NoticeComparison(Notice earlier, Notice later) {
		this.earlier = earlier;
		this.later = later;
	}

	List<NoticeDifference> differences() {
		undeclared(this.earlier.undeclared(), this.later.undeclared());
		other(NoticeDimension.TOOL, "the tool", this.earlier.tool(), this.later.tool());
		controller();
		contact();
		destinations();
		ranked(NoticeDimension.MACHINE_ID, "the identifier of the installation", PrivacyOrder.MACHINE_ID,
				this.earlier.machineId(), this.later.machineId());
		other(NoticeDimension.DELETION, "the way to request deletion", this.earlier.deletion(), this.later.deletion());
		keys(NoticeDimension.METADATA, "an attribute of every event", this.earlier.metadata(), this.later.metadata());
		keys(NoticeDimension.RUNTIME_FIELD, "what every event says about where it was recorded",
				this.earlier.runtimeFields(), this.later.runtimeFields());
		events();
		return List.copyOf(this.differences);
	}

	private void undeclared(NoticeUndeclared before, NoticeUndeclared now) {
		if (before.recorded() != now.recorded()) {
			add(kind(now.recorded()), NoticeDimension.UNDECLARED,
					"what nothing declares is " + (now.recorded() ? "recorded" : "dropped"));
		}
		// What is dropped is not stored: then the other difference is sufficient
		if (before.recorded() && now.recorded() && before.retentionSeconds() != now.retentionSeconds()) {
			add(kind(now.retentionSeconds() > before.retentionSeconds()), NoticeDimension.UNDECLARED_RETENTION,
					EventComparison.retention("what nothing declares", before.retentionSeconds(),
							now.retentionSeconds()));
		}
	}

	/**
	 * A grant that accepted a text without this field accepts the controller stated
	 * first.
	 */
	private void controller() {
		if (!this.earlier.isInFirstFormat()) {
			other(NoticeDimension.CONTROLLER, "the controller", this.earlier.controller(), this.later.controller());
		}
		else if (this.later.controller() != null) {
			add(Kind.REWORDED, NoticeDimension.CONTROLLER, "the controller is " + said(this.later.controller()));
		}
	}

	private void contact() {
		if (!Objects.equals(this.earlier.contact(), this.later.contact())) {
			add(Kind.REWORDED, NoticeDimension.CONTACT, "the contact is " + said(this.later.contact()));
		}
	}

	private void destinations() {
		for (NoticeDestination destination : this.later.destinations()) {
			if (!this.earlier.destinations().contains(destination)) {
				add(kindOf(destination), NoticeDimension.DESTINATION, "events go to " + destination);
			}
		}
		for (NoticeDestination destination : this.earlier.destinations()) {
			if (!this.later.destinations().contains(destination) && !isReplaced(destination)) {
				add(Kind.NARROWER, NoticeDimension.DESTINATION, "events no longer go to " + destination);
			}
		}
	}

	private Kind kindOf(NoticeDestination destination) {
		if (this.earlier.destinations().stream().noneMatch((known) -> known.covers(destination))) {
			return Kind.WIDER;
		}
		return this.earlier.destinations().stream().anyMatch(destination::covers) ? Kind.REWORDED : Kind.NARROWER;
	}

	private boolean isReplaced(NoticeDestination destination) {
		return this.later.destinations()
			.stream()
			.anyMatch((known) -> known.covers(destination) && destination.covers(known));
	}

	private void events() {
		for (NoticeEvent event : this.later.events()) {
			NoticeEvent before = this.earlier.event(event.name());
			if (before == null) {
				add(Kind.WIDER, event, "the event " + event.name() + " is collected");
			}
			else {
				this.differences.addAll(new EventComparison(before, event).differences());
			}
		}
		for (NoticeEvent event : this.earlier.events()) {
			if (this.later.event(event.name()) == null) {
				add(Kind.NARROWER, event, "the event " + event.name() + " is no longer collected");
			}
		}
	}

	private void add(Kind kind, NoticeEvent event, String text) {
		this.differences.add(new NoticeDifference(kind, NoticeDimension.EVENT, event.name(), "", text));
	}

	/** Something that cannot be more or less: a change of it needs a new grant. */
	private void other(NoticeDimension dimension, String what, @Nullable String before, @Nullable String now) {
		if (!Objects.equals(before, now)) {
			add(Kind.WIDER, dimension, what + " is " + said(now) + ", not " + said(before));
		}
	}

	private void ranked(NoticeDimension dimension, String what, PrivacyOrder words, String before, String now) {
		if (!before.equals(now)) {
			add(kind(words.compare(now, before) > 0), dimension, what + " is " + said(now) + ", not " + said(before));
		}
	}

	private void keys(NoticeDimension dimension, String what, Collection<String> before, Collection<String> now) {
		now.stream()
			.filter((key) -> !before.contains(key))
			.forEach((key) -> add(Kind.WIDER, dimension, key + " is " + what));
		before.stream()
			.filter((key) -> !now.contains(key))
			.forEach((key) -> add(Kind.NARROWER, dimension, key + " is no longer " + what));
	}

	private void add(Kind kind, NoticeDimension dimension, String text) {
		this.differences.add(new NoticeDifference(kind, dimension, "", "", text));
	}

	static Kind kind(boolean wider) {
		return wider ? Kind.WIDER : Kind.NARROWER;
	}

	static String said(@Nullable String text) {
		return (text != null) ? "'" + text + "'" : "not said";
	}

}
