package dev.telemetry.sdk;

import java.util.function.BiConsumer;

import dev.telemetry.EventRecorder;
import dev.telemetry.TrackResult;
import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one event for one session. Belongs to the thread that
 * records; a session that has closed meanwhile swallows what it is given.
 */
final class DefaultEventRecorder implements EventRecorder, BiConsumer<String, @Nullable Object> {

	// The only field, and let go of by record(): a caller that keeps the recorder can
	// never reach the event that uses the draft next
	private @Nullable EventDraft draft;

	DefaultEventRecorder(EventDraft draft) {
		this.draft = draft;
	}

	@Override
	public EventRecorder attribute(String key, @Nullable String value) {
		return attribute(key, (Object) value);
	}

	@Override
	public EventRecorder attribute(String key, long value) {
		return attribute(key, (Object) value);
	}

	@Override
	public EventRecorder attribute(String key, double value) {
		return attribute(key, (Object) value);
	}

	@Override
	public EventRecorder attribute(String key, boolean value) {
		return attribute(key, (Object) value);
	}

	@Override
	public EventRecorder attribute(String key, @Nullable Object value) {
		EventDraft open = this.draft;
		if (open != null) {
			try {
				open.put(key, value);
			}
			catch (Throwable ex) {
				open.session().failed(ex);
			}
		}
		return this;
	}

	@Override
	public void accept(String key, @Nullable Object value) {
		attribute(key, value);
	}

	/** Set what the system measured, past the rule for undeclared attributes. */
	void measured(String key, @Nullable Object value) {
		EventDraft open = this.draft;
		if (open != null) {
			open.measured(key, value);
		}
	}

	void failed(Throwable failure) {
		EventDraft open = this.draft;
		if (open != null) {
			open.session().failed(failure);
		}
	}

	@Override
	public void record() {
		complete();
	}

	/**
	 * Record the event.
	 * @return the result
	 */
	TrackResult complete() {
		EventDraft open = this.draft;
		if (open == null) {
			return TrackResult.DROPPED;
		}
		this.draft = null;
		RecordingSession session = open.session();
		try {
			TrackResult result = open.record();
			open.release();
			return result;
		}
		catch (Throwable ex) {
			// Not released: what failed half-way is not used again
			session.lost(ex);
			return TrackResult.DROPPED;
		}
	}

}
