package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Notes what the gate announces. */
final class RecordingListener implements ConsentListener {

	final List<String> happened;

	final List<ConsentSession> opened = new ArrayList<>();

	RecordingListener(List<String> happened) {
		this.happened = happened;
	}

	@Override
	public void opened(ConsentSession session) {
		this.happened.add("opened");
		this.opened.add(session);
	}

	@Override
	public void widened(ConsentSession session) {
		this.happened.add(session.pass(true).enter() ? "widened" : "widened, but it cannot be entered");
		session.pass(true).exit();
	}

	@Override
	public void narrowing(ConsentSession session) {
		this.happened.add(session.pass(true).enter() ? "narrowing, but it can be entered" : "narrowing");
	}

	@Override
	public void narrowed(ConsentSession session) {
		this.happened.add("narrowed");
	}

	@Override
	public void restricted(ConsentSession session) {
		this.happened.add("restricted");
	}

	@Override
	public void handingOver(ConsentSession session, Duration limit) {
		boolean entered = session.enter();
		if (entered) {
			session.exit();
		}
		this.happened.add(entered ? "handing over" : "handing over, but nothing can be stored");
	}

	@Override
	public void closing(ConsentSession session) {
		this.happened.add(session.enter() ? "closing, but it can be entered" : "closing");
	}

	@Override
	public void closed(ConsentSession session) {
		this.happened.add("closed");
	}

	@Override
	public void withdrawn() {
		this.happened.add("withdrawn");
	}

}
