package dev.telemetry.consent.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentRecordFormat;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.NoticeHashes;
import org.jspecify.annotations.Nullable;

/**
 * Turns all inputs into a decision: the thirteen rules, of which the first that matches
 * decides. A pure function: no clock, no file, no state.
 * <ol>
 * <li>The author's gate is shut: {@code ABSENT}.
 * <li>Configuration denies consent, or has a value that neither grants nor denies it:
 * {@code VETOED}.
 * <li>{@code DO_NOT_TRACK}: {@code VETOED}.
 * <li>{@code OTEL_SDK_DISABLED=true}: {@code VETOED}.
 * <li>A test environment: {@code SUPPRESSED}.
 * <li>A build server, without a grant in configuration: {@code SUPPRESSED}.
 * <li>The record cannot be trusted: {@code FAULT}.
 * <li>A recorded denial: {@code DENIED} or {@code WITHDRAWN}.
 * <li>A recorded grant: {@code GRANTED}, or {@code STALE} when it is too old, dated in
 * the future, or too narrow.
 * <li>A grant in configuration: {@code GRANTED}, {@code EXPORT}.
 * <li>A grant in {@code telemetry.yaml}: {@code GRANTED}, {@code EXPORT}.
 * <li>A grant in {@code telemetry.opt-in}: {@code GRANTED}, {@code LOCAL}.
 * <li>No decision has been made: {@code UNDECIDED}.
 * </ol>
 */
final class ConsentResolver {

	/** A grant that was dated so far ahead was not dated by a clock that was right. */
	private static final Duration FUTURE = Duration.ofDays(-1);

	private final ConsentPolicy policy;

	private final String place;

	/**
	 * Create a resolver.
	 * @param policy how consent is judged
	 * @param place where the record is stored
	 */
	ConsentResolver(ConsentPolicy policy, String place) {
		this.policy = policy;
		this.place = place;
	}

	/**
	 * Resolve.
	 * @param said what the sources say
	 * @param found what the store holds
	 * @param circumstances what else counts
	 * @return the decision
	 */
	ConsentDecision resolve(List<ConsentInput> said, Found found, Circumstances circumstances) {
		List<ConsentInput> all = new ArrayList<>(said);
		List<ConsentInput> inputs = said.stream().filter((input) -> !input.overruled()).toList();
		ConsentInput recorded = describe(found);
		all.add(recorded);
		Verdict verdict = veto(inputs);
		if (verdict == null) {
			verdict = record(found, recorded, circumstances);
		}
		if (verdict == null) {
			verdict = standingYes(inputs, circumstances);
		}
		return verdict.toDecision(all, circumstances.cap(),
				new NoticeHashes(circumstances.notice(), accepted(found, verdict)));
	}

	private @Nullable String accepted(Found found, Verdict verdict) {
		ConsentRecord record = found.record();
		if (record != null && record.granted()) {
			return record.notice();
		}
		return (verdict.rule() == 10 || verdict.rule() == 11) ? this.policy.notice() : null;
	}

	/** Rules 1 to 6. */
	private @Nullable Verdict veto(List<ConsentInput> inputs) {
		for (ConsentInput input : inputs) {
			if (input.rule() == 1 && input.value() != null && input.word() != BooleanWord.TRUE) {
				return Verdict.closed(ConsentState.ABSENT, 1, input, "the author's gate is shut: " + input.said());
			}
		}
		Verdict verdict = first(inputs, 2, (input) -> saysNo(input), ConsentState.VETOED, "");
		if (verdict == null) {
			verdict = first(inputs, 3, ConsentResolver::doNotTrack, ConsentState.VETOED, "");
		}
		if (verdict == null) {
			verdict = first(inputs, 4, (input) -> "true".equalsIgnoreCase(input.value()), ConsentState.VETOED, "");
		}
		if (verdict == null && this.policy.detectTestEnvironment()) {
			verdict = first(inputs, 5, (input) -> input.value() != null, ConsentState.SUPPRESSED,
					"a test environment was detected: ");
		}
		if (verdict == null && this.policy.detectCi() && configuredYes(inputs) == null) {
			verdict = first(inputs, 6, (input) -> input.value() != null, ConsentState.SUPPRESSED,
					"a build server was detected, where only configuration can opt in: ");
		}
		return verdict;
	}

