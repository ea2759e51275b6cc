package dev.telemetry.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/** Keeps waiting batches in memory. */
final class MemoryBatches implements WaitingBatches {

	private final Deque<Batch> batches = new ArrayDeque<>();

	private int events;

	@Override
	public void append(Batch batch) {
		this.batches.addLast(batch);
		this.events += batch.size();
	}

	@Override
	public @Nullable Batch first() {
		return this.batches.peekFirst();
	}

	@Override
	public void replaceFirst(@Nullable Batch rest) {
		this.events -= this.batches.removeFirst().size();
		if (rest != null) {
			this.batches.addFirst(rest);
			this.events += rest.size();
		}
	}

	@Override
	public int events() {
		return this.events;
	}

	@Override
	public int clear(@Nullable Batch kept) {
		int before = this.events;
		this.batches.clear();
		this.events = 0;
		if (kept != null) {
			append(kept);
		}
		return before - this.events;
	}

}
