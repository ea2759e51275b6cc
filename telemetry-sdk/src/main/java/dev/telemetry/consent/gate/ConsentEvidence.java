package dev.telemetry.consent.gate;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentResolver.Circumstances;
import dev.telemetry.consent.notice.Notices;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.ToolCheck;
import dev.telemetry.problem.Problem;
import dev.telemetry.storage.AgeClock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gathers everything a decision follows from. Stores, sources and suppliers may come from
 * the application: whatever one of them throws, the answer is the most private one.
 */
final class ConsentEvidence {

	private static final Log logger = LogFactory.getLog(ConsentEvidence.class);

	private final ConsentGateBuilder settings;

	private final ConsentResolver resolver;

	private final Notices notices;

	/** The newest decision that was found; one that disappears may have been a denial. */
	private final AtomicReference<@Nullable ConsentRecord> newest = new AtomicReference<>();

	private final AgeClock clock;

	private final AtomicReference<@Nullable Covered> covered = new AtomicReference<>();

	ConsentEvidence(ConsentGateBuilder settings) {
		this.settings = settings;
		this.resolver = new ConsentResolver(settings.policy, settings.store.place());
		this.notices = settings.notices();
		this.clock = AgeClock.of(settings.clock, settings.earliest);
	}

	/**
	 * Read what was decided. A denial that was found before still applies to this process
	 * when its record has disappeared: erasing a denial does not grant consent.
	 */
	Found decided() {
		Found found = record();
		ConsentRecord record = found.record();
		if (record != null) {
			this.newest.accumulateAndGet(record,
					(old, given) -> (old != null && given != null && old.seq() > given.seq()) ? old : given);
			return found;
		}
		ConsentRecord seen = this.newest.get();
		return (found.fault() == null && seen != null && !seen.granted()) ? new Found(seen, null) : found;
	}

	/** Read the record as it is now; one that cannot be read is a fault. */
	Found record() {
		try {
			Found found = Objects.requireNonNull(this.settings.store.read(), "the store found nothing at all");
			ConsentRecord record = found.record();
			boolean named = !this.settings.tool.equals(ConsentGateBuilder.NO_TOOL);
			Found other = (record != null && named) ? new ToolCheck(this.settings.tool).judge(record) : null;
			return (other != null) ? other : found;
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: the record of consent cannot be read", ex);
			return Found.fault("it cannot be read");
		}
	}

	/**
	 * Decide.
	 * @param found what the store holds
	 * @param narrowed why nothing may leave this machine, beside what is configured, or
	 * {@code null}
	 * @return the decision
	 */
	ConsentDecision decide(Found found, @Nullable String narrowed) {
		return this.resolver.resolve(this.settings.inputs(), found, circumstances(narrowed));
	}

	/** Return what forbids any grant, or {@code null}. */
	@Nullable ConsentDecision veto() {
		ConsentDecision decision = decide(Found.NOTHING, null);
		return switch (decision.state()) {
			case ABSENT, VETOED, SUPPRESSED -> decision;
			default -> null;
		};
	}

	/**
	 * Return why a grant must not be recorded, the veto first.
	 * @param notice the hash that was agreed to, or {@code null}
	 * @param today the hash of today's notice, or {@code null}
	 * @return the objection, or {@code null}
	 */
	@Nullable Objection objection(@Nullable String notice, @Nullable String today) {
		ConsentDecision veto = veto();
		if (veto != null) {
			return new Objection(Outcome.VETOED, veto.reason(), veto.origin());
		}
		String mismatch = mismatch(notice, today);
		if (mismatch != null) {
			return new Objection(Outcome.NOTICE_MISMATCH, mismatch, null);
		}
		String unusable = this.settings.store.unusable();
		if (unusable != null) {
			return new Objection(Outcome.NO_HOME, unusable, "telemetry.home");
		}
		Found found = record();
		String fault = (found.away() == null) ? found.fault() : null;
		String place = this.settings.store.place();
		return (fault != null) ? new Objection(Outcome.FAULT,
				place + " cannot be trusted: " + fault + "; "
						+ Objects.requireNonNullElse(found.action(), "disable moves what is damaged aside")
						+ ", then enable again",
				place) : null;
	}

	private @Nullable String mismatch(@Nullable String notice, @Nullable String today) {
		if (today == null) {
			return "there is no notice yet; say yes when the application has started";
		}
		if (notice == null && this.settings.policy.requireNotice()) {
			return "telemetry.consent.require-notice is set and no notice was named; read GET"
					+ " /actuator/telemetry/notice: today's notice is " + today;
		}
		return (notice != null && !notice.equals(today)) ? "today's notice is " + today : null;
	}

