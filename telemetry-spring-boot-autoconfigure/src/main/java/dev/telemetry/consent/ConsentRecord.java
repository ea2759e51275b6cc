package dev.telemetry.consent;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What was decided last.
 *
 * @param seq counts the decisions, from 1
 * @param granted whether it was a yes
 * @param grantedBefore whether there was a yes before it
 * @param scope how far a yes reaches; {@code NONE} for a no
 * @param notice the hash of the notice that was agreed to, or {@code null}
 * @param grantId identifies a yes, 32 hex digits; {@code null} for a no
 * @param asOf when it was decided
 * @param channel how it was said: {@code actuator} or {@code command}
 * @param tool the tool it was decided for
 */
public record ConsentRecord(long seq, boolean granted, boolean grantedBefore, ConsentScope scope,
		@Nullable String notice, @Nullable String grantId, Instant asOf, String channel, String tool) {

	public ConsentRecord {
		if (granted == (scope == ConsentScope.NONE) || granted == (grantId == null)) {
			throw new IllegalArgumentException("A yes must have 'scope' and 'grantId', a no must not");
		}
	}

	static ConsentRecord grant(ConsentScope scope, @Nullable String notice, String grantId, Instant asOf,
			String channel, String tool) {
		return new ConsentRecord(0, true, true, scope, notice, grantId, asOf, channel, tool);
	}

	static ConsentRecord denial(boolean grantedBefore, Instant asOf, String channel, String tool) {
		return new ConsentRecord(0, false, grantedBefore, ConsentScope.NONE, null, null, asOf, channel, tool);
	}

	ConsentRecord withSeq(long next) {
		return new ConsentRecord(next, this.granted, this.grantedBefore, this.scope, this.notice, this.grantId,
				this.asOf, this.channel, this.tool);
	}

}
