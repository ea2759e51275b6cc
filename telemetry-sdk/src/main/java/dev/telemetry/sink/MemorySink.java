package dev.telemetry.sink;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.event.Event;

/**
 * Keeps the newest events in memory, for tests and for looking at what would be sent.
 * When it is full the oldest goes. Safe for use by several threads.
 */
public final class MemorySink implements TelemetrySink, LocalStore {

	private static final int DEFAULT_CAPACITY = 10_000;

	private final int capacity;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private final Deque<Event> events = new ArrayDeque<>();

	/** Create a sink for 10 000 events. */
	public MemorySink() {
		this(DEFAULT_CAPACITY);
	}

	/**
	 * Create a sink.
	 * @param capacity how many events to store, above 0
	 */
	public MemorySink(int capacity) {
		if (capacity <= 0) {
			throw new IllegalArgumentException("'capacity' must be above 0");
		}
		this.capacity = capacity;
	}

	@Override
	public void emit(Event event) {
		synchronized (this.lock) {
			if (this.events.size() == this.capacity) {
				this.events.removeFirst();
			}
			this.events.addLast(event);
		}
	}

	/**
	 * Return the stored events.
	 * @return an unmodifiable copy, oldest first
	 */
	public List<Event> events() {
		synchronized (this.lock) {
			return List.copyOf(this.events);
		}
	}

	@Override
	public void erase() {
		synchronized (this.lock) {
			this.events.clear();
		}
	}

	@Override
	public void eraseBefore(Instant limit) {
		synchronized (this.lock) {
			this.events.removeIf((event) -> event.timestamp().isBefore(limit));
		}
	}

}
