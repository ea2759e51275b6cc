package dev.telemetry.consent.gate;

import java.util.List;

import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.NoticeHashes;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say right now, and why.
 *
 * @param state the state
 * @param scope how far it reaches, after the cap
 * @param recordedScope the scope that was granted before the cap, or {@code null} without
 * a grant; of a stale one too
 * @param rule the number of the rule that decided
 * @param reason why, for people
 * @param origin where the deciding input was found, or {@code null}
 * @param packaged whether the deciding input came inside the application's own archive
 * @param cap why the scope is less than what was granted, or {@code null}
 * @param restricted whether under a grant events are without the identifier of the
 * installation and without where they were recorded, and what is not declared is dropped,
 * because an input that may demand it cannot be used
 * @param channel how consent was granted: {@code env}, {@code config}, {@code file},
 * {@code actuator} or {@code command}; {@code null} without one
 * @param grant which grant this is, or {@code null} without one
 * @param others the inputs that did not decide
 * @param notice today's notice and the one agreed to
 */
public record ConsentDecision(ConsentState state, ConsentScope scope, @Nullable ConsentScope recordedScope, int rule,
		String reason, @Nullable String origin, boolean packaged, @Nullable String cap, boolean restricted,
		@Nullable String channel, @Nullable ConsentGrant grant, List<ConsentInput> others, NoticeHashes notice) {

	public ConsentDecision {
		others = List.copyOf(others);
	}

	/**
	 * Return which grant this is.
	 * @return its id, or {@code null} without one
	 */
	public @Nullable String grantId() {
		return (this.grant != null) ? this.grant.id() : null;
	}

	/**
	 * Return whether there is a record, whatever it says and whether or not it decided.
	 * @return {@code false} if no decision was ever recorded
	 */
	public boolean hasRecord() {
		return isRecord(this.rule)
				|| this.others.stream().anyMatch((input) -> isRecord(input.rule()) && input.value() != null);
	}

	private static boolean isRecord(int rule) {
		return rule >= 7 && rule <= 9;
	}

}
