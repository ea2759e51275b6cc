package dev.telemetry.pipeline;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events and attributes that were not kept before they reached any sink, by
 * reason. Safe for use by several threads.
 */
public final class DropCounters {

	/*
	 * The map is never written after construction; the adders take any number of threads.
	 * A snapshot taken meanwhile may miss the newest drops, never count one twice.
	 */
	private final Map<DropReason, LongAdder> counts = new EnumMap<>(DropReason.class);

	/** Create counters that stand at zero. */
	public DropCounters() {
		for (DropReason reason : DropReason.values()) {
			this.counts.put(reason, new LongAdder());
		}
	}

	/**
	 * Count something that was not kept.
	 * @param reason why
	 */
	public void increment(DropReason reason) {
		counter(reason).increment();
	}

	/**
	 * Count things that were not kept.
	 * @param reason why
	 * @param count how many
	 */
	public void add(DropReason reason, long count) {
		if (count != 0) {
			counter(reason).add(count);
		}
	}

	/**
	 * Return how much was not kept for a reason.
	 * @param reason the reason
	 * @return the count
	 */
	public long get(DropReason reason) {
		return counter(reason).sum();
	}

	/**
	 * Return all counts by reason in lower case, zeros included.
	 * @return an unmodifiable snapshot
	 */
	public Map<String, Long> snapshot() {
		Map<String, Long> snapshot = new LinkedHashMap<>();
		for (DropReason reason : DropReason.values()) {
			snapshot.put(reason.name().toLowerCase(Locale.ROOT), get(reason));
		}
		return Collections.unmodifiableMap(snapshot);
	}

	private LongAdder counter(DropReason reason) {
		return Objects.requireNonNull(this.counts.get(reason));
	}

}
