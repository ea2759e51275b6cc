package dev.telemetry.delivery;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import dev.telemetry.event.DropReason;
import org.jspecify.annotations.Nullable;

/** Counts the results of a lane's events: each once, as delivered or dropped. */
final class DeliveryLedger {

	/*
	 * Callers count what they refuse; everything else is counted under the lock of the
	 * backlog, together with the move it describes. What was accepted is counted apart
	 * from its results (by the buffer, by refusals and by adoptions), so that the two
	 * sides of the law can be compared. The two "last" fields are written by the sending
	 * thread alone.
	 */

	private final LongAdder delivered = new LongAdder();

	private final LongAdder adopted = new LongAdder();

	private final Map<DropReason, LongAdder> dropped = adders();

	private final Map<DropReason, LongAdder> refused = adders();

	private volatile @Nullable Instant lastDelivery;

	private volatile @Nullable String lastError;

	private static Map<DropReason, LongAdder> adders() {
		Map<DropReason, LongAdder> adders = new EnumMap<>(DropReason.class);
		for (DropReason reason : DropReason.delivery()) {
			adders.put(reason, new LongAdder());
		}
		return adders;
	}

	/** Events that another lane had accepted were found on disk. */
	void adopted(int events) {
		this.adopted.add(events);
	}

	/** An event was not let into the buffer. */
	void refused(DropReason reason) {
		adder(this.refused, reason).increment();
	}

	void delivered(int events, Instant when) {
		this.delivered.add(events);
		this.lastDelivery = when;
		this.lastError = null;
	}

	void dropped(DropReason reason, int events) {
		adder(this.dropped, reason).add(events);
	}

	void failed(String error) {
		this.lastError = error;
	}

	long count(DropReason reason) {
		return adder(this.dropped, reason).sum() + adder(this.refused, reason).sum();
	}

	private static LongAdder adder(Map<DropReason, LongAdder> adders, DropReason reason) {
		LongAdder adder = adders.get(reason);
		if (adder == null) {
			throw new IllegalArgumentException("'reason' must be known");
		}
		return adder;
	}

	/**
	 * Return the counters as they are.
	 * @param name the name of the sink
	 * @param target where events go
	 * @param remote whether they leave this machine
	 * @param offered how many events the buffer took
	 * @param pending how many of them are in memory
	 * @param waiting knows what is on disk
	 */
	DeliveryStatus status(String name, String target, boolean remote, long offered, long pending,
			WaitingBatches waiting) {
		Map<String, Long> lost = new LinkedHashMap<>();
		long accepted = offered + this.adopted.sum();
		for (DropReason reason : DropReason.delivery()) {
			// Read once: callers go on counting
			long refusals = adder(this.refused, reason).sum();
			long events = adder(this.dropped, reason).sum() + refusals;
			if (events > 0) {
				lost.put(reason.key(), events);
			}
			accepted += refusals;
		}
		return new DeliveryStatus(name, target, remote, accepted, this.delivered.sum(), lost, pending,
				waiting.spilled(), waiting.spilledFiles(), waiting.spilledBytes(), this.lastDelivery, this.lastError);
	}

}
