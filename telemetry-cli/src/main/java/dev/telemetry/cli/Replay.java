package dev.telemetry.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of a log again, as they are written: batch by batch, each only after
 * another look at the record of consent. Stops at the first problem that the user has to
 * fix; what is left is counted, not sent.
 */
final class Replay implements ConsentListener, AutoCloseable {

	/**
	 * So little that a batch is one request, of at most 64 KiB, also over OTLP and
	 * without compression: a sink that made two of it would not look between them.
	 */
	private static final int MAX_BATCH = 48 * 1024;

	/**
	 * What OTLP adds at most to an event and to each attribute, beside the tool's name.
	 */
	private static final int MAX_OVERHEAD = 256;

	private static final int MAX_ATTRIBUTE_OVERHEAD = 32;

	private static final String TAKEN_BACK = "consent no longer holds";

	private final ReplayReader reader;

	private final ReplayTarget target;

	private final ReplayConsent consent;

	private final Home home;

	private final Host host;

	private final List<Event> batch = new ArrayList<>();

	private int bytes;

	private long delivered;

	private long rejected;

	private @Nullable String stopped;

	private @Nullable Instant goOn;

	/** Also read by the thread that watches over the record. */
	private volatile @Nullable ReplayLane lane;

	Replay(ReplayReader reader, ReplayTarget target, ReplayConsent consent, Home home, Host host) {
		this.reader = reader;
		this.target = target;
		this.consent = consent;
		this.home = home;
		this.host = host;
	}

	/** Send everything, or up to where it has to stop. */
	void run() throws IOException {
		this.consent.watch(this);
		for (Event event = this.reader.next(); event != null; event = this.reader.next()) {
			ReplayLane current = this.lane;
			int size = size(event);
			if (this.bytes + size > MAX_BATCH || (current != null && !current.serves(event))) {
				send();
			}
			if (this.stopped == null) {
				this.batch.add(event);
				this.bytes += size;
				use(event);
			}
			else if (this.goOn == null) {
				this.goOn = event.timestamp();
			}
		}
		send();
	}

	private int size(Event event) {
		return this.reader.length() + MAX_OVERHEAD
				+ event.attributeCount() * (MAX_ATTRIBUTE_OVERHEAD + event.tool().length());
	}

	private void use(Event event) {
		ReplayLane current = this.lane;
		if (current != null && current.serves(event)) {
			return;
		}
		closeLane();
		try {
			this.lane = new ReplayLane(event.origin(), this.target, this.consent, this.home, this.host);
		}
		catch (TelemetryException ex) {
			this.stopped = String.valueOf(ex.getMessage());
			this.goOn = event.timestamp();
		}
	}

	private void send() {
		ReplayLane current = this.lane;
		if (current == null || this.batch.isEmpty() || this.stopped != null) {
			return;
		}
		long before = current.delivered() + current.rejected();
		current.offer(List.copyOf(this.batch));
		deliver(current);
		long settled = current.delivered() + current.rejected() - before;
		if (settled < this.batch.size()) {
			this.goOn = this.batch.get((int) settled).timestamp();
			// The lane has no other reason to drop something
			this.stopped = (this.stopped != null) ? this.stopped : TAKEN_BACK;
		}
		this.batch.clear();
		this.bytes = 0;
	}

	private void deliver(ReplayLane current) {
		boolean done = false;
		while (!done && this.stopped == null) {
			boolean stands = this.consent.stands();
			done = stands && current.deliver();
			this.stopped = stands ? current.exhausted() : TAKEN_BACK;
			if (!done && this.stopped == null) {
				this.host.pause().run();
			}
		}
	}

	/**
	 * Called by the thread that watches over the record, while a request is under way.
	 */
	@Override
	public int abort(ConsentSession session) {
		ReplayLane current = this.lane;
		return (current != null) ? current.abort() : 0;
	}

	private void closeLane() {
		ReplayLane current = this.lane;
		if (current != null) {
			this.lane = null;
			this.delivered += current.delivered();
			this.rejected += current.rejected();
			current.close();
		}
	}

	/** End, and return what became of it. */
	ReplaySummary summary() {
		closeLane();
		return new ReplaySummary(this.reader, this.delivered, this.rejected, this.stopped, this.goOn);
	}

	@Override
	public void close() {
		closeLane();
	}

}