	private static @Nullable Verdict first(List<ConsentInput> inputs, int rule, Predicate<ConsentInput> matches,
			ConsentState state, String reason) {
		for (ConsentInput input : inputs) {
			if (input.rule() == rule && matches.test(input)) {
				return Verdict.closed(state, rule, input, reason + input.said());
			}
		}
		return null;
	}

	private static boolean saysNo(ConsentInput input) {
		return input.word() == BooleanWord.FALSE || input.word() == BooleanWord.NEITHER;
	}

	private static boolean doNotTrack(ConsentInput input) {
		String value = (input.value() != null) ? input.value().toLowerCase(Locale.ROOT) : "";
		return switch (value) {
			case "", "0", "false", "no", "off" -> false;
			default -> true;
		};
	}

	/** Rules 7 to 9. */
	private @Nullable Verdict record(Found found, ConsentInput recorded, Circumstances circumstances) {
		if (found.fault() != null) {
			return Verdict.closed(ConsentState.FAULT, 7, recorded,
					this.place + ((found.away() != null) ? " cannot be read: " : " cannot be trusted: ") + found.fault()
							+ "; " + Objects.requireNonNullElse(found.action(), "disable moves what is damaged aside"));
		}
		ConsentRecord record = found.record();
		if (record == null) {
			return null;
		}
		String how = through(record.channel()) + " on " + record.asOf();
		if (!record.granted()) {
			return Verdict.closed(record.grantedBefore() ? ConsentState.WITHDRAWN : ConsentState.DENIED, 8, recorded,
					(record.grantedBefore() ? "taken back " : "denied ") + how);
		}
		String age = age(record, circumstances.now());
		if (age != null) {
			return Verdict.stale(record.scope(), 9, recorded, "granted " + how + ", " + age);
		}
		if (!circumstances.covered().test(record.notice())) {
			return Verdict.stale(record.scope(), 9, recorded,
					"granted " + how + ", but " + notCovered(record.notice(), circumstances));
		}
		return new Verdict(ConsentState.GRANTED, record.scope(), 9, recorded, "granted " + how, record.channel(),
				new ConsentGrant(String.valueOf(record.grantId()), record.continues()));
	}

	/**
	 * Say why a grant does not count for its date. One of tomorrow counts as one of
	 * today: clocks differ.
	 */
	private @Nullable String age(ConsentRecord record, @Nullable Instant now) {
		if (now == null) {
			return null;
		}
		Duration age = Duration.between(record.asOf(), now);
		if (age.compareTo(this.policy.maxAge()) > 0) {
			return "longer ago than telemetry.consent.max-age allows";
		}
		return (age.compareTo(FUTURE) < 0) ? "which is in the future; if the clock is right now, grant it again" : null;
	}

	private static String notCovered(@Nullable String accepted, Circumstances circumstances) {
		if (circumstances.notice() == null) {
			return "what would be collected is not known yet";
		}
		return (accepted == null) ? "it names no notice" : "more may be collected today than was agreed to";
	}

	private static String through(String channel) {
		return switch (channel) {
			case "actuator" -> "through the actuator endpoint";
			case "command" -> "on the command line";
			default -> "through " + channel;
		};
	}

	/** Rules 10 to 13. */
	private Verdict standingYes(List<ConsentInput> inputs, Circumstances circumstances) {
		ConsentInput configured = configuredYes(inputs);
		if (configured != null) {
			return configurationYes(10, configured, channel(configured), circumstances);
		}
		for (ConsentInput input : inputs) {
			if (input.rule() == 11 && input.word() == BooleanWord.TRUE) {
				return configurationYes(11, input, "config", circumstances);
			}
		}
		for (ConsentInput input : inputs) {
			if (input.rule() == 12 && input.word() == BooleanWord.TRUE) {
				return new Verdict(ConsentState.GRANTED, ConsentScope.LOCAL, 12, input, input.said(), "file",
						configured(12, circumstances));
			}
		}
		return new Verdict(ConsentState.UNDECIDED, ConsentScope.NONE, 13, null, "no decision has been made", null,
				null);
	}

