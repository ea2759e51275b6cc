package dev.telemetry.consent;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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
			return accepted != null && accepted.equals(current());
		}

		@Override
		public void keep() throws IOException {
			if (GateFixture.this.keepingFails) {
				throw new IOException("the disk is full");
			}
			GateFixture.this.happened.add("keep notice");
		}

	};

	@Nullable String cap;

	final ConsentGate gate = ConsentGate.builder(this.store)
		.sources(List.of(() -> List.copyOf(this.inputs)))
		.tool("demo")
		.notices(this.notices)
		.cap(() -> this.cap)
		.clocks(() -> Inputs.NOW, this.nanoTime::get)
		.closeWait(Duration.ofMillis(20))
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
