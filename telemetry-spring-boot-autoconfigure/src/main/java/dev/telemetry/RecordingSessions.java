package dev.telemetry;

import java.time.Duration;
import java.util.List;

import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentListener;
import dev.telemetry.consent.ConsentSession;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sink.SinkSession;
import org.jspecify.annotations.Nullable;

/**
 * Follows the gate: makes what a session needs when it opens, and takes it apart when it
 * closes.
 * <p>
 * All changes happen under the gate's command lock, but for {@link #stop}, which only
 * clears {@code current}; should a session open just then, the gate, which is closed
 * next, ends it. Recording threads only read {@code current}, which is cleared before
 * anything else when the gate closes. {@code last} keeps a closed session, whose buffers
 * are empty, so that status can still show what became of its events.
 */
final class RecordingSessions implements ConsentListener {

	private final ConsentGate gate;

	private final EventOriginSource origins;

	private final LaneSource lanes;

	private final RecordingPath path;

	private volatile @Nullable RecordingSession current;

	private volatile @Nullable RecordingSession last;

	RecordingSessions(ConsentGate gate, EventOriginSource origins, LaneSource lanes, RecordingPath path) {
		this.gate = gate;
		this.origins = origins;
		this.lanes = lanes;
		this.path = path;
	}

	@Nullable RecordingSession current() {
		return this.current;
	}

	@Override
	public void opened(ConsentSession consent) {
		EventOrigin origin = this.origins.forSession(consent);
		SinkSession sinkSession = new SinkSession(origin, consent.channel());
		RecordingSession session = new RecordingSession(consent, origin,
				this.path.rules().usePseudonyms() ? this.origins.pseudonyms() : null, this.path,
				this.lanes.forSession(this.gate, consent, sinkSession));
		this.last = session;
		session.start();
		this.current = session;
	}

	@Override
	public void closing(ConsentSession consent) {
		this.current = null;
	}

	@Override
	public int abort(ConsentSession consent) {
		RecordingSession session = ended(consent);
		return (session != null) ? session.abort() : 0;
	}

	@Override
	public void closed(ConsentSession consent) {
		RecordingSession session = ended(consent);
		if (session != null) {
			session.end();
		}
	}

	@Override
	public void withdrawn() {
		RecordingSession session = this.last;
		if (session != null) {
			session.withdrawn();
		}
		this.lanes.eraseSpill();
		this.lanes.eraseRejected();
	}

	private @Nullable RecordingSession ended(ConsentSession consent) {
		RecordingSession session = this.last;
		return (session != null && session.consent() == consent) ? session : null;
	}

	/**
	 * Deliver what can be delivered in time and stop the lanes, while the gate is still
	 * open.
	 * @param timeout the whole budget
	 */
	void stop(Duration timeout) {
		RecordingSession session = this.current;
		this.current = null;
		if (session != null) {
			session.stop(timeout);
		}
	}

	List<DeliveryStatus> deliveryStatus() {
		RecordingSession session = this.last;
		return (session != null) ? session.deliveryStatus() : List.of();
	}

}
