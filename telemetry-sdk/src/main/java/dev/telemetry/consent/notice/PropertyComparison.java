package dev.telemetry.consent.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.telemetry.consent.notice.NoticeDifference.Kind;
import org.jspecify.annotations.Nullable;

/** Compares a property of an event of two notices. */
final class PropertyComparison {

	private final String event;

	private final NoticeProperty before;

	private final NoticeProperty now;

	private final String name;

	private final List<NoticeDifference> differences = new ArrayList<>();

	PropertyComparison(String event, NoticeProperty before, NoticeProperty now) {
		this.event = event;
		this.before = before;
		this.now = now;
		this.name = "the property " + now.name() + " of the event " + event;
	}

	List<NoticeDifference> differences() {
		if (!this.before.type().equals(this.now.type())) {
			add(true, NoticeDimension.TYPE, "the type of " + words(this.before.type(), this.now.type()));
		}
		ranked(NoticeDimension.PRIVACY, "the privacy of ", PrivacyOrder.PRIVACY, this.before.privacy(),
				this.now.privacy());
		ranked(NoticeDimension.REDACTION, "what is redacted of ", PrivacyOrder.REDACTION, this.before.redaction(),
				this.now.redaction());
		bucket();
		if (this.before.required() != this.now.required()) {
			// Events without it were refused, and no longer are
			add(this.before.required(), NoticeDimension.REQUIRED,
					this.name + (this.now.required() ? " must be there" : " need not be there"));
		}
		if (!this.before.values().equals(this.now.values())) {
			add(!this.before.coversValuesOf(this.now), NoticeDimension.VALUES,
					this.name + " may be " + listed(this.now.values()) + ", not " + listed(this.before.values()));
		}
		bound(NoticeDimension.MIN, "at least", this.before.min(), this.now.min(), this.before.coversMinOf(this.now));
		bound(NoticeDimension.MAX, "at most", this.before.max(), this.now.max(), this.before.coversMaxOf(this.now));
		return this.differences;
	}

	private void ranked(NoticeDimension dimension, String what, PrivacyOrder order, String old, String current) {
		if (!old.equals(current)) {
			add(order.compare(current, old) > 0, dimension, what + words(old, current));
		}
	}

	private String words(String old, String current) {
		return this.name + " is '" + current + "', not '" + old + "'";
	}

	private void bucket() {
		if (this.before.redaction().equals(this.now.redaction())
				&& !Objects.equals(this.before.bucket(), this.now.bucket())) {
			add(!this.before.coversBucketOf(this.now), NoticeDimension.REDACTION,
					this.name + " is rounded to multiples of " + this.now.bucket() + ", not " + this.before.bucket());
		}
	}

	private static String listed(List<String> values) {
		return values.isEmpty() ? "any value" : "one of " + String.join(", ", values);
	}

	private void bound(NoticeDimension dimension, String what, @Nullable String old, @Nullable String current,
			boolean covered) {
		if (!Objects.equals(old, current)) {
			add(!covered, dimension, this.name + " is " + bounded(what, current) + ", not " + bounded(what, old));
		}
	}

	private static String bounded(String what, @Nullable String bound) {
		return (bound != null) ? what + " " + bound : "any number";
	}

	private void add(boolean wider, NoticeDimension dimension, String text) {
		Kind kind = NoticeComparison.kind(wider);
		this.differences.add(new NoticeDifference(kind, dimension, this.event, this.now.name(), text));
	}

}
