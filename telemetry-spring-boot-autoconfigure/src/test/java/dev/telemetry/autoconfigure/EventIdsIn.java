package dev.telemetry.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts events by their ids in what was written or sent, not by what counters say. */
final class EventIdsIn {

	private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

	private EventIdsIn() {
	}

	static Set<String> distinct(String text) {
		return ID.matcher(text)
			.results()
			.map((found) -> found.group(1))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

}
