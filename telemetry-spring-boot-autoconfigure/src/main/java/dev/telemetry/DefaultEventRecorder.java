package dev.telemetry;

import dev.telemetry.EventRules.EventRule;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one event for one session. Belongs to the thread that
 * records; a session that has closed meanwhile swallows what it is given.
 */
final class DefaultEventRecorder implements EventRecorder {

	/** Stands for a value that is declared personal and so is never kept in clear. */
	static final String REDACTED = "[redacted]";

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
				put(open, key, value);
			}
			catch (Throwable ex) {
				open.session().failed(ex);
			}
		}
		return this;
	}

	private static void put(EventDraft draft, String key, @Nullable Object value) {
		EventRule rule = draft.rule();
		PropertyDefinition property = rule.property(key);
		if (property == null && !rule.keepsUndeclared()) {
			draft.session().droppedUndeclared();
		}
		else if (property == null || property.keptInClear()) {
			draft.builder().attribute(key, value);
		}
		else if (value instanceof CharSequence) {
			// That there was a value may be told; a number or flag has no such stand-in
			draft.builder().attribute(key, REDACTED);
		}
	}

	/** Set what the system measured, past any rule for the caller's attributes. */
	void measured(String key, @Nullable Object value) {
		EventDraft open = this.draft;
		if (open != null) {
			open.builder().attributes().remove(key);
			open.builder().attribute(key, value);
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
		EventDraft open = this.draft;
		if (open == null) {
			return;
		}
		this.draft = null;
		RecordingSession session = open.session();
		try {
			open.record();
			open.release();
		}
		catch (Throwable ex) {
			// Not released: what failed half-way is not used again
			session.failed(ex);
		}
	}

}
