package dev.telemetry.actuate;

import java.util.List;

import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentGrant;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.NoticeHashes;
import dev.telemetry.consent.store.ShownNotice;
import org.jspecify.annotations.Nullable;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * A gate that answers as a test tells it: a real one has no disk that fails on demand.
 */
final class ScriptedGate {

	final ConsentGate gate = mock(ConsentGate.class);

	private volatile ConsentDecision decision;

	private volatile Outcome outcome;

	private volatile int aborted;

	volatile @Nullable String notice;

	volatile @Nullable ShownNotice shown;

	volatile int writes;

	ScriptedGate() {
		reset();
		given(this.gate.decision()).willAnswer((call) -> this.decision);
		given(this.gate.refresh()).willAnswer((call) -> this.decision);
		given(this.gate.disable(any())).willAnswer((call) -> answer(ConsentState.WITHDRAWN, ConsentScope.NONE));
		given(this.gate.reset(any(), any())).willAnswer((call) -> {
			call.<Runnable>getArgument(1).run();
			return answer(ConsentState.WITHDRAWN, ConsentScope.NONE);
		});
		given(this.gate.enable(any(), any(), any(), any())).willAnswer((call) -> {
			this.notice = call.getArgument(1);
			this.shown = call.getArgument(3);
			return answer(ConsentState.GRANTED, call.getArgument(0));
		});
	}

	void reset() {
		this.decision = decision(ConsentState.UNDECIDED, ConsentScope.NONE);
		this.outcome = Outcome.DONE;
		this.aborted = 0;
		this.notice = null;
		this.shown = null;
		this.writes = 0;
	}

	void grant() {
		this.decision = decision(ConsentState.GRANTED, ConsentScope.EXPORT);
	}

	void script(Outcome outcome, int aborted) {
		this.outcome = outcome;
		this.aborted = aborted;
	}

	ConsentState state() {
		return this.decision.state();
	}

	ConsentScope scope() {
		return this.decision.scope();
	}

	private ConsentAnswer answer(ConsentState state, ConsentScope scope) {
		this.writes++;
		boolean done = this.outcome == Outcome.DONE;
		if (done) {
			this.decision = decision(state, scope);
		}
		return new ConsentAnswer(this.outcome, this.decision, done ? null : "because", done ? null : "DO_NOT_TRACK",
				this.aborted);
	}

	private static ConsentDecision decision(ConsentState state, ConsentScope scope) {
		boolean granted = state == ConsentState.GRANTED;
		return new ConsentDecision(state, scope, granted ? scope : null, granted ? 9 : 13, "said so",
				granted ? "consent.json" : null, false, null, false, granted ? "actuator" : null,
				granted ? new ConsentGrant("g1", null) : null,
				List.of(new ConsentInput(12, "telemetry.opt-in", null, null, false)),
				new NoticeHashes("sha256:cd", granted ? "sha256:ab" : null));
	}

}
