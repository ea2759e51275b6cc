package dev.telemetry.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import dev.telemetry.consent.NoticeDifference.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Compares two notices, one dimension after the other: what the later one says and the
 * earlier one does not cover is wider.
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
		other("the tool", this.earlier.tool(), this.later.tool());
		contact();
		destinations();
		ranked("the identifier of the installation", NoticeWords.MACHINE_ID, this.earlier.machineId(),
				this.later.machineId());
		other("the way to request deletion", this.earlier.deletion(), this.later.deletion());
		keys("an attribute of every event", this.earlier.metadata(), this.later.metadata());
		keys("what every event says about where it was recorded", this.earlier.runtimeFields(),
				this.later.runtimeFields());
		events();
		return List.copyOf(this.differences);
	}

	private void undeclared(NoticeUndeclared before, NoticeUndeclared now) {
		if (before.recorded() != now.recorded()) {
			add(now.recorded(), "what nothing declares is " + (now.recorded() ? "recorded" : "dropped"));
		}
		// Who drops keeps nothing: then the other difference says it all
		if (before.recorded() && now.recorded()) {
			retention("what nothing declares", before.retentionSeconds(), now.retentionSeconds());
		}
	}

	private void contact() {
		if (!Objects.equals(this.earlier.contact(), this.later.contact())) {
			this.differences.add(new NoticeDifference(Kind.REWORDED, "the contact is " + said(this.later.contact())));
		}
	}

	private void destinations() {
		for (NoticeDestination destination : this.later.destinations()) {
			if (this.earlier.destinations().stream().noneMatch((known) -> known.covers(destination))) {
				add(true, "events go to " + destination);
			}
			else if (!this.earlier.destinations().contains(destination)) {
				add(false, "events go to " + destination);
			}
		}
		for (NoticeDestination destination : this.earlier.destinations()) {
			if (!this.later.destinations().contains(destination)) {
				add(false, "events no longer go to " + destination);
			}
		}
	}

	private void events() {
		for (NoticeEvent event : this.later.events()) {
			NoticeEvent before = this.earlier.event(event.name());
			if (before == null) {
				add(true, "the event " + event.name() + " is collected");
			}
			else {
				event(before, event);
			}
		}
		for (NoticeEvent event : this.earlier.events()) {
			if (this.later.event(event.name()) == null) {
				add(false, "the event " + event.name() + " is no longer collected");
			}
		}
	}

	private void event(NoticeEvent before, NoticeEvent now) {
		String name = "the event " + now.name();
		other("the purpose of " + name, before.purpose(), now.purpose());
		if (before.version() != now.version()) {
			this.differences.add(new NoticeDifference(Kind.REWORDED, name + " has version " + now.version()));
		}
		if (before.samplingPerMillion() != now.samplingPerMillion()) {
			add(now.samplingPerMillion() > before.samplingPerMillion(), "of " + name + " " + now.samplingPerMillion()
					+ " of a million are kept, not " + before.samplingPerMillion());
		}
		conditions(name, before.conditions(), now.conditions());
		retention(name, before.retentionSeconds(), now.retentionSeconds());
		properties(name, before, now);
	}

	/** All of them must hold: each one more keeps less. */
	private void conditions(String event, List<String> before, List<String> now) {
		before.stream()
			.filter((condition) -> !now.contains(condition))
			.forEach((condition) -> add(true, event + " is kept also where not: " + condition));
		now.stream()
			.filter((condition) -> !before.contains(condition))
			.forEach((condition) -> add(false, event + " is kept only where: " + condition));
	}

	private void properties(String event, NoticeEvent before, NoticeEvent now) {
		for (NoticeProperty property : now.properties()) {
			NoticeProperty known = before.property(property.name());
			String name = "the property " + property.name() + " of " + event;
			if (known == null) {
				add(true, name + " is collected");
			}
			else {
				other("the type of " + name, known.type(), property.type());
				ranked("the privacy of " + name, NoticeWords.PRIVACY, known.privacy(), property.privacy());
				ranked("what is redacted of " + name, NoticeWords.REDACTION, known.redaction(), property.redaction());
				buckets(name, known, property);
			}
		}
		for (NoticeProperty property : before.properties()) {
			if (now.property(property.name()) == null) {
				add(false, "the property " + property.name() + " of " + event + " is no longer collected");
			}
		}
	}

	private void buckets(String name, NoticeProperty before, NoticeProperty now) {
		if (before.redaction().equals(now.redaction()) && !Objects.equals(before.bucket(), now.bucket())) {
			add(!before.coversBucketOf(now),
					name + " is rounded to multiples of " + now.bucket() + ", not " + before.bucket());
		}
	}

	/** Something that cannot be more or less: to change it needs a new yes. */
	private void other(String what, @Nullable String before, @Nullable String now) {
		if (!Objects.equals(before, now)) {
			add(true, what + " is " + said(now) + ", not " + said(before));
		}
	}

	private void ranked(String what, NoticeWords words, String before, String now) {
		if (!before.equals(now)) {
			add(words.compare(now, before) > 0, what + " is " + said(now) + ", not " + said(before));
		}
	}

	private void retention(String what, long before, long now) {
		if (before != now) {
			add(now > before, what + " is kept " + time(now) + ", not " + time(before));
		}
	}

	private static String time(long seconds) {
		return (seconds == NoticeEvent.UNTIL_RESET) ? "until a reset" : "for " + seconds + " seconds";
	}

	private void keys(String what, Collection<String> before, Collection<String> now) {
		now.stream().filter((key) -> !before.contains(key)).forEach((key) -> add(true, key + " is " + what));
		before.stream().filter((key) -> !now.contains(key)).forEach((key) -> add(false, key + " is no longer " + what));
	}

	private void add(boolean wider, String text) {
		this.differences.add(new NoticeDifference(wider ? Kind.WIDER : Kind.NARROWER, text));
	}

	private static String said(@Nullable String text) {
		return (text != null) ? "'" + text + "'" : "not said";
	}

}
