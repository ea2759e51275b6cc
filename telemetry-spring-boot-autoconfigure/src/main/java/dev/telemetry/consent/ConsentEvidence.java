package dev.telemetry.consent;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import dev.telemetry.consent.ConsentAnswer.Outcome;
import dev.telemetry.consent.ConsentResolver.Circumstances;
import dev.telemetry.consent.ConsentStore.Found;
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

	ConsentEvidence(ConsentGateBuilder settings) {
		this.settings = settings;
		this.resolver = new ConsentResolver(settings.policy, settings.store.place());
		this.notices = settings.notices();
	}

	/** Read the record; one that cannot be read is a fault. */
	Found record() {
		try {
			return Objects.requireNonNull(this.settings.store.read(), "the store found nothing at all");
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: the record of consent cannot be read", ex);
			return Found.fault("it cannot be read");
		}
	}

	/**
	 * Decide.
	 * @param found what the store holds
	 * @param cap why nothing may leave this machine, beside what is configured, or
	 * {@code null}
	 * @return the decision
	 */
	ConsentDecision decide(Found found, @Nullable String cap) {
		return this.resolver.resolve(this.settings.inputs(), found, circumstances(cap));
	}

	/** Return what stands against any yes, or {@code null}. */
	@Nullable ConsentDecision veto() {
		ConsentDecision decision = decide(Found.NOTHING, null);
		return switch (decision.state()) {
			case ABSENT, VETOED, SUPPRESSED -> decision;
			default -> null;
		};
	}

	/**
	 * Say what stands against recording a yes, the veto first.
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
		String fault = record().fault();
		String place = this.settings.store.place();
		return (fault != null) ? new Objection(Outcome.FAULT,
				place + " cannot be trusted: " + fault + "; disable moves what is damaged aside, then enable again",
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
	 * Return whether a session may go on. One from configuration rests on nobody's having
	 * said no; one from the record on that very grant, and on its age.
	 */
	boolean supports(ConsentSession session, Found found) {
		ConsentRecord record = found.record();
		if (found.fault() != null || (record != null && !record.granted())) {
			return false;
		}
		boolean recorded = !session.grantId().startsWith("sha256:");
		return !recorded || (record != null && session.grantId().equals(record.grantId())
				&& !this.resolver.isTooOld(record, now()));
	}

	private Circumstances circumstances(@Nullable String cap) {
		return new Circumstances(now(), notice(), this::covered, (cap != null) ? cap : configuredCap());
	}

	/** Return the hash of today's notice, or {@code null} while there is none. */
	@Nullable String notice() {
		try {
			return this.notices.current();
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: the notice cannot be told", ex);
			return null;
		}
	}

	/** Keep the text of today's notice before a yes to it is recorded. */
	void keepNotice() throws IOException {
		this.notices.keep();
	}

	private boolean covered(@Nullable String accepted) {
		try {
			return this.notices.covered(accepted);
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: notices cannot be compared", ex);
			return false;
		}
	}

	private @Nullable String configuredCap() {
		try {
			return this.settings.cap.get();
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: it cannot be told what may leave this machine", ex);
			return "it cannot be told what may leave this machine";
		}
	}

	/** Return the time, no finer than anybody decides. */
	Instant now() {
		// A finer one would only serve to tell one person from another
		return this.settings.clock.instant().truncatedTo(ChronoUnit.SECONDS);
	}

	/** What stands against a yes. */
	record Objection(Outcome outcome, String reason, @Nullable String origin) {

	}

}