	private Verdict configurationYes(int rule, ConsentInput input, String channel, Circumstances circumstances) {
		if (this.policy.notice() != null && !circumstances.covered().test(this.policy.notice())) {
			return Verdict.stale(ConsentScope.EXPORT, rule, input,
					input.said() + ", but telemetry.consent.notice names another notice than today's");
		}
		return new Verdict(ConsentState.GRANTED, ConsentScope.EXPORT, rule, input, input.said(), channel,
				configured(rule, circumstances));
	}

	private @Nullable ConsentInput configuredYes(List<ConsentInput> inputs) {
		for (ConsentInput input : inputs) {
			if (input.rule() == 2 && input.word() == BooleanWord.TRUE
					&& (this.policy.trustPackaged() || !input.packaged())) {
				return input;
			}
		}
		return null;
	}

	private static String channel(ConsentInput input) {
		String origin = Objects.requireNonNullElse(input.origin(), "");
		return (origin.startsWith("environment ") || origin.startsWith("system property ")) ? "env" : "config";
	}

	/** It is not recorded, so its id is computed from its content. */
	private static ConsentGrant configured(int rule, Circumstances circumstances) {
		return new ConsentGrant(ConsentRecordFormat.checksum(rule + "\n" + circumstances.firstFormat()), null);
	}

	private ConsentInput describe(Found found) {
		ConsentRecord record = found.record();
		String value = (found.fault() != null) ? ((found.away() != null) ? "unreadable" : "damaged")
				: (record == null) ? null : record.granted() ? "granted" : "denied";
		return new ConsentInput((record != null && record.granted()) ? 9 : (found.fault() != null) ? 7 : 8, this.place,
				value, (value != null) ? this.place : null, false);
	}

	/**
	 * What else counts for a decision.
	 *
	 * @param now the time, or {@code null} when it cannot be told
	 * @param notice the hash of today's notice, or {@code null} while there is none
	 * @param firstFormat the hash of today's notice in the first format, from which the
	 * id of a grant by configuration is computed; {@code null} while there is none
	 * @param covered whether a notice, by its hash, covers today's
	 * @param cap why nothing may leave this machine, or {@code null}
	 */
	record Circumstances(@Nullable Instant now, @Nullable String notice, @Nullable String firstFormat,
			Predicate<@Nullable String> covered, @Nullable ConsentCap cap) {

		Circumstances(@Nullable Instant now, @Nullable String notice, Predicate<@Nullable String> covered,
				@Nullable ConsentCap cap) {
			this(now, notice, notice, covered, cap);
		}

	}

	/**
	 * An incomplete decision; the consent scope is that of the input, before state and
	 * cap.
	 */
	private record Verdict(ConsentState state, ConsentScope scope, int rule, @Nullable ConsentInput input,
			String reason, @Nullable String channel, @Nullable ConsentGrant grant) {

		static Verdict stale(ConsentScope scope, int rule, ConsentInput input, String reason) {
			return new Verdict(ConsentState.STALE, scope, rule, input, reason, null, null);
		}

		static Verdict closed(ConsentState state, int rule, ConsentInput input, String reason) {
			return new Verdict(state, ConsentScope.NONE, rule, input, reason, null, null);
		}

		ConsentDecision toDecision(List<ConsentInput> inputs, @Nullable ConsentCap cap, NoticeHashes notice) {
			List<ConsentInput> others = inputs.stream().filter((other) -> !other.equals(this.input)).toList();
			boolean granted = this.state == ConsentState.GRANTED;
			ConsentCap applied = (granted && this.scope == ConsentScope.EXPORT) ? cap : null;
			ConsentScope scope = (applied != null) ? ConsentScope.LOCAL : granted ? this.scope : ConsentScope.NONE;
			return new ConsentDecision(this.state, scope, (this.scope != ConsentScope.NONE) ? this.scope : null,
					this.rule, this.reason, (this.input != null) ? this.input.origin() : null,
					this.input != null && this.input.packaged(), (applied != null) ? applied.reason() : null,
					granted && cap != null && cap.unusableInput(), this.channel, this.grant, others, notice);
		}

	}

}
