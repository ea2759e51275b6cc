package dev.telemetry.consent.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What was decided last.
 *
 * @param seq counts the decisions, from 1
 * @param granted whether it was a grant
 * @param grantedBefore whether there was a grant before it
 * @param scope the consent scope of a grant; {@code NONE} for a denial
 * @param notice the hash of the notice that was agreed to, or {@code null}
 * @param grantId identifies a grant, 32 hex digits; {@code null} for a denial
 * @param asOf when it was decided
 * @param channel how it was made: {@code actuator} or {@code command}
 * @param tool the tool it was decided for
 * @param continues the id of the grant that this one took over, or {@code null}: what
 * waits to be sent under that id may be sent under this one
 */
public record ConsentRecord(long seq, boolean granted, boolean grantedBefore, ConsentScope scope,
		@Nullable String notice, @Nullable String grantId, Instant asOf, String channel, String tool,
		@Nullable String continues) {

	public ConsentRecord {
		if (granted == (scope == ConsentScope.NONE) || granted == (grantId == null)) {
			throw new IllegalArgumentException("A grant must have 'scope' and 'grantId', a denial must not");
		}
		if (!granted && continues != null) {
			throw new IllegalArgumentException("A denial must not have 'continues'");
		}
	}

	/**
	 * Create a record of a decision that took nothing over.
	 * @param seq counts the decisions, from 1
	 * @param granted whether consent was granted
	 * @param grantedBefore whether it had been granted before
	 * @param scope how far it reaches
	 * @param notice the hash of the notice, or {@code null}
	 * @param grantId identifies a grant, or {@code null}
	 * @param asOf when it was decided
	 * @param channel how it was decided
	 * @param tool the tool it was decided for
	 */
	public ConsentRecord(long seq, boolean granted, boolean grantedBefore, ConsentScope scope, @Nullable String notice,
			@Nullable String grantId, Instant asOf, String channel, String tool) {
		this(seq, granted, grantedBefore, scope, notice, grantId, asOf, channel, tool, null);
	}

	public static ConsentRecord grant(ConsentScope scope, @Nullable String notice, String grantId, Instant asOf,
			String channel, String tool) {
		return new ConsentRecord(0, true, true, scope, notice, grantId, asOf, channel, tool);
	}

	public static ConsentRecord denial(boolean grantedBefore, Instant asOf, String channel, String tool) {
		return new ConsentRecord(0, false, grantedBefore, ConsentScope.NONE, null, null, asOf, channel, tool);
	}

	/** Return a denial that takes back a grant. */
	public ConsentRecord asWithdrawal() {
		return denial(true, this.asOf, this.channel, this.tool);
	}

	public ConsentRecord withSeq(long next) {
		return new ConsentRecord(next, this.granted, this.grantedBefore, this.scope, this.notice, this.grantId,
				this.asOf, this.channel, this.tool, this.continues);
	}

	/**
	 * Return a grant that rests on the id of another one: events that were accepted under
	 * either may be sent.
	 * @param id its own id
	 * @param before the id of the grant that it takes over, or {@code null}
	 */
	public ConsentRecord withGrant(String id, @Nullable String before) {
		return new ConsentRecord(this.seq, this.granted, this.grantedBefore, this.scope, this.notice, id, this.asOf,
				this.channel, this.tool, before);
	}

}
