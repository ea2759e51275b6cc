package dev.telemetry.consent.gate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.consent.notice.Notices;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ScriptedConsentStore;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/** A gate on a {@link ScriptedConsentStore}, with everything that happens in one list. */
final class GateFixture {

	final List<String> happened = new ArrayList<>();

	final ScriptedConsentStore store = new ScriptedConsentStore(this.happened);

	final RecordingListener listener = new RecordingListener(this.happened);

	final List<ConsentInput> inputs = new ArrayList<>();

	/** Far from zero, where a monotonic clock may well be. */
	final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1000);

	@Nullable String notice = Inputs.NOTICE;

	boolean keepingFails;

	final Notices notices = new Notices() {

		@Override
		public @Nullable String current() {
			return GateFixture.this.notice;
		}

		@Override
		public boolean covered(@Nullable String accepted) {
			GateFixture.this.compared++;
			return accepted != null && (GateFixture.this.covering || accepted.equals(current()));
		}

		@Override
		public void keep() throws IOException {
			if (GateFixture.this.keepingFails) {
				throw new IOException("the disk is full");
			}
			GateFixture.this.happened.add("keep notice");
		}

	};

	@Nullable ConsentCap cap;

	/** What happens between two looks at a file that is absent. */
	Runnable meanwhile = () -> {
	};

	int pauses;

	/** Whether any notice covers today's. */
	boolean covering;

	int compared;

	Instant now = Inputs.NOW;

	final Instant built = Inputs.NOW.minus(Duration.ofDays(100));

	final Problems problems = new Problems();

	final ConsentGate gate = ConsentGate.builder(this.store)
		.sources(List.of(() -> List.copyOf(this.inputs)))
		.tool("demo")
		.notices(this.notices)
		.cap(() -> this.cap)
		.clocks(() -> this.now, this.nanoTime::get)
		.closeWait(Duration.ofMillis(20))
		.pause(this::pause)
		.earliest(this.built)
		.problems(this.problems)
		.build();

	GateFixture() {
		this.gate.addListener(this.listener);
		this.gate.refresh();
	}

	/** A gate that somebody has opened; what happened so far is forgotten. */
	static GateFixture open() {
		GateFixture fixture = new GateFixture();
		fixture.enable();
		fixture.happened.clear();
		return fixture;
	}

	private void pause() {
		this.pauses++;
		this.meanwhile.run();
	}

	ConsentAnswer enable() {
		return this.gate.enable(ConsentScope.EXPORT, null, "actuator");
	}

	ConsentAnswer disable() {
		return this.gate.disable("actuator");
	}

	ConsentSession session() {
		ConsentSession session = this.gate.session();
		if (session == null) {
			throw new AssertionError("the gate is closed");
		}
		return session;
	}

}
