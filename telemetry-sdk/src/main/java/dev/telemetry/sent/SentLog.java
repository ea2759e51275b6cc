package dev.telemetry.sent;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * The newest requests of this process, in memory and nowhere else, within a number of
 * bytes; the oldest is forgotten first. It outlives a withdrawal of consent, since it is
 * the person's evidence of what was sent, and is erased by a reset. Safe for use by
 * several threads.
 */
public final class SentLog {

	/*
	 * Sending threads add, threads of the endpoint look, a reset erases. "lock" is a
	 * leaf: nothing is called under it, so that a transport may add under a lock of its
	 * own.
	 */

	/** Remembers nothing. */
	public static final SentLog OFF = new SentLog(0, InstantSource.system());

	/** What a request takes beside its body, about. */
	private static final int ROW_BYTES = 512;

	private final long maxBytes;

	private final InstantSource clock;

	private final Instant since;

	/** A number alone could mean another request after a restart. */
	private final String process;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private final Deque<SentRequest> requests = new ArrayDeque<>();

	@GuardedBy("lock")
	private long bytes;

	@GuardedBy("lock")
	private long count;

	@GuardedBy("lock")
	private long forgotten;

	/**
	 * Create a log.
	 * @param maxBytes the most that is remembered; 0 for nothing
	 * @param clock tells when something was sent
	 */
	public SentLog(long maxBytes, InstantSource clock) {
		if (maxBytes < 0) {
			throw new IllegalArgumentException("'maxBytes' must not be negative");
		}
		this.maxBytes = maxBytes;
		this.clock = clock;
		this.since = clock.instant();
		this.process = Long.toHexString(this.since.toEpochMilli());
	}

	/**
	 * Return whether anything is remembered.
	 * @return whether the limit is more than zero
	 */
	public boolean isOn() {
		return this.maxBytes > 0;
	}

	/**
	 * Return since when requests are remembered.
	 * @return about the start of the process
	 */
	public Instant since() {
		return this.since;
	}

	/**
	 * Return the most that is remembered.
	 * @return the limit in bytes
	 */
	public long maxBytes() {
		return this.maxBytes;
	}

	/**
	 * Return how many requests had to make room for newer ones.
	 * @return the number since the start or the last reset
	 */
	public long forgotten() {
		synchronized (this.lock) {
			return this.forgotten;
		}
	}

	/**
	 * Remember a request that is handed to its transport now.
	 * @param head what is known of it
	 * @param body its body
	 * @return the request, which is told what comes of it
	 */
	public SentRequest add(SentHead head, SentBody body) {
		SentBody kept = (ROW_BYTES + body.length() <= this.maxBytes) ? body : body.withoutBytes();
		Instant now = this.clock.instant();
		synchronized (this.lock) {
			SentRequest request = new SentRequest(this.process + "-" + ++this.count, now, head, kept);
			if (isOn()) {
				this.requests.addFirst(request);
				this.bytes += bytes(request);
				makeRoom();
			}
			return request;
		}
	}

	@GuardedBy("lock")
	private void makeRoom() {
		while (this.bytes > this.maxBytes) {
			this.bytes -= bytes(this.requests.removeLast());
			this.forgotten++;
		}
	}

	private static int bytes(SentRequest request) {
		return ROW_BYTES + request.body().length();
	}

	/**
	 * Return the newest requests.
	 * @param limit the most there may be
	 * @return the requests, the newest first
	 */
	public List<SentRequest> newest(int limit) {
		List<SentRequest> newest = new ArrayList<>();
		synchronized (this.lock) {
			Iterator<SentRequest> each = this.requests.iterator();
			while (each.hasNext() && newest.size() < limit) {
				newest.add(each.next());
			}
		}
		return newest;
	}

	/**
	 * Find a request.
	 * @param id its id
	 * @return the request, or {@code null} if it is not, or no longer, remembered
	 */
	public @Nullable SentRequest find(String id) {
		for (SentRequest request : newest(Integer.MAX_VALUE)) {
			if (request.id().equals(id)) {
				return request;
			}
		}
		return null;
	}

	/** Forget everything. A request under way is not remembered again. */
	public void erase() {
		synchronized (this.lock) {
			this.requests.clear();
			this.bytes = 0;
			this.forgotten = 0;
		}
	}

	/**
	 * Remember what a sink of the application is given, without its requests, which only
	 * it knows.
	 * @param factory makes the sink
	 * @return a factory that makes the same sink, or the given one if it remembers its
	 * requests itself, if nothing leaves this machine, or if nothing is remembered
	 */
	public TelemetrySinkFactory observe(TelemetrySinkFactory factory) {
		boolean unseen = isOn() && factory.remote() && !(factory instanceof RecordingSinkFactory);
		return unseen ? new UnseenSinkFactory(factory, this) : factory;
	}

	/**
	 * Return what notes the requests of one destination.
	 * @param destination its name
	 * @return the recorder
	 */
	public SentRecorder of(String destination) {
		return new SentRecorder(this, destination);
	}

}
