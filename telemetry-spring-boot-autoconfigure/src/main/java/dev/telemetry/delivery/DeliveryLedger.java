package dev.telemetry.delivery;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Counts what became of a lane's events: each once, as delivered or dropped.
 */
final class DeliveryLedger {

	/*
	 * Callers count what they themselves drop; everything else is counted under the lock
	 * of the backlog, together with the move it describes. The two "last" fields are
	 * written by the sending thread alone.
	 */

	private final LongAdder delivered = new LongAdder();

	private final Map<LossReason, LongAdder> dropped = new EnumMap<>(LossReason.class);

	private volatile @Nullable Instant lastDelivery;

	private volatile @Nullable String lastError;

	DeliveryLedger() {
		for (LossReason reason : LossReason.values()) {
			this.dropped.put(reason, new LongAdder());
		}
	}

	void delivered(int events, Instant when) {
		this.delivered.add(events);
		this.lastDelivery = when;
		this.lastError = null;
	}

	void dropped(LossReason reason, int events) {
		adder(reason).add(events);
	}

	void failed(String error) {
		this.lastError = error;
	}

	long count(LossReason reason) {
		return adder(reason).sum();
	}

	private LongAdder adder(LossReason reason) {
		LongAdder adder = this.dropped.get(reason);
		if (adder == null) {
			throw new IllegalArgumentException("'reason' must be known");
		}
		return adder;
	}

	DeliveryStatus status(String name, String target, boolean remote, long pending) {
		Map<String, Long> lost = new LinkedHashMap<>();
		long accepted = pending + this.delivered.sum();
		for (LossReason reason : LossReason.values()) {
			long events = count(reason);
			if (events > 0) {
				lost.put(reason.key(), events);
				accepted += events;
			}
		}
		return new DeliveryStatus(name, target, remote, accepted, this.delivered.sum(), lost, pending,
				this.lastDelivery, this.lastError);
	}

}
