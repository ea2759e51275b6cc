package dev.telemetry.sdk;

import java.lang.ref.WeakReference;

import org.jspecify.annotations.Nullable;

/**
 * Provides each thread with a draft for its events, so that an event costs its caller
 * little more memory than the event itself.
 */
final class EventDrafts {

	/*
	 * Each thread reads and writes its own entry. An entry holds the draft the thread
	 * made last; while that one is taken, because its recorder is still open or was never
	 * recorded or went to another thread, the thread makes a new one and keeps that
	 * instead. So an open recorder alone holds its draft, whatever is recorded meanwhile.
	 *
	 * The reference is weak, and a type of the JDK's, so that a thread of a pool keeps no
	 * class of ours alive after the application is gone.
	 */
	private static final ThreadLocal<@Nullable WeakReference<EventDraft>> LAST = new ThreadLocal<>();

	private EventDrafts() {
	}

	static EventDraft take(RecordingSession session, EventRule rule, String name, boolean callerNamed) {
		WeakReference<EventDraft> reference = LAST.get();
		EventDraft draft = (reference != null) ? reference.get() : null;
		if (draft == null || draft.isTaken()) {
			draft = new EventDraft();
			LAST.set(new WeakReference<>(draft));
		}
		draft.take(session, rule, name, callerNamed);
		return draft;
	}

}
