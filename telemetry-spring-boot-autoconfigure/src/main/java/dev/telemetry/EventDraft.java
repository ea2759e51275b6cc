package dev.telemetry;

import java.util.Objects;

import dev.telemetry.EventRules.EventRule;
import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * What one event is made of until it is recorded. A thread uses one draft for its events
 * one after another, see {@link EventDrafts}; after each it forgets everything.
 */
final class EventDraft {

	private static final String UNUSED = "unused";

	private final Thread maker = Thread.currentThread();

	private final Event.Builder builder = Event.builder(UNUSED);

	private @Nullable RecordingSession session;

	private @Nullable EventRule rule;

	private boolean callerNamed;

	boolean isTaken() {
		return this.session != null;
	}

	/** Begin an event; to be called on the thread that made this draft. */
	void take(RecordingSession session, EventRule rule, String name, boolean callerNamed) {
		this.session = session;
		this.rule = rule;
		this.callerNamed = callerNamed;
		this.builder.name(name);
		session.prepare(this.builder, rule);
	}

	Event.Builder builder() {
		return this.builder;
	}

	RecordingSession session() {
		return Objects.requireNonNull(this.session);
	}

	EventRule rule() {
		return Objects.requireNonNull(this.rule);
	}

	void record() {
		session().record(this.builder, this.callerNamed);
	}

	/**
	 * Forget the event. A draft that was handed to another thread stays taken, so that
	 * the thread that made it never uses it again: it could not see in what state it is.
	 */
	void release() {
		if (Thread.currentThread() == this.maker) {
			this.builder.restart(UNUSED);
			this.rule = null;
			this.session = null;
		}
	}

}
