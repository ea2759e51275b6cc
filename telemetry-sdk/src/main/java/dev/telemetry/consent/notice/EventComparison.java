package dev.telemetry.consent.notice;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.telemetry.consent.notice.NoticeDifference.Kind;
import org.jspecify.annotations.Nullable;

/** Compares an event of two notices. */
final class EventComparison {

	private final NoticeEvent before;

	private final NoticeEvent now;

	private final String name;

	private final List<NoticeDifference> differences = new ArrayList<>();

	EventComparison(NoticeEvent before, NoticeEvent now) {
		this.before = before;
		this.now = now;
		this.name = "the event " + now.name();
	}

	List<NoticeDifference> differences() {
		if (!Objects.equals(this.before.purpose(), this.now.purpose())) {
			add(Kind.WIDER, NoticeDimension.PURPOSE,
					"the purpose of " + this.name + " is " + NoticeComparison.said(this.now.purpose()) + ", not "
							+ NoticeComparison.said(this.before.purpose()));
		}
		if (this.before.version() != this.now.version()) {
			add(Kind.REWORDED, NoticeDimension.VERSION, this.name + " has version " + this.now.version());
		}
		if (!this.before.privacy().equals(this.now.privacy())) {
			add(PrivacyOrder.PRIVACY.compare(this.now.privacy(), this.before.privacy()) > 0,
					NoticeDimension.EVENT_PRIVACY, "the privacy of " + this.name + " is '" + this.now.privacy()
							+ "', not '" + this.before.privacy() + "'");
		}
		destinations();
		if (this.before.samplingPerMillion() != this.now.samplingPerMillion()) {
			add(this.now.samplingPerMillion() > this.before.samplingPerMillion(), NoticeDimension.SAMPLING,
					"of " + this.name + " " + this.now.samplingPerMillion() + " of a million are kept, not "
							+ this.before.samplingPerMillion());
		}
		conditions();
		if (this.before.retentionSeconds() != this.now.retentionSeconds()) {
			add(this.now.retentionSeconds() > this.before.retentionSeconds(), NoticeDimension.RETENTION,
					retention(this.name, this.before.retentionSeconds(), this.now.retentionSeconds()));
		}
		if (!Objects.equals(this.before.expires(), this.now.expires())) {
			add(!this.before.coversExpiryOf(this.now), NoticeDimension.EXPIRY,
					this.name + " is collected " + until(this.now.expires()) + ", not " + until(this.before.expires()));
		}
		properties();
		return this.differences;
	}

	private void destinations() {
		if (!this.before.destinations().equals(this.now.destinations())) {
			add(!this.before.coversDestinationsOf(this.now), NoticeDimension.EVENT_DESTINATIONS, this.name + " goes to "
					+ listed(this.now.destinations()) + ", not to " + listed(this.before.destinations()));
		}
	}

	private static String listed(List<String> names) {
		return names.isEmpty() ? "all destinations" : String.join(", ", names);
	}

	/** All of them must hold: with each additional one less is stored. */
	private void conditions() {
		this.before.conditions()
			.stream()
			.filter((condition) -> !this.now.conditions().contains(condition))
			.forEach((condition) -> add(true, NoticeDimension.CONDITION,
					this.name + " is kept also where not: " + condition));
		this.now.conditions()
			.stream()
			.filter((condition) -> !this.before.conditions().contains(condition))
			.forEach((condition) -> add(false, NoticeDimension.CONDITION,
					this.name + " is kept only where: " + condition));
	}

	private void properties() {
		for (NoticeProperty property : this.now.properties()) {
			NoticeProperty known = this.before.property(property.name());
			if (known == null) {
				add(Kind.WIDER, property, "is collected");
			}
			else {
				this.differences.addAll(new PropertyComparison(this.now.name(), known, property).differences());
			}
		}
		for (NoticeProperty property : this.before.properties()) {
			if (this.now.property(property.name()) == null) {
				add(Kind.NARROWER, property, "is no longer collected");
			}
		}
	}

	private void add(Kind kind, NoticeProperty property, String text) {
		this.differences.add(new NoticeDifference(kind, NoticeDimension.PROPERTY, this.now.name(), property.name(),
				"the property " + property.name() + " of " + this.name + " " + text));
	}

	static String retention(String what, long before, long now) {
		return what + " is kept " + time(now) + ", not " + time(before);
	}

	private static String time(long seconds) {
		return (seconds == NoticeEvent.UNTIL_RESET) ? "until a reset" : "for " + seconds + " seconds";
	}

	private static String until(@Nullable LocalDate day) {
		return (day != null) ? "until " + day : "without an end";
	}

	private void add(boolean wider, NoticeDimension dimension, String text) {
		add(NoticeComparison.kind(wider), dimension, text);
	}

	private void add(Kind kind, NoticeDimension dimension, String text) {
		this.differences.add(new NoticeDifference(kind, dimension, this.now.name(), "", text));
	}

}
