package dev.telemetry.autoconfigure;

import java.util.function.Supplier;

import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Says at start, in one line, that no decision has been made and where to make it, or
 * that configuration made it in place of a person. Silent under a veto, a denial and a
 * recorded grant, and when the context is started again.
 */
final class StartMessage implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(StartMessage.class);

	private static final String COMMANDS = "Review with --telemetry.command=notice, and decide with"
			+ " --telemetry.command=enable or --telemetry.command=disable";

	private static final int FIRST_CONFIGURED = 10;

	private final Supplier<ConsentDecision> decision;

	private final Supplier<@Nullable NoticeAddress> address;

	private volatile boolean said;

	private volatile boolean running;

	StartMessage(Supplier<ConsentDecision> decision, Supplier<@Nullable NoticeAddress> address) {
		this.decision = decision;
		this.address = address;
	}

	@Override
	public void start() {
		this.running = true;
		if (!this.said) {
			this.said = true;
			say();
		}
	}

	private void say() {
		try {
			ConsentDecision now = this.decision.get();
			if (now.state() == ConsentState.UNDECIDED) {
				logger.info("Telemetry is off: no decision has been made. " + advice());
			}
			else if (now.state() == ConsentState.GRANTED && now.rule() >= FIRST_CONFIGURED) {
				logger.info("Telemetry is on by " + now.origin() + "; no person has decided.");
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Telemetry: what was decided cannot be told", ex);
		}
	}

	private String advice() {
		NoticeAddress exposed = this.address.get();
		return (exposed != null) ? exposed.advice() : COMMANDS;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** After the user at the terminal has been asked. */
	@Override
	public int getPhase() {
		return TelemetryLifecycle.PHASE + 2;
	}

}
