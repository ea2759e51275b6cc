package dev.telemetry.consent.gate;

import java.io.IOException;
import java.util.Objects;

import dev.telemetry.consent.store.ConsentReceipt;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.ShownNotice;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes a grant: first the text of its notice and the sentences that were shown, then
 * its receipt, then the record, so that after a crash no record or receipt names a text
 * that is not there, and no record is without a receipt. Used under the gate's command
 * lock.
 */
final class GrantWriter {

	private static final Log logger = LogFactory.getLog(GrantWriter.class);

	private final ConsentStore store;

	private final ConsentEvidence evidence;

	private final Receipts receipts;

	GrantWriter(ConsentStore store, ConsentEvidence evidence, Receipts receipts) {
		this.store = store;
		this.evidence = evidence;
		this.receipts = receipts;
	}

	/**
	 * Return the record if it grants the same already. One that the store only remembers
	 * does not count: consent may have been denied elsewhere since.
	 * @param scope how far the grant reaches
	 * @param today the hash of today's notice, or {@code null}
	 * @param open the session that is open, or {@code null}
	 * @return the record, or {@code null}
	 */
	@Nullable ConsentRecord granted(ConsentScope scope, @Nullable String today, @Nullable ConsentSession open) {
		Found found = this.evidence.record();
		ConsentRecord standing = found.record();
		return (open != null && standing != null && found.away() == null && standing.granted()
				&& standing.scope() == scope && Objects.equals(standing.notice(), today)
				&& Objects.equals(standing.grantId(), open.grantId())) ? standing : null;
	}

	/**
	 * Return a grant with the id under which what waits to be sent stays valid, as far as
	 * it reaches no further than what was agreed to when it was accepted.
	 * @param grant the grant
	 * @param before the decision before it
	 * @param open the consent session that is open, or {@code null}
	 * @return the grant, which retains the id of a recorded one that it covers, or names
	 * the one by configuration that it takes over
	 */
	ConsentRecord continuing(ConsentRecord grant, ConsentDecision before, @Nullable ConsentSession open) {
		if (isNarrower(grant.scope(), before)) {
			return grant;
		}
		ConsentRecord standing = standing(before);
		if (standing != null && standing.grantId() != null) {
			return grant.withGrant(standing.grantId(), standing.continues());
		}
		return (open != null && open.grant().isConfigured())
				? grant.withGrant(String.valueOf(grant.grantId()), open.grantId()) : grant;
	}

	/** Return whether what stood before reached further than a grant. */
	static boolean isNarrower(ConsentScope scope, ConsentDecision before) {
		return scope == ConsentScope.LOCAL && before.recordedScope() == ConsentScope.EXPORT;
	}

	/**
	 * Return the recorded grant, unless a denial came after it or more is collected today
	 * than it agreed to. One that has only become too old is renewed.
	 */
	private @Nullable ConsentRecord standing(ConsentDecision before) {
		Found found = this.evidence.record();
		ConsentRecord record = found.record();
		boolean granted = before.state() == ConsentState.GRANTED || before.state() == ConsentState.STALE;
		return (before.rule() == 9 && granted && record != null && record.granted()
				&& this.evidence.covered(record.notice())) ? record : null;
	}

	/**
	 * Write a grant.
	 * @param grant the grant
	 * @param shown the sentences that the user saw, or {@code null}
	 * @param time when it was given
	 * @return why that failed, or {@code null}
	 */
	@Nullable String write(ConsentRecord grant, @Nullable ShownNotice shown, CommandTime time) {
		Found found = this.evidence.record();
		if (found.away() != null) {
			return unwritten(found.away());
		}
		this.receipts.write();
		try {
			this.evidence.keepNotice();
			if (shown != null) {
				this.store.saveShown(shown);
			}
			this.store.appendReceipt(ConsentReceipt.of(grant).showing(shown));
		}
		catch (IOException | RuntimeException ex) {
			return unwritten(ex.getMessage());
		}
		try {
			this.store.write(grant, time.moment(found.record()));
			return null;
		}
		catch (IOException | RuntimeException ex) {
			// A receipt of a grant that does not take effect must not remain alone
			this.receipts.add(ConsentReceipt.failed(grant));
			this.receipts.write();
			return unwritten(ex.getMessage());
		}
	}

	/**
	 * Limit a valid recorded grant to what today's notice says, before anything is
	 * recorded under it. Does nothing to a grant whose own notice leaves nothing open.
	 * @param next what was decided
	 */
	void rebase(ConsentDecision next) {
		boolean stands = next.rule() == 9 && next.state() == ConsentState.GRANTED;
		ConsentRecord grant = stands ? this.evidence.record().record() : null;
		try {
			if (grant != null && this.evidence.rebase(grant.notice())) {
				this.receipts.add(ConsentReceipt.rebased(grant, this.evidence.notice(), this.evidence.now()));
				this.receipts.write();
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("Telemetry: what consent was granted to cannot be narrowed to today's notice, so what an"
					+ " earlier version wrote down of it counts: " + ex.getMessage());
		}
	}

	/**
	 * Note that a grant was given once more.
	 * @param standing the grant
	 * @param time when it was given
	 * @return why that failed, or {@code null}
	 */
	@Nullable String confirm(ConsentRecord standing, CommandTime time) {
		try {
			this.store.confirm(standing, time.moment(standing));
			return null;
		}
		catch (IOException | RuntimeException ex) {
			return unwritten(ex.getMessage());
		}
	}

	private static String unwritten(@Nullable String why) {
		return "the grant could not be written: " + why;
	}

}
