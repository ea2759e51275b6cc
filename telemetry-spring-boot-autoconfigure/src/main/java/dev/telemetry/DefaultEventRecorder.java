package dev.telemetry;

import dev.telemetry.EventRules.EventRule;
import dev.telemetry.event.Event;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one event for one session. Belongs to the thread that
 * records; a session that has closed meanwhile swallows what it is given.
 */
final class DefaultEventRecorder implements EventRecorder {

	/** Stands for a value that is declared personal and so is never kept in clear. */
	private static final String REDACTED = "[redacted]";

	private final RecordingSession session;

	private final EventRule rule;

	private final Event.Builder draft;

	private final boolean callerNamed;

	private boolean recorded;

	DefaultEventRecorder(RecordingSession session, EventRule rule, Event.Builder draft, boolean callerNamed) {
		this.session = session;
		this.rule = rule;
		this.draft = draft;
		this.callerNamed = callerNamed;
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
		try {
			put(key, value);
		}
		catch (Throwable ex) {
			this.session.failed(ex);
		}
		return this;
	}

	private void put(String key, @Nullable Object value) {
		if (this.recorded) {
			return;
		}
		PropertyDefinition property = this.rule.property(key);
		if (property == null && !this.rule.keepsUndeclared()) {
			this.session.droppedUndeclared();
		}
		else if (property == null || property.keptInClear()) {
			this.draft.attribute(key, value);
		}
		else if (value instanceof CharSequence) {
			// That there was a value may be told; a number or flag has no such stand-in
			this.draft.attribute(key, REDACTED);
		}
	}

	/** Set what the system measured, past any rule for the caller's attributes. */
	void measured(String key, @Nullable Object value) {
		this.draft.attributes().remove(key);
		this.draft.attribute(key, value);
	}

	void failed(Throwable failure) {
		this.session.failed(failure);
	}

	@Override
	public void record() {
		if (this.recorded) {
			return;
		}
		this.recorded = true;
		try {
			this.session.record(this.draft, this.callerNamed);
		}
		catch (Throwable ex) {
			this.session.failed(ex);
		}
	}

}
