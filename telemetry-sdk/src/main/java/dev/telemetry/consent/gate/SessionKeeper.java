package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens, limits or ends the consent session as the decision requires, and notifies the
 * listeners. Used under the gate's command lock, except for the session itself, which any
 * thread may read.
 */
final class SessionKeeper {

	private static final Log logger = LogFactory.getLog(ConsentGate.class);

	private final ConsentListeners listeners = new ConsentListeners();

	private final Supplier<String> randomIds;

	private final Duration closeWait;

	/** How many denials wait for the command lock: nothing opens meanwhile. */
	private final AtomicInteger denials = new AtomicInteger();

	private volatile @Nullable ConsentSession session;

	/** Why nothing can leave this machine in the session, though it might. */
	private volatile @Nullable String unreachable;

	/**
	 * The number of the denial for which was erased already what waits to be sent.
	 */
	private long erasedFor;

	/**
	 * Create a keeper without a session.
	 * @param randomIds returns the identifiers of consent sessions
	 * @param closeWait how long to wait for what is inside before connections are closed
	 */
	SessionKeeper(Supplier<String> randomIds, Duration closeWait) {
		this.randomIds = randomIds;
		this.closeWait = closeWait;
	}

	@Nullable ConsentSession session() {
		return this.session;
	}

	void addListener(ConsentListener listener) {
		this.listeners.add(listener, this.session);
	}

	/**
	 * Follow a decision. A session goes on as long as it may rest on the grant: then only
	 * what leaves this machine begins or ends. Otherwise it ends, and another one begins.
	 */
	void follow(ConsentDecision next) {
		ConsentSession open = this.session;
		ConsentGrant grant = next.grant();
		String channel = Objects.requireNonNullElse(next.channel(), "config");
		if (open != null && !open.isShut() && grant != null && grant.includes(open.grantId())) {
			open.rest(grant, channel);
			reach(open, next);
			return;
		}
		if (open != null) {
			end(open);
		}
		if (grant != null && this.denials.get() == 0) {
			open(new ConsentSession(this.randomIds.get(), grant, next.scope(), next.restricted(), channel));
		}
	}

	private void reach(ConsentSession open, ConsentDecision next) {
		lessen(open, next);
		if (open.restricted() && !next.restricted()) {
			restrict(open, false);
		}
		if (next.scope() == ConsentScope.EXPORT && open.scope() != ConsentScope.EXPORT && open.widen()) {
			this.listeners.announce((listener) -> listener.widened(open));
		}
	}

	/**
	 * Take from a session what a decision does not allow, and give it nothing.
	 * @param open the session
	 * @param next the decision
	 */
	void lessen(ConsentSession open, ConsentDecision next) {
		if (open.isShut()) {
			end(open);
			return;
		}
		if (open.isCutOff() || (open.scope() == ConsentScope.EXPORT && next.scope() != ConsentScope.EXPORT)) {
			narrow(open);
		}
		if (!open.restricted() && next.restricted()) {
			restrict(open, true);
		}
	}

	/**
	 * Ask whether anything can leave this machine in the session, if it may.
	 * @return whether nothing can, so that the session is to be narrowed
	 */
	boolean isUnreachable() {
		ConsentSession open = this.session;
		boolean asked = open != null && open.scope() == ConsentScope.EXPORT;
		this.unreachable = asked ? this.listeners.unreachable() : this.unreachable;
		return asked && this.unreachable != null;
	}

	/** Return why nothing can leave this machine in the session, or {@code null}. */
	@Nullable String unreachable() {
		return this.unreachable;
	}

	/** Have made what could not be made before. */
	void retry() {
		this.unreachable = null;
		this.listeners.announce(ConsentListener::retry);
	}

	private void restrict(ConsentSession open, boolean restrict) {
		open.restrict(restrict, this.randomIds.get());
		this.listeners.announce((listener) -> listener.restricted(open));
	}

	private void open(ConsentSession next) {
		this.listeners.announce((listener) -> listener.opened(next));
		this.session = next;
	}

	/**
	 * Let nothing leave this machine any more; what stays here goes on.
	 * @param open the session
	 * @return how many connections had to be closed
	 */
	int narrow(ConsentSession open) {
		open.cutOff();
		this.listeners.announce((listener) -> listener.narrowing(open));
		int aborted = await(open, open::awaitCutOff);
		open.narrow();
		this.listeners.announce((listener) -> listener.narrowed(open));
		return aborted;
	}

	/**
	 * End the session because a grant follows that reaches less far. What leaves this
	 * machine ends at once; what was accepted for this machine is stored first, since the
	 * next grant allows that as well.
	 * @param open the session
	 * @return how many connections had to be closed
	 */
	int handOver(ConsentSession open) {
		int aborted = narrow(open);
		this.session = null;
		this.listeners.announce((listener) -> listener.handingOver(open, this.closeWait));
		end(open);
		return aborted;
	}

	void end(ConsentSession open) {
		shut(open);
		closed(open);
	}

	void closed(ConsentSession ended) {
		this.listeners.announce((listener) -> listener.closed(ended));
	}

	/**
	 * Shut the session for a denial that may have to wait for the command lock, which a
	 * store that hangs may hold for a while.
	 * @return whether there was a session
	 */
	boolean shutAtOnce() {
		this.denials.incrementAndGet();
		ConsentSession open = this.session;
		if (open != null) {
			open.shut();
		}
		return open != null;
	}

	/** The denial waits no longer. */
	void denialBegins() {
		this.denials.decrementAndGet();
	}

	/**
	 * What was stored to be sent is erased also when the denial came from another process
	 * or an earlier run, and while a veto applies.
	 * @param record the record, or {@code null}
	 */
	void eraseAfter(@Nullable ConsentRecord record) {
		if (record != null && !record.granted() && record.seq() != this.erasedFor) {
			ConsentSession open = this.session;
			if (open != null) {
				end(open);
			}
			erasedAfter(record);
			withdrawn();
		}
	}

	/** Take note that after this decision everything was erased. */
	void erasedAfter(@Nullable ConsentRecord record) {
		this.erasedFor = (record != null) ? record.seq() : 0;
	}

	/** Have everything erased that waits to be sent. */
	void withdrawn() {
		this.listeners.announce(ConsentListener::withdrawn);
	}

	/**
	 * Close the session to entries and wait until nothing is inside.
	 * @param open the session
	 * @return how many connections had to be closed
	 */
	int shut(ConsentSession open) {
		this.session = null;
		this.unreachable = null;
		open.shut();
		this.listeners.announce((listener) -> listener.closing(open));
		return await(open, open::awaitEmpty);
	}

	private int await(ConsentSession ended, Waiting waiting) {
		int aborted = 0;
		if (!waiting.isEmpty(this.closeWait)) {
			aborted = this.listeners.abort(ended);
			if (!waiting.isEmpty(this.closeWait)) {
				logger.warn("Telemetry: a sink did not let go of the session in time");
			}
		}
		return aborted;
	}

	/** Waits until nothing is inside. */
	private interface Waiting {

		boolean isEmpty(Duration timeout);

	}

}
