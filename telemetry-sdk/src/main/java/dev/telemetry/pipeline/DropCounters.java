package dev.telemetry.pipeline;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import dev.telemetry.Internal;
import dev.telemetry.event.DropReason;

/**
 * Counts events and attributes that were dropped before they reached any sink, by reason,
 * and what became of each event. Counts from the start of the application to its end,
 * whatever happens to consent; while consent is off nothing is counted. Safe for use by
 * several threads.
 */
@Internal
public final class DropCounters {

	/** The outcome of an event that at least one sink's lane took. */
	public static final String ACCEPTED = "accepted";

	/** The outcome of an event that no sink's lane took. */
	public static final String DROPPED = "dropped";

	/** What may become of an event; values of attributes are counted apart. */
	private static final List<DropReason> REFUSALS = List.of(DropReason.SAMPLED, DropReason.UNDECLARED,
			DropReason.INVALID);

	/*
	 * The maps are never written after construction; the adders take any number of
	 * threads. A snapshot taken meanwhile may miss the newest drops, never count one
	 * twice.
	 */
	private final Map<DropReason, LongAdder> counts = new EnumMap<>(DropReason.class);

	private final Map<DropReason, LongAdder> refused = new EnumMap<>(DropReason.class);

	private final LongAdder accepted = new LongAdder();

	private final LongAdder dropped = new LongAdder();

	/** Create counters that begin at zero. */
	public DropCounters() {
		for (DropReason reason : DropReason.recording()) {
			this.counts.put(reason, new LongAdder());
		}
		for (DropReason reason : REFUSALS) {
			this.refused.put(reason, new LongAdder());
		}
	}

	/**
	 * Count an event that is not recorded.
	 * @param reason why
	 * @throws IllegalArgumentException if this is a reason for attributes alone
	 */
	public void refuse(DropReason reason) {
		LongAdder adder = this.refused.get(reason);
		if (adder == null) {
			throw new IllegalArgumentException("'reason' must be one of events");
		}
		adder.increment();
		increment(reason);
	}

	/**
	 * Count an event that was handed to the lanes, or would have been if nothing had
	 * failed.
	 * @param taken whether one of them took it
	 */
	public void handedOver(boolean taken) {
		(taken ? this.accepted : this.dropped).increment();
	}

	/**
	 * Return what became of events: each is counted once.
	 * @return an unmodifiable snapshot by outcome: {@code accepted sampled undeclared
	 * invalid dropped}
	 */
	public Map<String, Long> outcomes() {
		Map<String, Long> outcomes = new LinkedHashMap<>();
		outcomes.put(ACCEPTED, this.accepted.sum());
		for (DropReason reason : REFUSALS) {
			outcomes.put(reason.key(), Objects.requireNonNull(this.refused.get(reason)).sum());
		}
		outcomes.put(DROPPED, this.dropped.sum());
		return Collections.unmodifiableMap(outcomes);
	}

	/**
	 * Count an attribute that was dropped.
	 * @param reason why
	 */
	public void increment(DropReason reason) {
		counter(reason).increment();
	}

	/**
	 * Count attributes that were dropped.
	 * @param reason why
	 * @param count how many
	 */
	public void add(DropReason reason, long count) {
		if (count != 0) {
			counter(reason).add(count);
		}
	}

	/**
	 * Return how much was dropped for a reason.
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
		for (DropReason reason : DropReason.recording()) {
			snapshot.put(reason.key(), get(reason));
		}
		return Collections.unmodifiableMap(snapshot);
	}

	private LongAdder counter(DropReason reason) {
		return Objects.requireNonNull(this.counts.get(reason));
	}

}
