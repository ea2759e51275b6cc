package dev.telemetry.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.event.DropReason;
import dev.telemetry.pipeline.ProcessedEventRule;
import dev.telemetry.pipeline.Pseudonyms;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What a caller reaches while the gate is open: the lanes of one consent session. Once
 * the one reference to it is cleared, its buffers are unreachable, so a later grant never
 * revives an event of an earlier one. A thread that read the reference just before may
 * still offer an event to a lane that has ended; the lane counts it and stores nothing.
 */
final class RecordingSession {

	/** Keeps arithmetic with nanoseconds from overflowing. */
	private static final Duration LONGEST_WAIT = Duration.ofDays(1);

	private final ConsentSession consent;

	private final EventOrigin origin;

	private final RecordingPath path;

	private final EventRules rules;

	private final DeliveryLane[] lanes;

	/** Lanes of what left this machine while the session reached further; for status. */
	private final List<DeliveryLane> cutOff;

	private final @Nullable Pseudonyms pseudonyms;

	RecordingSession(ConsentSession consent, EventOrigin origin, @Nullable Pseudonyms pseudonyms, RecordingPath path,
			List<DeliveryLane> lanes) {
		this(consent, origin, pseudonyms, path, lanes, List.of());
	}

	private RecordingSession(ConsentSession consent, EventOrigin origin, @Nullable Pseudonyms pseudonyms,
			RecordingPath path, List<DeliveryLane> lanes, List<DeliveryLane> cutOff) {
		this.consent = consent;
		this.origin = origin;
		this.pseudonyms = pseudonyms;
		this.path = path;
		this.rules = consent.restricted() ? path.rules().dropUndeclared() : path.rules();
		// Local ones first, so that they are flushed first
		this.lanes = lanes.stream().sorted(Comparator.comparing(DeliveryLane::isRemote)).toArray(DeliveryLane[]::new);
		this.cutOff = List.copyOf(cutOff);
	}

	/**
	 * Return this session as it is when more sinks are reached. What a caller began
	 * before goes on in this one, and so nowhere but to the lanes of this one.
	 * @param more the lanes of those sinks
	 */
	RecordingSession with(List<DeliveryLane> more) {
		List<DeliveryLane> all = new ArrayList<>(List.of(this.lanes));
		all.addAll(more);
		return new RecordingSession(this.consent, this.origin, this.pseudonyms, this.path, all);
	}

	/** Return this session as it is when nothing leaves this machine any more. */
	RecordingSession withoutRemote() {
		List<DeliveryLane> local = Arrays.stream(this.lanes).filter((lane) -> !lane.isRemote()).toList();
		return new RecordingSession(this.consent, this.origin, this.pseudonyms, this.path, local, remote());
	}

	/**
	 * Return this recording session with another origin and other pseudonyms of its
	 * events.
	 */
	RecordingSession with(EventOrigin other, @Nullable Pseudonyms made) {
		return new RecordingSession(this.consent, other, made, this.path, List.of(this.lanes), this.cutOff);
	}

	List<DeliveryLane> remote() {
		return Arrays.stream(this.lanes).filter(DeliveryLane::isRemote).toList();
	}

	ConsentSession consent() {
		return this.consent;
	}

	EventOrigin origin() {
		return this.origin;
	}

	/** Return whether events have nowhere to go. */
	boolean isEmpty() {
		return this.lanes.length == 0;
	}

	List<DeliveryLane> lanes() {
		return List.of(this.lanes);
	}

	/** Set what the system knows of an event before its caller says anything. */
	void prepare(Event.Builder draft, EventRule rule) {
		draft.origin(this.origin).samplingRate(rule.samplingRate());
		EventDefinition definition = rule.definition();
		if (definition != null) {
			draft.type(definition.type());
		}
		if (!this.path.metadata().isEmpty()) {
			addMetadata(draft, rule);
		}
	}

	private void addMetadata(Event.Builder draft, EventRule rule) {
		for (Map.Entry<String, String> entry : this.path.metadata().entrySet()) {
			PropertyDefinition property = rule.property(entry.getKey());
			draft.attribute(entry.getKey(),
					(property == null || property.keptInClear()) ? entry.getValue() : keep(property, entry.getValue()));
		}
	}

	/**
	 * Return the recorded form of a value, see
	 * {@link dev.telemetry.pipeline.DeclaredValues}.
	 */
	@Nullable Object keep(PropertyDefinition property, Object value) {
		return this.path.pipeline().values().keep(property, value, this.pseudonyms);
	}

	EventRules rules() {
		return this.rules;
	}

	EventRule rule(String name) {
		return this.rules.get(name);
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
		boolean taken = offer(event, rule.receivers(),
				event.name().equals(name) ? null : rule(event.name()).receivers());
		this.path.dropped().handedOver(taken);
		return taken;
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

	void droppedInvalid() {
		this.path.dropped().increment(DropReason.INVALID);
	}

	/** The whole event is not recorded. */
	void refused(DropReason reason) {
		this.path.dropped().refuse(reason);
	}

	/** An event is lost because something failed while it was made. */
	void lost(Throwable failure) {
		this.path.dropped().handedOver(false);
		failed(failure);
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

	/** A denial was recorded and the events that wait on disk are erased. */
	void withdrawn() {
		Stream.concat(Arrays.stream(this.lanes), this.cutOff.stream()).forEach(DeliveryLane::withdrawn);
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
		return Stream.concat(Arrays.stream(this.lanes), this.cutOff.stream()).map(DeliveryLane::status).toList();
	}

}
