package dev.telemetry.spec.lint;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.NameRules;
import org.jspecify.annotations.Nullable;

/** Finds names that are nearly the same as one before. */
final class SimilarNames {

	/** Beyond as many names only those are compared that look the same. */
	private static final int MAX_COMPARED = 5000;

	/** Each name that was met, by its plain form. */
	private final Map<String, String> names = new LinkedHashMap<>();

	private SimilarNames() {
	}

	static void check(Iterable<? extends LintedEvents> files) {
		SimilarNames events = new SimilarNames();
		SimilarNames properties = new SimilarNames();
		for (LintedEvents file : files) {
			for (int i = 0; i < file.events().size(); i++) {
				EventDefinition event = file.events().get(i);
				events.check(file, event.name(), "events", i);
				for (String property : event.properties().keySet()) {
					properties.check(file, property, "events", i, "properties", property);
				}
			}
		}
	}

	private void check(LintedEvents file, String name, Object... path) {
		String plain = NameRules.plain(name);
		String known = this.names.get(plain);
		String before = (known != null) ? known : similar(plain);
		if (before != null && !before.equals(name)) {
			file.add(LintRule.SIMILAR_NAME, "'" + name + "' is easily taken for '" + before + "'",
					"use one name for one thing", path);
		}
		this.names.putIfAbsent(plain, name);
	}

	private @Nullable String similar(String plain) {
		if (this.names.size() > MAX_COMPARED) {
			return null;
		}
		for (Map.Entry<String, String> known : this.names.entrySet()) {
			if (!known.getKey().equals(plain) && NameRules.areSimilar(plain, known.getKey())) {
				return known.getValue();
			}
		}
		return null;
	}

}
