package dev.telemetry.consent;

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
