package dev.telemetry.cli;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.delivery.LaneSupport;
import dev.telemetry.delivery.RejectedEvents;
import dev.telemetry.delivery.RetrySettings;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.IdJournalingSink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * One of the application's own lanes, driven by hand, with nothing behind it on disk:
 * what is not accepted is still in the log. It serves events that were recorded alike, so
 * that the destination receives what it would have received then.
 */
final class ReplayLane implements AutoCloseable {

	/** More than a batch holds, so that nothing is ever dropped. */
	private static final DeliverySettings SETTINGS = new DeliverySettings(8192, 8192, Duration.ZERO,
			RetrySettings.DEFAULTS);

	private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

	private final EventOrigin origin;

	private final Problems problems = new Problems();

	private final CountedAttempts sink;

	private final DeliveryLane lane;

	/**
	 * Open a lane; its sink makes no connection yet.
	 * @param origin what the events have in common
	 * @param target where they go
	 * @param consent the grant they are sent under
	 * @param home where identifiers are noted
	 * @param host tells the time
	 * @throws TelemetryException if there can be no such sink
	 */
	ReplayLane(EventOrigin origin, ReplayTarget target, ReplayConsent consent, Home home, Host host)
			throws TelemetryException {
		this.origin = origin;
		TelemetrySinkFactory factory = target.factory(origin.toolVersion());
		this.sink = new CountedAttempts(
				new IdJournalingSink(factory.create(new SinkSession(origin, consent.session().channel())),
						new IdJournal(home, host.clock())));
		DeliveryRuntime system = DeliveryRuntime.system();
		this.lane = new DeliveryLane(factory, this.sink, SETTINGS, consent.gate(), consent.session(),
				new DeliveryRuntime(host.clock(), host.nanoTime(), system.random(), system.threads()),
				new LaneSupport(RejectedEvents.NONE, this.problems, null));
	}

	/** Return whether an event was recorded where the others were. */
	boolean serves(Event event) {
		EventOrigin other = event.origin();
		return this.origin.toolVersion().equals(other.toolVersion()) && Objects.equals(this.origin.os(), other.os())
				&& Objects.equals(this.origin.arch(), other.arch())
				&& Objects.equals(this.origin.javaVersion(), other.javaVersion());
	}

	void offer(List<Event> batch) {
		batch.forEach(this.lane::offer);
	}

	/** Send what is due, and return whether all that was offered is settled. */
	boolean deliver() {
		return this.lane.flush(Duration.ZERO);
	}

	/** Return why it is not worth to go on, or {@code null}. */
	@Nullable String exhausted() {
		return this.problems.list().stream().findFirst().map(Problem::problem).orElseGet(this.sink::exhausted);
	}

	/** Close the connection by which something is sent right now. */
	int abort() {
		return this.lane.abort();
	}

	long delivered() {
		return this.lane.status().delivered();
	}

	long rejected() {
		DeliveryStatus status = this.lane.status();
		return status.dropped().getOrDefault("rejected", 0L) + status.dropped().getOrDefault("event_too_large", 0L);
	}

	/** Return what went wrong last, or {@code null}. */
	@Nullable String lastError() {
		return this.lane.status().lastError();
	}

	/** Give up what is left, without another request. */
	@Override
	public void close() {
		this.lane.discard();
		this.lane.close(LONGEST_CLOSE);
	}

}