	/**
	 * Return how far a consent session may continue under the current decision. A session
	 * granted by configuration may also continue while a grant is recorded that did not
	 * take it over, as long as it would be valid without the record: consent was not
	 * denied.
	 * @param open the session
	 * @param seen the current decision
	 * @return whether it may continue
	 */
	Standing standing(ConsentSession open, ConsentDecision seen) {
		if (seen.scope() == ConsentScope.NONE || !(rests(open, seen) || standsUnrecorded(open, seen))) {
			return Standing.ENDED;
		}
		boolean less = open.scope() == ConsentScope.EXPORT && seen.scope() != ConsentScope.EXPORT;
		boolean restricted = seen.restricted() && !open.restricted();
		return (less || restricted || open.isCutOff()) ? Standing.LESS : Standing.STANDS;
	}

	private static boolean rests(ConsentSession open, ConsentDecision seen) {
		ConsentGrant grant = seen.grant();
		return grant != null && grant.includes(open.grantId());
	}

	private boolean standsUnrecorded(ConsentSession open, ConsentDecision seen) {
		return seen.rule() == 9 && open.grant().isConfigured() && rests(open, decide(Found.NOTHING, null));
	}

	/**
	 * Return whether what has changed may be back in a moment, because a file of the home
	 * is absent, empty or unreadable right now: editors and deployments replace files.
	 * @param open the session
	 * @param before the decision before
	 * @param seen the current decision
	 * @return whether to look once more
	 */
	boolean mayBeBack(ConsentSession open, ConsentDecision before, ConsentDecision seen) {
		boolean capped = (before.cap() == null) != (seen.cap() == null) || before.restricted() != seen.restricted();
		boolean gone = seen.rule() > 9 && standing(open, seen) == Standing.ENDED
				&& seen.others().stream().anyMatch((input) -> input.rule() > 10 && input.word() == BooleanWord.UNSET);
		return gone || (capped && seen.scope() != ConsentScope.NONE);
	}

	private Circumstances circumstances(@Nullable String narrowed) {
		return new Circumstances(isClockWrong() ? null : now(), notice(), notice(Notices::currentInFirstFormat),
				this::covered, ConsentCap.stricter(ConsentCap.of(narrowed), configuredCap()));
	}

	/** Return the hash of today's notice, or {@code null} while there is none. */
	@Nullable String notice() {
		return notice(Notices::current);
	}

	private @Nullable String notice(Function<Notices, @Nullable String> hash) {
		try {
			return hash.apply(this.notices);
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: the notice cannot be told", ex);
			return null;
		}
	}

	/** Store the text of today's notice before a grant that accepts it is recorded. */
	void keepNotice() throws IOException {
		this.notices.keep();
	}

	/**
	 * Hold a grant to what today's notice says wherever its own notice left something
	 * open.
	 * @param accepted the hash of its notice, or {@code null}
	 * @return whether it is held to less than before
	 */
	boolean rebase(@Nullable String accepted) throws IOException {
		this.covered.set(null);
		return this.notices.rebase(accepted);
	}

	/**
	 * Return whether a user who agreed to a notice has agreed to all of today's. Called
	 * before each check of a worker, so a positive result is cached: a hash identifies
	 * one text only.
	 */
	boolean covered(@Nullable String accepted) {
		String today = notice();
		Covered pair = new Covered(accepted, today);
		if (today != null && pair.equals(this.covered.get())) {
			return true;
		}
		try {
			boolean covers = this.notices.covered(accepted);
			if (covers) {
				this.covered.set(pair);
			}
			return covers;
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: notices cannot be compared", ex);
			return false;
		}
	}

	private @Nullable ConsentCap configuredCap() {
		try {
			return this.settings.cap.get();
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: it cannot be told what may leave this machine", ex);
			return ConsentCap.unusable("it cannot be told what may leave this machine");
		}
	}

	/**
	 * Return the time, truncated to seconds. A clock that shows a time before this
	 * library was built is wrong: every decision is made later than that.
	 */
	Instant now() {
		// A finer one would only serve to tell one person from another
		return this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
	}

	/** Say that the age of consent cannot be judged, if so. */
	@Nullable Problem clockProblem() {
		return isClockWrong() ? new Problem("clock", null,
				"it shows a time before " + this.settings.earliest
						+ ", when this library was built; the age of consent is not judged",
				"set the clock of this machine") : null;
	}

	/** Return whether the clock is wrong, so that no age can be told by it. */
	private boolean isClockWrong() {
		return this.clock.isWrong();
	}

	/** How far a session may go on. */
	enum Standing {

		/** As far as it does. */
		STANDS,

		/** Less than it does: what leaves this machine ends first. */
		LESS,

		/** Not at all. */
		ENDED

	}

	/** A notice that covers another one. */
	private record Covered(@Nullable String accepted, @Nullable String today) {

	}

	/** Why a grant is refused. */
	record Objection(Outcome outcome, String reason, @Nullable String origin) {

	}

}
