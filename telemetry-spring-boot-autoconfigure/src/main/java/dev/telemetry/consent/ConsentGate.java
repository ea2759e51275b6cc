package dev.telemetry.consent;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.consent.ConsentAnswer.Outcome;
import dev.telemetry.consent.ConsentEvidence.Objection;
import dev.telemetry.consent.ConsentStore.Found;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The one gate. It is closed until {@link #refresh()} is called for the first time.
 * <p>
 * One lock serialises all commands; listeners are called under it. Recording threads
 * never take it: they read the session, one volatile reference. Workers hold a session by
 * {@link ConsentSession#enter()} around everything they write or send. A command that
 * closes the gate clears the reference, shuts the session, and waits under the lock until
 * nothing is inside. A worker that waits for the lock is not inside, so neither waits for
 * the other.
 * <p>
 * A reader that took the reference just before it was cleared finds a session that is
 * shut: nothing it puts into the session's buffers is ever written or sent.
 */
public final class ConsentGate implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ConsentGate.class);

	private final ReentrantLock commands = new ReentrantLock();

	private final ConsentListeners listeners = new ConsentListeners();

	private final ConsentGateBuilder settings;

	private final ConsentStore store;

	private final ConsentEvidence evidence;

	private volatile @Nullable ConsentSession session;

	private volatile ConsentDecision decision;

	private volatile long lastLook;

	@GuardedBy("commands")
	private final DenialWriter denials;

	/** Why a yes reaches less far in this process than the record says. */
	@GuardedBy("commands")
	private @Nullable String narrowed;

	/** The number of the no for which was erased already what waits to be sent. */
	@GuardedBy("commands")
	private long erasedFor;

	ConsentGate(ConsentGateBuilder settings) {
		this.settings = settings;
		this.store = settings.store;
		this.evidence = new ConsentEvidence(settings);
		this.denials = new DenialWriter(settings.store, this.evidence::record, settings.tool);
		this.decision = new ConsentDecision(ConsentState.UNDECIDED, ConsentScope.NONE, null, 13, "not started yet",
				null, false, null, null, null, List.of(), NoticeHashes.NONE);
	}

	/**
	 * Start a gate.
	 * @param store keeps what is decided
	 * @return a builder
	 */
	public static ConsentGateBuilder builder(ConsentStore store) {
		return new ConsentGateBuilder(store);
	}

	/**
	 * Return the open session; the one volatile read on the way of an event.
	 * @return the session or {@code null} while the gate is closed
	 */
	public @Nullable ConsentSession session() {
		return this.session;
	}

	/**
	 * Return the decision as it was last computed.
	 * @return the decision
	 */
	public ConsentDecision decision() {
		return this.decision;
	}

	/**
	 * Add a listener. An open session is announced to it at once.
	 * @param listener the listener
	 */
	public void addListener(ConsentListener listener) {
		this.commands.lock();
		try {
			this.listeners.add(listener, this.session);
		}
		finally {
			this.commands.unlock();
		}
	}

	/**
	 * Read all inputs again and open or close accordingly.
	 * @return the decision
	 */
	public ConsentDecision refresh() {
		this.commands.lock();
		try {
			this.denials.retry();
			return apply(resolve());
		}
		finally {
			this.commands.unlock();
		}
	}

	/**
	 * Record a yes and open the gate.
	 * @param scope how far it reaches: {@code LOCAL} or {@code EXPORT}
	 * @param notice the hash of the notice that was agreed to, or {@code null} for
	 * today's
	 * @param channel how it was said: {@code actuator} or {@code command}
	 * @return the answer
	 */
	public ConsentAnswer enable(ConsentScope scope, @Nullable String notice, String channel) {
		if (scope == ConsentScope.NONE) {
			throw new IllegalArgumentException("'scope' must be LOCAL or EXPORT");
		}
		this.commands.lock();
		try {
			String today = this.evidence.notice();
			Objection objection = this.evidence.objection(notice, today);
			if (objection != null) {
				apply(resolve());
				return refused(objection.outcome(), objection.reason(), objection.origin());
			}
			return grant(scope, today, channel);
		}
		finally {
			this.commands.unlock();
		}
	}

	private ConsentAnswer refused(Outcome outcome, String reason, @Nullable String origin) {
		return new ConsentAnswer(outcome, this.decision, reason, origin, 0);
	}

	@GuardedBy("commands")
	private ConsentAnswer grant(ConsentScope scope, @Nullable String today, String channel) {
		ConsentRecord standing = this.evidence.record().record();
		ConsentSession open = this.session;
		if (open != null && standing != null && this.denials.pending() == null && this.narrowed == null
				&& standing.granted() && standing.scope() == scope && Objects.equals(standing.notice(), today)
				&& Objects.equals(standing.grantId(), open.grantId())) {
			return new ConsentAnswer(Outcome.UNCHANGED, this.decision, null, null, 0);
		}
		ConsentRecord grant = ConsentRecord.grant(scope, today, this.settings.randomId(), this.evidence.now(), channel,
				this.settings.tool);
		this.denials.acknowledge();
		try {
			// First, so that after a crash no record names a text that is not there
			this.evidence.keepNotice();
			this.store.appendReceipt(grant);
			this.store.write(grant);
		}
		catch (IOException | RuntimeException ex) {
			if (scope == ConsentScope.LOCAL) {
				// The part of it that is a no holds for this process all the same
				this.narrowed = "a yes to this machine's log alone could not be written";
				apply(resolve());
			}
			return refused(Outcome.NOT_PERSISTED, "the yes could not be written: " + ex.getMessage(),
					this.store.place());
		}
		this.narrowed = null;
		this.denials.overtaken();
		return new ConsentAnswer(Outcome.DONE, apply(resolve()), null, null, 0);
	}

	/**
	 * Say what forbids any sending at all, whatever was decided: configuration, a
	 * variable, a test environment or a build server. Looks anew; opens and closes
	 * nothing.
	 * @return the reason, or {@code null}
	 */
	public @Nullable String veto() {
		this.commands.lock();
		try {
			ConsentDecision veto = this.evidence.veto();
			return (veto != null) ? veto.reason() : null;
		}
		finally {
			this.commands.unlock();
		}
	}

	/**
	 * Close the gate and record a no. When this returns, nothing is inside any more.
	 * @param channel how it was said: {@code actuator} or {@code command}
	 * @return the answer
	 */
	public ConsentAnswer disable(String channel) {
		return disable(channel, () -> {
		});
	}

	/**
	 * Close the gate and record a no, and do something before anybody can open it again.
	 * @param channel how it was said: {@code actuator} or {@code command}
	 * @param whileClosed called when nothing is inside any more and the no was written,
	 * or could not be; must not call commands of the gate
	 * @return the answer
	 */
	public ConsentAnswer disable(String channel, Runnable whileClosed) {
		this.commands.lock();
		try {
			ConsentSession ended = this.session;
			int aborted = (ended != null) ? shut(ended) : 0;
			String failure = this.denials.write(ended != null, this.evidence.now(), channel);
			this.narrowed = null;
			if (ended != null) {
				this.listeners.announce((listener) -> listener.closed(ended));
			}
			this.listeners.announce(ConsentListener::withdrawn);
			if (failure == null) {
				failure = this.denials.acknowledge();
			}
			whileClosed.run();
			ConsentRecord no = this.evidence.record().record();
			this.erasedFor = (no != null) ? no.seq() : 0;
			ConsentDecision now = apply(resolve());
			return new ConsentAnswer((failure == null) ? Outcome.DONE : Outcome.NOT_PERSISTED, now, failure,
					(failure == null) ? null : this.store.place(), aborted);
		}
		finally {
			this.commands.unlock();
		}
	}

	/**
	 * Make sure that a no stored by another process is obeyed: looks at the record again
	 * when the last look is too old, half a second by default, and closes the gate when
	 * the session no longer rests on it. Called by workers before they enter the session.
	 * A yes is never read here.
	 */
	public void checkRecord() {
		ConsentSession open = this.session;
		long now = this.settings.nanoTime.getAsLong();
		if (open == null || now - this.lastLook < this.settings.lookInterval.toNanos()) {
			return;
		}
		boolean rests = this.evidence.supports(open, this.evidence.record());
		if (!rests) {
			// Needs no lock: a session that was shut is never opened again
			open.shut();
		}
		// Only now, and as of the beginning: a look under way lets nobody pass
		this.lastLook = now;
		if (!rests && this.commands.tryLock()) {
			tidyUp(open);
		}
	}

	/**
	 * If a command holds the lock instead, it or the next look does this: the session is
	 * shut already, so that nothing depends on when.
	 */
	private void tidyUp(ConsentSession open) {
		try {
			if (this.session == open) {
				end(open);
				this.decision = resolve();
			}
		}
		finally {
			this.commands.unlock();
		}
	}

	/**
	 * End the open session without recording anything: the application stops. A no that
	 * could not be written before is tried once more.
	 */
	@Override
	public void close() {
		this.commands.lock();
		try {
			this.denials.retry();
			ConsentSession open = this.session;
			if (open != null) {
				end(open);
			}
		}
		finally {
			this.commands.unlock();
		}
	}

	@GuardedBy("commands")
	private ConsentDecision resolve() {
		ConsentRecord denial = this.denials.pending();
		long begun = this.settings.nanoTime.getAsLong();
		Found found = (denial != null) ? new Found(denial, null) : this.evidence.record();
		this.lastLook = begun;
		eraseAfterNo(found.record());
		return this.evidence.decide(found, this.narrowed);
	}

	/**
	 * What was kept to be sent goes also when the no came from another process or an
	 * earlier run, and behind a veto.
	 */
	@GuardedBy("commands")
	private void eraseAfterNo(@Nullable ConsentRecord record) {
		if (record != null && !record.granted() && record.seq() != this.erasedFor) {
			ConsentSession open = this.session;
			if (open != null) {
				end(open);
			}
			this.erasedFor = record.seq();
			this.listeners.announce(ConsentListener::withdrawn);
		}
	}

	/** Make the session what the decision says it should be. */
	@GuardedBy("commands")
	private ConsentDecision apply(ConsentDecision next) {
		ConsentDecision previous = this.decision;
		this.decision = next;
		ConsentSession open = this.session;
		boolean stays = open != null && !open.isShut() && open.scope() == next.scope()
				&& open.grantId().equals(next.grantId());
		if (open != null && !stays) {
			end(open);
		}
		String grantId = next.grantId();
		if (!stays && next.scope() != ConsentScope.NONE && grantId != null) {
			open(new ConsentSession(this.settings.randomId(), grantId, next.scope(),
					Objects.requireNonNullElse(next.channel(), "config")));
		}
		if (previous.state() != next.state() || previous.scope() != next.scope()) {
			logger.info("Telemetry consent is " + next.state() + ", scope " + next.scope() + ": " + next.reason());
		}
		return next;
	}

	@GuardedBy("commands")
	private void open(ConsentSession next) {
		this.listeners.announce((listener) -> listener.opened(next));
		this.session = next;
	}

	@GuardedBy("commands")
	private void end(ConsentSession open) {
		shut(open);
		this.listeners.announce((listener) -> listener.closed(open));
	}

	/** Close the session to entries and wait until nothing is inside. */
	@GuardedBy("commands")
	private int shut(ConsentSession open) {
		this.session = null;
		open.shut();
		this.listeners.announce((listener) -> listener.closing(open));
		int aborted = 0;
		if (!open.awaitEmpty(this.settings.closeWait)) {
			aborted = this.listeners.abort(open);
			if (!open.awaitEmpty(this.settings.closeWait)) {
				logger.warn("Telemetry: a sink did not let go of the session in time");
			}
		}
		return aborted;
	}

}
