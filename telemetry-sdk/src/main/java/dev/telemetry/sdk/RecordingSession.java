package dev.telemetry;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.consent.ConsentSession;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.pipeline.DropReason;
import dev.telemetry.pipeline.ProcessedEventRule;
import dev.telemetry.pipeline.Pseudonyms;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What a caller reaches while the gate is open: the lanes of one consent session. Once
 * the one reference to it is cleared, its buffers are unreachable, so a later grant never
 * revives an event of an earlier one. A thread that read the reference just before may
 * still offer an event to a lane that has ended; the lane counts it and keeps nothing.
 */
final class RecordingSession {

	/** Keeps arithmetic with nanoseconds from overflowing. */
	private static final Duration LONGEST_WAIT = Duration.ofDays(1);

	private final ConsentSession consent;

	private final EventOrigin origin;

	private final RecordingPath path;

	private final DeliveryLane[] lanes;

	private final @Nullable Pseudonyms pseudonyms;

	RecordingSession(ConsentSession consent, EventOrigin origin, @Nullable Pseudonyms pseudonyms, RecordingPath path,
			List<DeliveryLane> lanes) {
		this.consent = consent;
		this.origin = origin;
		this.pseudonyms = pseudonyms;
		this.path = path;
		this.lanes = lanes.toArray(new DeliveryLane[0]);
	}

	ConsentSession consent() {
		return this.consent;
	}

	EventOrigin origin() {
		return this.origin;
	}

	void start() {
		for (DeliveryLane lane : this.lanes) {
			lane.start();
		}
	}

	/** Set what the system knows of an event before its caller says anything. */
	void prepare(Event.Builder draft, EventRule rule) {
		draft.origin(this.origin).samplingRate(rule.samplingRate());
		EventDefinition definition = rule.definition();
		if (definition != null) {
			draft.type(definition.type());
		}
		for (Map.Entry<String, String> entry : this.path.metadata().entrySet()) {
			PropertyDefinition property = rule.property(entry.getKey());
			draft.attribute(entry.getKey(),
					(property == null || property.keptInClear()) ? entry.getValue() : keep(property, entry.getValue()));
		}
	}

	/**
	 * Return what is kept of a value, see {@link dev.telemetry.pipeline.DeclaredValues}.
	 */
	@Nullable Object keep(PropertyDefinition property, Object value) {
		return this.path.pipeline().values().keep(property, value, this.pseudonyms);
	}

	EventRule rule(String name) {
		return this.path.rules().get(name);
	}

	boolean isMetadata(String key) {
		return this.path.metadata().containsKey(key);
	}

	/**
	 * Hand an event to the lanes it is meant for and return whether one of them took it.
	 * One that a processor gave another name goes only where events of both names may.
	 */
	boolean record(ProcessedEventRule judge, EventRule rule, Event.Builder draft, boolean callerNamed) {
		String name = draft.name();
		draft.timestampMillis(this.path.clock().millis());
		Event event = this.path.pipeline().process(draft, callerNamed, judge);
		if (event == null) {
			return false;
		}
		return offer(event, rule.receivers(), event.name().equals(name) ? null : rule(event.name()).receivers());
	}

	private boolean offer(Event event, @Nullable Set<String> receivers, @Nullable Set<String> renamed) {
		boolean taken = false;
		for (DeliveryLane lane : this.lanes) {
			if (lane.serves(receivers) && lane.serves(renamed)) {
				taken |= lane.offer(event);
			}
		}
		return taken;
	}

	void droppedUndeclared() {
		this.path.dropped().increment(DropReason.UNDECLARED);
	}

	void droppedSampled() {
		this.path.dropped().increment(DropReason.SAMPLED);
	}

	void droppedInvalid() {
		this.path.dropped().increment(DropReason.INVALID);
	}

	void failed(Throwable failure) {
		this.path.failures().report("an event or a part of one", failure);
	}

	boolean flush(Duration timeout) {
		long deadline = deadline(timeout);
		boolean flushed = true;
		for (DeliveryLane lane : this.lanes) {
			flushed &= lane.flush(until(deadline));
		}
		return flushed;
	}

	void discard() {
		for (DeliveryLane lane : this.lanes) {
			lane.discard();
		}
	}

	int abort() {
		int aborted = 0;
		for (DeliveryLane lane : this.lanes) {
			aborted += lane.abort();
		}
		return aborted;
	}

	/** A no was recorded and what waits on disk is erased. */
	void withdrawn() {
		for (DeliveryLane lane : this.lanes) {
			lane.withdrawn();
		}
	}

	/** The gate has closed: forget what waits in memory and end the threads at once. */
	void end() {
		for (DeliveryLane lane : this.lanes) {
			lane.close(Duration.ZERO);
		}
	}

	/** The application stops: the lanes share one budget, local ones come first. */
	void stop(Duration timeout) {
		long deadline = deadline(timeout);
		for (DeliveryLane lane : this.lanes) {
			// Does not wait: all lanes get going before the first one is waited for
			lane.flush(Duration.ZERO);
		}
		for (DeliveryLane lane : this.lanes) {
			lane.close(until(deadline));
		}
	}

	private long deadline(Duration timeout) {
		Duration bounded = (timeout.compareTo(LONGEST_WAIT) < 0) ? timeout : LONGEST_WAIT;
		return this.path.nanoTime().getAsLong() + bounded.toNanos();
	}

	private Duration until(long deadline) {
		return Duration.ofNanos(Math.max(0, deadline - this.path.nanoTime().getAsLong()));
	}

	List<DeliveryStatus> deliveryStatus() {
		return Arrays.stream(this.lanes).map(DeliveryLane::status).toList();
	}

}
