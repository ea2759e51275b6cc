package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentEvidence.Objection;
import dev.telemetry.consent.gate.ConsentEvidence.Standing;
import dev.telemetry.consent.store.ConsentReceipt;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.ConsentStore.Limit;
import dev.telemetry.consent.store.ShownNotice;
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

	private final ReentrantLock commands = new ReentrantLock();

	private final ConsentGateBuilder settings;

	private final ConsentStore store;

	private final ConsentEvidence evidence;

	private final SessionKeeper sessions;

	private final ConsentWatch watch;

	private final ConsentProblems problems;

	private final CurrentDecision current = new CurrentDecision();

	@GuardedBy("commands")
	private final DenialWriter denials;

	@GuardedBy("commands")
	private final GrantWriter grants;

	private final Receipts receipts;

	/** Why a grant reaches less far in this process than the record says. */
	private volatile @Nullable String narrowed;

	ConsentGate(ConsentGateBuilder settings) {
		this.settings = settings;
		this.store = settings.store;
		this.evidence = new ConsentEvidence(settings);
		this.sessions = new SessionKeeper(settings::randomId, settings.closeWait);
		this.watch = new ConsentWatch(settings, this.evidence, this::decision,
				() -> this.evidence.decide(this.evidence.decided(), less()));
		this.receipts = new Receipts(settings.store);
		this.denials = new DenialWriter(settings.store, this.evidence::record, this.receipts, settings.tool);
		this.grants = new GrantWriter(settings.store, this.evidence, this.receipts);
		this.problems = new ConsentProblems(settings.store, this.evidence, settings.problems);
	}

	/**
	 * Start a gate.
	 * @param store stores the decisions
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
		return this.sessions.session();
	}

	/**
	 * Return the decision as it was last computed.
	 * @return the decision
	 */
	public ConsentDecision decision() {
		return this.current.get();
	}

	/**
	 * Add a listener. An open session is announced to it at once.
	 * @param listener the listener
	 */
	public void addListener(ConsentListener listener) {
		this.commands.lock();
		try {
			this.sessions.addListener(listener);
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
			this.sessions.retry();
			ConsentDecision decision = follow();
			this.problems.lookAtReceipts();
			return decision;
		}
		finally {
			this.commands.unlock();
		}
	}

	/** Like {@link #refresh()}, when no caller has requested it. */
	ConsentDecision follow() {
		this.commands.lock();
		Limit limit = this.store.within(CommandTime.LOOK);
		try {
			this.denials.retry();
			ConsentSession open = this.sessions.session();
			ConsentDecision next = resolve();
			return apply((open != null && this.watch.waitFor(open, next)) ? resolve() : next);
		}
		finally {
			limit.close();
			this.commands.unlock();
		}
	}

	/**
	 * Read all inputs when the application starts. A grant to a notice of an earlier
	 * format is held to today's from now on, before anything is recorded under it.
	 * @return the decision
	 */
	public ConsentDecision start() {
		this.commands.lock();
		try {
			this.grants.rebase(resolve());
			return refresh();
		}
		finally {
			this.commands.unlock();
		}
	}

	/**
	 * Record a grant and open the gate, or let the open consent session continue under
	 * it.
	 * @param scope the consent scope of the grant: {@code LOCAL} or {@code EXPORT}
	 * @param notice the hash of the notice that was agreed to, or {@code null} for
	 * today's
	 * @param channel how consent was granted: {@code actuator} or {@code command}
	 * @return the answer
	 */
	public ConsentAnswer enable(ConsentScope scope, @Nullable String notice, String channel) {
		return enable(scope, notice, channel, null);
	}

	/**
	 * Record a grant of a user who saw the notice. The sentences are stored with it, and
	 * the receipt names their language and their hash. A grant that is valid already is
	 * not recorded again.
	 * @param scope the consent scope of the grant: {@code LOCAL} or {@code EXPORT}
	 * @param notice the hash of the notice that was agreed to, or {@code null} for
	 * today's
	 * @param channel how consent was granted: {@code actuator} or {@code command}
	 * @param shown the sentences that the user saw, or {@code null} when that is not
	 * known
	 * @return the answer
	 */
	public ConsentAnswer enable(ConsentScope scope, @Nullable String notice, String channel,
			@Nullable ShownNotice shown) {
		if (scope == ConsentScope.NONE) {
			throw new IllegalArgumentException("'scope' must be LOCAL or EXPORT");
		}
		CommandTime time = new CommandTime(this.settings.nanoTime, this.store);
		this.commands.lock();
		Limit limit = this.store.within(time.left());
		try {
			this.denials.retry();
			this.sessions.retry();
			String today = this.evidence.notice();
			Objection objection = this.evidence.objection(notice, today);
			ConsentDecision before = apply(resolve());
			if (objection != null) {
				return refused(objection.outcome(), objection.reason(), objection.origin());
			}
			boolean whole = this.denials.pending() == null && this.narrowed == null;
			ConsentRecord standing = whole ? this.grants.granted(scope, today, this.sessions.session()) : null;
			return (standing != null) ? answered(Outcome.UNCHANGED, this.grants.confirm(standing, time), before, 0)
					: grant(scope, today, channel, shown, before, time);
		}
		finally {
			limit.close();
			this.commands.unlock();
		}
	}

	private ConsentAnswer refused(Outcome outcome, String reason, @Nullable String origin) {
		return new ConsentAnswer(outcome, this.current.get(), reason, origin, 0);
	}

	private ConsentAnswer answered(Outcome done, @Nullable String failure, ConsentDecision now, int aborted) {
		return (failure == null) ? new ConsentAnswer(done, now, null, null, aborted)
				: new ConsentAnswer(Outcome.NOT_PERSISTED, now, failure, this.store.place(), aborted);
	}

	/**
	 * A grant with a narrower consent scope than the current one is in part a denial:
	 * that part comes first, and applies to this process whether or not the grant can be
	 * written.
	 */
	@GuardedBy("commands")
	private ConsentAnswer grant(ConsentScope scope, @Nullable String today, String channel, @Nullable ShownNotice shown,
			ConsentDecision before, CommandTime time) {
		ConsentSession open = this.sessions.session();
		boolean narrower = GrantWriter.isNarrower(scope, before);
		int aborted = (narrower && open != null) ? this.sessions.handOver(open) : 0;
		ConsentRecord grant = ConsentRecord.grant(scope, today, this.settings.randomId(), this.evidence.now(), channel,
				this.settings.tool);
		String failure = this.denials.unwritten();
		if (failure == null) {
			failure = this.grants.write(this.grants.continuing(grant, before, open), shown, time);
		}
		if (scope == ConsentScope.LOCAL && before.recordedScope() != ConsentScope.LOCAL) {
			this.sessions.withdrawn();
		}
		if (failure != null) {
			this.narrowed = (scope == ConsentScope.LOCAL) ? "a grant for this machine's log alone could not be written"
					: this.narrowed;
		}
		else {
			this.narrowed = null;
		}
		return answered(Outcome.DONE, failure, apply(resolve()), aborted);
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
	 * Close the gate and record a denial. When this returns, nothing is inside any more.
	 * @param channel how consent was denied: {@code actuator} or {@code command}
	 * @return the answer
	 */
	public ConsentAnswer disable(String channel) {
		return deny(channel, () -> {
		});
	}

	/**
	 * Close the gate, record a denial, and erase everything before the gate can be opened
	 * again.
	 * @param channel how consent was denied: {@code actuator} or {@code command}
	 * @param forgetting called when nothing is inside any more and the denial was
	 * written, or could not be; must not call commands of the gate
	 * @return the answer
	 */
	public ConsentAnswer reset(String channel, Runnable forgetting) {
		return deny(channel, () -> {
			forgetting.run();
			this.receipts.add(ConsentReceipt.reset(this.evidence.now(), channel));
		});
	}

	private ConsentAnswer deny(String channel, Runnable whileClosed) {
		CommandTime time = new CommandTime(this.settings.nanoTime, this.store);
		boolean wasOpen = this.sessions.shutAtOnce();
		this.commands.lock();
		try {
			this.sessions.denialBegins();
			return deny(channel, whileClosed, wasOpen, time);
		}
		finally {
			this.commands.unlock();
		}
	}

	@GuardedBy("commands")
	private ConsentAnswer deny(String channel, Runnable whileClosed, boolean wasOpen, CommandTime time) {
		Duration left = time.left();
		ConsentSession ended = this.sessions.session();
		int aborted = (ended != null) ? this.sessions.shut(ended) : 0;
		Limit limit = this.store.within(left);
		try {
			String failure = this.denials.write(wasOpen || ended != null, this.evidence.now(), channel, time);
			this.narrowed = null;
			if (ended != null) {
				this.sessions.closed(ended);
			}
			this.sessions.withdrawn();
			this.denials.acknowledge();
			whileClosed.run();
			String unreceipted = this.denials.acknowledge();
			this.sessions.erasedAfter(this.evidence.record().record());
			ConsentDecision now = apply(resolve());
			return answered(Outcome.DONE, (failure != null) ? failure : unreceipted, now, aborted);
		}
		finally {
			limit.close();
		}
	}

	/**
	 * Apply what was decided elsewhere or removed from configuration: all inputs are read
	 * again when the last look is too old, half a second by default. When the current
	 * decision no longer allows the consent session, the gate closes; when only less may
	 * leave this machine, that ends alone. Called by workers before they enter the
	 * session. Consent is never granted here.
	 */
	public void checkRecord() {
		ConsentSession open = this.sessions.session();
		if (open != null && this.watch.look(open) != Standing.STANDS && this.commands.tryLock()) {
			tidyUp(open);
		}
	}

	/**
	 * Look like {@link #checkRecord()}, from inside the consent session: what has ended
	 * is shut, and the next look from outside clears it away. Called by workers before
	 * each of several requests.
	 */
	public void checkRecordInside() {
		ConsentSession open = this.sessions.session();
		if (open != null) {
			this.watch.look(open);
		}
	}

	/**
	 * If a command holds the lock instead, it or the next look does this: the session is
	 * shut already, so that nothing depends on when.
	 */
	private void tidyUp(ConsentSession open) {
		try {
			if (this.sessions.session() == open) {
				ConsentDecision next = resolve();
				if (this.sessions.session() == open) {
					this.sessions.lessen(open, next);
				}
				this.current.take(next);
			}
		}
		finally {
			this.commands.unlock();
		}
	}

	/**
	 * End the open consent session without recording anything: the application stops. A
	 * denial that could not be written before is tried once more.
	 */
	@Override
	public void close() {
		this.commands.lock();
		try {
			this.denials.retry();
			ConsentSession open = this.sessions.session();
			if (open != null) {
				this.sessions.end(open);
			}
		}
		finally {
			this.commands.unlock();
		}
	}

	@GuardedBy("commands")
	private ConsentDecision resolve() {
		ConsentRecord denial = this.denials.pending();
		this.watch.looking();
		Found found = (denial != null) ? new Found(denial, null) : this.evidence.decided();
		this.problems.tell(found);
		this.sessions.eraseAfter(found.record());
		return this.evidence.decide(found, less());
	}

	private @Nullable String less() {
		return (this.narrowed != null) ? this.narrowed : this.sessions.unreachable();
	}

	/** Make the session what the decision says it should be. */
	@GuardedBy("commands")
	private ConsentDecision apply(ConsentDecision next) {
		this.sessions.follow(next);
		if (!this.sessions.isUnreachable()) {
			return this.current.take(next);
		}
		ConsentDecision less = resolve();
		this.sessions.follow(less);
		return this.current.take(less);
	}

}
