package dev.telemetry.consent.store;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What the receipts say about one command. No user name, address or host is in it.
 *
 * @param kind what was done
 * @param at when
 * @param channel how it was made: {@code actuator} or {@code command}
 * @param scope how far a grant reaches; {@code NONE} for everything else
 * @param notice the hash of the notice that was agreed to, or {@code null}
 * @param grantId the id of a grant that took over another one, or {@code null}
 * @param continues the id of the grant that was taken over, or {@code null}
 * @param locale the language in which the user saw the notice, or {@code null} when it is
 * not known that anyone saw it
 * @param text the hash of the sentences that the user saw, or {@code null}
 */
public record ConsentReceipt(Kind kind, Instant at, String channel, ConsentScope scope, @Nullable String notice,
		@Nullable String grantId, @Nullable String continues, @Nullable String locale, @Nullable String text) {

	public ConsentReceipt {
		Objects.requireNonNull(kind, "'kind' must not be null");
		Objects.requireNonNull(at, "'at' must not be null");
		Objects.requireNonNull(channel, "'channel' must not be null");
		Objects.requireNonNull(scope, "'scope' must not be null");
	}

	/**
	 * Create a receipt of a command for which no notice was shown.
	 * @param kind what was done
	 * @param at when
	 * @param channel how it was made
	 * @param scope how far a grant reaches
	 * @param notice the hash of the notice that was agreed to, or {@code null}
	 * @param grantId the id of a grant that took over another one, or {@code null}
	 * @param continues the id of the grant that was taken over, or {@code null}
	 */
	public ConsentReceipt(Kind kind, Instant at, String channel, ConsentScope scope, @Nullable String notice,
			@Nullable String grantId, @Nullable String continues) {
		this(kind, at, channel, scope, notice, grantId, continues, null, null);
	}

	/**
	 * Return the receipt of a decision.
	 * @param decision the decision
	 * @return its receipt
	 */
	public static ConsentReceipt of(ConsentRecord decision) {
		if (decision.granted()) {
			return of(Kind.GRANTED, decision);
		}
		return of(decision.grantedBefore() ? Kind.WITHDRAWN : Kind.DENIED, decision);
	}

	/**
	 * Return the same receipt with the sentences that the user saw.
	 * @param shown the sentences, or {@code null} when none were shown
	 * @return the receipt
	 */
	public ConsentReceipt showing(@Nullable ShownNotice shown) {
		return (shown == null) ? this : new ConsentReceipt(this.kind, this.at, this.channel, this.scope, this.notice,
				this.grantId, this.continues, shown.locale(), shown.hash());
	}

	/** Return the receipt of a grant that could not be stored after its receipt. */
	public static ConsentReceipt failed(ConsentRecord grant) {
		return of(Kind.FAILED, grant);
	}

	private static ConsentReceipt of(Kind kind, ConsentRecord decision) {
		@Nullable String continued = decision.continues();
		return new ConsentReceipt(kind, decision.asOf(), decision.channel(), decision.scope(), decision.notice(),
				(continued != null) ? decision.grantId() : null, continued);
	}

	/** Return the receipt of a grant that is held to another notice from now on. */
	public static ConsentReceipt rebased(ConsentRecord grant, @Nullable String notice, Instant at) {
		return new ConsentReceipt(Kind.REBASED, at, grant.channel(), grant.scope(), notice, null, null);
	}

	/** Return the receipt of a reset. */
	public static ConsentReceipt reset(Instant at, String channel) {
		return new ConsentReceipt(Kind.RESET, at, channel, ConsentScope.NONE, null, null, null);
	}

	/** What was done. */
	public enum Kind {

		/** Consent was granted. */
		GRANTED,

		/** Consent was denied; it had not been granted before. */
		DENIED,

		/** Consent that had been granted was withdrawn. */
		WITHDRAWN,

		/** Everything about this installation was forgotten. */
		RESET,

		/**
		 * A grant to a notice of an earlier format is held to today's notice: to what
		 * that says wherever the earlier one left something open.
		 */
		REBASED,

		/** A grant could not be stored after its receipt: it never counted. */
		FAILED

	}

}
