package dev.telemetry.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.pipeline.Pseudonyms;
import dev.telemetry.sink.SinkSession;
import org.jspecify.annotations.Nullable;

/**
 * Follows the gate: makes what a recording session needs when it opens, and takes it
 * apart when it closes.
 * <p>
 * All changes happen under the gate's command lock, but for {@link #stop}, which only
 * sets {@code stopped}; should a recording session open just then, the gate, which is
 * closed next, ends it. Recording threads only read {@code current}, which is cleared
 * before anything else when the gate closes; a session that has stopped remains there
 * until a denial is recorded or another session opens, and counts what it refuses.
 * {@code last} holds a closed session, whose buffers are empty, so that status can still
 * show what happened to its events.
 */
final class RecordingSessions implements ConsentListener {

	private final ConsentGate gate;

	private final EventOriginSource origins;

	private final LaneSource lanes;

	private final RecordingPath path;

	private volatile @Nullable RecordingSession current;

	private volatile @Nullable RecordingSession last;

	/** Whether the current session takes no more events and counts those that come. */
	private volatile boolean stopped;

	/** Lanes that end because less may leave this machine; none most of the time. */
	private volatile List<DeliveryLane> leaving = List.of();

	RecordingSessions(ConsentGate gate, EventOriginSource origins, LaneSource lanes, RecordingPath path) {
		this.gate = gate;
		this.origins = origins;
		this.lanes = lanes;
		this.path = path;
	}

	/**
	 * Return what callers reach.
	 * @return a session, also one that has stopped because the application did, or
	 * {@code null} while the gate is closed, or open without any sink
	 */
	@Nullable RecordingSession current() {
		return this.current;
	}

	/**
	 * Return the session that takes events.
	 * @return the session or {@code null}
	 */
	@Nullable RecordingSession collecting() {
		RecordingSession session = this.current;
		return this.stopped ? null : session;
	}

	@Override
	public void opened(ConsentSession consent) {
		this.path.pipeline().prepare();
		EventOrigin origin = this.origins.forSession(consent);
		Pseudonyms pseudonyms = pseudonyms(consent);
		List<DeliveryLane> lanes = this.lanes.missing(this.gate, consent, new SinkSession(origin, consent.channel()),
				Set.of());
		RecordingSession session = new RecordingSession(consent, origin, pseudonyms, this.path, lanes);
		this.last = session;
		this.stopped = false;
		this.current = reachable(session);
	}

	private @Nullable Pseudonyms pseudonyms(ConsentSession consent) {
		return this.path.rules().usePseudonyms() ? this.origins.pseudonyms(consent) : null;
	}

	@Override
	public void restricted(ConsentSession consent) {
		RecordingSession session = of(consent);
		if (session != null) {
			replace(session, session.with(this.origins.forSession(consent), pseudonyms(consent)));
		}
	}

	@Override
	public void widened(ConsentSession consent) {
		complete(consent);
	}

	@Override
	public void retry() {
		ConsentSession consent = this.gate.session();
		if (consent != null) {
			complete(consent);
		}
	}

	/** Add what the session may have and has not. */
	private void complete(ConsentSession consent) {
		RecordingSession session = of(consent);
		if (session != null && !this.stopped) {
			Set<String> made = session.lanes().stream().map(DeliveryLane::name).collect(Collectors.toSet());
			List<DeliveryLane> more = this.lanes.missing(this.gate, consent,
					new SinkSession(session.origin(), consent.channel()), made);
			if (!more.isEmpty()) {
				replace(session, session.with(more));
			}
		}
	}

	@Override
	public @Nullable String unreachable() {
		RecordingSession session = this.last;
		return (session != null) ? this.lanes.unreachable(session.lanes()) : null;
	}

	@Override
	public void narrowing(ConsentSession consent) {
		RecordingSession session = of(consent);
		if (session != null) {
			this.leaving = session.remote();
			replace(session, session.withoutRemote());
		}
	}

	/** One that stops already is not reached by callers again. */
	private void replace(RecordingSession session, RecordingSession next) {
		this.last = next;
		boolean reached = this.current == session || session.isEmpty();
		if (reached && !this.stopped) {
			this.current = reachable(next);
		}
	}

	/** If none of the configured sinks could be created, nothing is collected. */
	private @Nullable RecordingSession reachable(RecordingSession session) {
		return (session.isEmpty() && !this.lanes.factories().isEmpty()) ? null : session;
	}

	@Override
	public void narrowed(ConsentSession consent) {
		this.leaving.forEach((lane) -> lane.close(Duration.ZERO));
		this.leaving = List.of();
	}

	@Override
	public void handingOver(ConsentSession consent, Duration limit) {
		this.current = null;
		RecordingSession session = of(consent);
		if (session != null) {
			session.flush(limit);
		}
	}

	@Override
	public void closing(ConsentSession consent) {
		if (!this.stopped) {
			this.current = null;
		}
	}

	@Override
	public int abort(ConsentSession consent) {
		RecordingSession session = of(consent);
		List<DeliveryLane> aborting = this.leaving;
		if (aborting.isEmpty() && session != null) {
			return session.abort();
		}
		return aborting.stream().mapToInt(DeliveryLane::abort).sum();
	}

	@Override
	public void closed(ConsentSession consent) {
		RecordingSession session = of(consent);
		if (session != null) {
			session.end();
		}
	}

	@Override
	public void withdrawn() {
		this.current = null;
		RecordingSession session = this.last;
		if (session != null) {
			session.withdrawn();
		}
		this.lanes.eraseSpill();
		this.lanes.eraseRejected();
	}

	private @Nullable RecordingSession of(ConsentSession consent) {
		RecordingSession session = this.last;
		return (session != null && session.consent() == consent) ? session : null;
	}

	/**
	 * Deliver what can be delivered in time and stop the lanes, while the gate is still
	 * open. What comes afterwards is refused and counted.
	 * @param timeout the whole budget
	 */
	void stop(Duration timeout) {
		RecordingSession session = this.current;
		this.stopped = true;
		if (session != null) {
			session.stop(timeout);
		}
	}

	List<DeliveryStatus> deliveryStatus() {
		RecordingSession session = this.last;
		return (session != null) ? session.deliveryStatus() : List.of();
	}

}
