package dev.telemetry.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import dev.telemetry.spec.SpecChange.Kind;
import org.jspecify.annotations.Nullable;

/** Compares the properties of an event. */
final class PropertyDiff {

	private final String event;

	private final Map<String, PropertyDefinition> before;

	private final Map<String, PropertyDefinition> after;

	private final List<SpecChange> changes = new ArrayList<>();

	PropertyDiff(String event, Map<String, PropertyDefinition> before, Map<String, PropertyDefinition> after) {
		this.event = event;
		this.before = before;
		this.after = after;
	}

	List<SpecChange> changes() {
		Set<String> names = new TreeSet<>(this.before.keySet());
		names.addAll(this.after.keySet());
		for (String name : names) {
			PropertyDefinition old = this.before.get(name);
			PropertyDefinition now = this.after.get(name);
			if (old == null || now == null) {
				add(old == null, name, (old == null) ? "is collected" : "is no longer collected");
			}
			else {
				property(old, now);
			}
		}
		return this.changes;
	}

	private void property(PropertyDefinition old, PropertyDefinition now) {
		String name = now.name();
		if (old.type() != now.type()) {
			add(true, name, "is a " + SpecWords.word(now.type()) + ", not a " + SpecWords.word(old.type()));
		}
		if (old.privacy() != now.privacy()) {
			add(now.privacy().compareTo(old.privacy()) > 0, name,
					"is " + SpecWords.word(now.privacy()) + ", not " + SpecWords.word(old.privacy()));
		}
		redaction(old, now);
		if (old.required() != now.required()) {
			// Events without it were refused, and no longer are
			add(old.required(), name, now.required() ? "must be there" : "need not be there");
		}
		values(old, now);
		if (old.redaction() == now.redaction()) {
			bound(name, "least", negated(old.min()), negated(now.min()));
			bound(name, "most", old.max(), now.max());
		}
		if (!Objects.equals(old.description(), now.description())) {
			this.changes.add(new SpecChange(Kind.REWORDED, this.event, name, "its description changed"));
		}
	}

	private void redaction(PropertyDefinition old, PropertyDefinition now) {
		if (old.redaction() != now.redaction()) {
			add(now.redaction().compareTo(old.redaction()) < 0, now.name(), kept(old, now));
		}
		else if (now.redaction() == Redaction.BUCKET && old.bucket() != now.bucket()) {
			// A wider bucket tells more when it is no multiple: both together narrow a
			// value down
			boolean coarser = now.bucket() % old.bucket() == 0;
			add(!coarser, now.name(), kept(old, now));
		}
	}

	private static String kept(PropertyDefinition old, PropertyDefinition now) {
		return "what is kept is " + SpecWords.kept(now) + ", not " + SpecWords.kept(old);
	}

	private void values(PropertyDefinition old, PropertyDefinition now) {
		Set<String> values = new HashSet<>(old.values());
		Set<String> more = new TreeSet<>(now.values());
		if (!values.equals(more)) {
			boolean wider = !values.isEmpty() && (more.isEmpty() || !values.containsAll(more));
			add(wider, now.name(), "may be " + listed(now) + ", not " + listed(old));
		}
	}

	private static String listed(PropertyDefinition property) {
		return property.values().isEmpty() ? "any text" : "one of " + String.join(", ", property.values());
	}

	private static @Nullable Double negated(@Nullable Double bound) {
		return (bound != null) ? -bound : null;
	}

	/** Compare upper bounds; none is above all. */
	private void bound(String name, String which, @Nullable Double old, @Nullable Double now) {
		if (!Objects.equals(old, now)) {
			boolean wider = old != null && (now == null || now > old);
			add(wider, name, "the " + which + " it may be changed");
		}
	}

	private void add(boolean wider, String property, String text) {
		this.changes.add(new SpecChange(wider ? Kind.WIDER : Kind.NARROWER, this.event, property, text));
	}

}
