package dev.telemetry.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.event.Event;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetryStatus;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * What an application has recorded since the test began. A bean of every Spring test that
 * has the test kit on its class path; empty before each test method, together with what
 * was dropped so far. Each query first waits until everything that was recorded before
 * has arrived, so that a test needs no sleep; for what another thread records, wait until
 * that thread is done, or use Awaitility's {@code untilAsserted}.
 * <p>
 * There is one for each application context. Test methods that run in parallel in one
 * context see each other's events: give them one {@code @ResourceLock}. Safe for use by
 * several threads.
 *
 * @see TelemetryAssertions#assertThat(RecordedTelemetry)
 */
public final class RecordedTelemetry {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	/** As long as another sink is waited for, which this one does not depend on. */
	private static final Duration SLICE = Duration.ofMillis(50);

	private final MemorySink events = new MemorySink(Integer.MAX_VALUE);

	private final Supplier<TelemetrySdk> sdk;

	private final DeclaredEvents declared;

	private volatile Map<String, Long> droppedBefore = Map.of();

	RecordedTelemetry(Supplier<TelemetrySdk> sdk, DeclaredEvents declared) {
		this.sdk = sdk;
		this.declared = declared;
	}

	/**
	 * Return all events.
	 * @return an unmodifiable copy, oldest first
	 */
	public List<Event> events() {
		settle();
		return this.events.events();
	}

	/**
	 * Return the events of one name.
	 * @param name the name
	 * @return an unmodifiable copy, oldest first
	 */
	public List<Event> events(String name) {
		return events().stream().filter((event) -> event.name().equals(name)).toList();
	}

	/**
	 * Return the values of one attribute, as they are stored: whole numbers as
	 * {@link Long}, other numbers as {@link Double}.
	 * @param name the name of the events
	 * @param attribute the key of the attribute
	 * @return the values of the events that have the attribute, oldest first
	 */
	public List<Object> values(String name, String attribute) {
		return events(name).stream().map((event) -> event.attribute(attribute)).filter(Objects::nonNull).toList();
	}

	/**
	 * Forget all events, and what was dropped.
	 */
	public void clear() {
		settle();
		this.events.erase();
		this.droppedBefore = counts(status());
	}

	/**
	 * Wait until every sink has delivered what was recorded before, those beyond this
	 * machine as well; for tests that look at {@link SentRequests}.
	 * @return whether that was done within ten seconds
	 */
	public boolean flush() {
		return this.sdk.get().flush(LIMIT);
	}

	/** Return what makes the sink that fills this. */
	TelemetrySinkFactory sink() {
		return new RecordedSinkFactory(this.events);
	}

	TelemetryStatus status() {
		return this.sdk.get().status();
	}

	DeclaredEvents declared() {
		return this.declared;
	}

	/** Return how much was dropped since the last {@link #clear()}, by reason. */
	Map<String, Long> dropped() {
		Map<String, Long> dropped = new TreeMap<>();
		counts(status()).forEach((reason, count) -> {
			long since = count - this.droppedBefore.getOrDefault(reason, 0L);
			if (since > 0) {
				dropped.put(reason, since);
			}
		});
		return dropped;
	}

	/** A sink loses events for reasons of its own, each session anew. */
	private static Map<String, Long> counts(TelemetryStatus status) {
		Map<String, Long> counts = new TreeMap<>(status.dropped());
		DeliveryStatus lane = lane(status);
		if (lane != null) {
			lane.dropped().forEach((reason, count) -> counts.merge(reason, count, Long::sum));
		}
		return counts;
	}

	private static @Nullable DeliveryStatus lane(TelemetryStatus status) {
		return status.sinks()
			.stream()
			.filter((sink) -> sink.name().equals(RecordedSinkFactory.NAME))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Wait for what was recorded so far; what is recorded meanwhile is not waited for.
	 */
	private void settle() {
		DeliveryStatus before = lane(status());
		long end = System.nanoTime() + LIMIT.toNanos();
		while (before != null && isUnderWay(before.accepted())) {
			if (System.nanoTime() - end > 0) {
				throw new AssertionError(
						"Waited " + LIMIT.toSeconds() + " s in vain for recorded events to arrive: " + lane(status()));
			}
			this.sdk.get().flush(SLICE);
		}
	}

	private boolean isUnderWay(long accepted) {
		DeliveryStatus now = lane(status());
		return now != null && now.accepted() >= accepted && now.accepted() - now.pending() < accepted;
	}

}
