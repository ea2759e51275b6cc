package dev.telemetry.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.telemetry.insight.GroupUsage.Kind;
import org.jspecify.annotations.Nullable;

/** Counts the events of one name. */
final class EventTally {

	private static final int EVENT_SLOTS = 1 << 16;

	private static final int GROUP_SLOTS = 1 << 10;

	private static final Comparator<GroupUsage> LARGEST_FIRST = Comparator
		.comparingDouble((GroupUsage group) -> (group.total() != null) ? group.total() : Double.NEGATIVE_INFINITY)
		.thenComparingDouble(GroupUsage::estimated)
		.reversed()
		.thenComparing(GroupUsage::value);

	private final String name;

	private final ReportQuery query;

	private final ReportLimits limits;

	private final CallTally all;

	private final Map<String, CallTally> groups = new HashMap<>();

	private final CallTally otherGroups;

	private final CallTally ungrouped;

	private final Map<String, Weight> errors = new TreeMap<>();

	private final Weight otherErrors = new Weight();

	private final Map<String, Weight> days = new TreeMap<>();

	private final Weight otherDays = new Weight();

	EventTally(String name, ReportQuery query, ReportLimits limits) {
		this.name = name;
		this.query = query;
		this.limits = limits;
		this.all = new CallTally(query.sum(), new DurationTally(limits, EVENT_SLOTS));
		this.otherGroups = group();
		this.ungrouped = group();
	}

	private CallTally group() {
		return new CallTally(this.query.sum(), new DurationTally(this.limits, GROUP_SLOTS));
	}

	void add(Map<String, Object> event, @Nullable EventTime time) {
		long weight = EventWeight.of(event.get("sampling_rate"));
		Map<?, ?> attributes = attributes(event);
		this.all.add(attributes, weight);
		if (this.query.by() != null) {
			Object value = attributes.get(this.query.by());
			CallTally group = (value == null) ? this.ungrouped : this.limits.admit(this.groups, value.toString(),
					ReportLimits.MAX_GROUPS, (text) -> group(), this.otherGroups);
			group.add(attributes, weight);
		}
		if (time != null) {
			count(this.days, time.day(), ReportLimits.MAX_DAYS, this.otherDays, weight);
		}
		if (attributes.get("error") instanceof String error) {
			count(this.errors, error, ReportLimits.MAX_ERRORS, this.otherErrors, weight);
		}
	}

	private static Map<?, ?> attributes(Map<String, Object> event) {
		return (event.get("attrs") instanceof Map<?, ?> attributes) ? attributes : Map.of();
	}

	private void count(Map<String, Weight> counts, String name, int limit, Weight other, long weight) {
		this.limits.admit(counts, name, limit, (text) -> new Weight(), other).add(weight);
	}

	/** Look at the duration of an event once more. */
	void addAgain(Map<String, Object> event) {
		long weight = EventWeight.of(event.get("sampling_rate"));
		Map<?, ?> attributes = attributes(event);
		this.all.addAgain(attributes, weight);
		if (this.query.by() != null) {
			Object value = attributes.get(this.query.by());
			CallTally group = (value == null) ? this.ungrouped
					: this.groups.getOrDefault(value.toString(), this.otherGroups);
			group.addAgain(attributes, weight);
		}
	}

	/** Return what counts durations. */
	Stream<DurationTally> durations() {
		return Stream.concat(Stream.of(this.all, this.otherGroups, this.ungrouped), this.groups.values().stream())
			.map(CallTally::durations);
	}

	boolean isEmpty() {
		return this.all.count() == 0;
	}

	EventUsage usage() {
		return new EventUsage(this.name, this.all.count(), this.all.estimated(), this.all.succeeded(),
				this.all.failed(), frequentFirst(), counts(this.days, this.otherDays), this.all.durations().summary(),
				this.all.total(), groups());
	}

	private List<GroupUsage> groups() {
		List<GroupUsage> usages = new ArrayList<>();
		this.groups.forEach((value, tally) -> usages.add(GroupUsage.of(Kind.VALUE, value, tally, this.all)));
		usages.sort(LARGEST_FIRST);
		if (this.otherGroups.count() > 0) {
			usages.add(GroupUsage.of(Kind.OTHER, "", this.otherGroups, this.all));
		}
		if (this.ungrouped.count() > 0) {
			usages.add(GroupUsage.of(Kind.WITHOUT, "", this.ungrouped, this.all));
		}
		return usages;
	}

	private Map<String, Double> frequentFirst() {
		Map<String, Double> frequent = new LinkedHashMap<>();
		counts(this.errors, this.otherErrors).entrySet()
			.stream()
			.sorted(Map.Entry.<String, Double>comparingByValue().reversed())
			.forEach((error) -> frequent.put(error.getKey(), error.getValue()));
		return frequent;
	}

	private static Map<String, Double> counts(Map<String, Weight> weights, Weight other) {
		Map<String, Double> counts = new LinkedHashMap<>();
		weights.forEach((name, weight) -> counts.put(name, EventWeight.events(weight.sum)));
		if (other.sum > 0) {
			counts.merge(ReportLimits.OTHER, EventWeight.events(other.sum), Double::sum);
		}
		return counts;
	}

	/** How many events. */
	private static final class Weight {

		private long sum;

		void add(long weight) {
			this.sum = EventWeight.add(this.sum, weight);
		}

	}

}
