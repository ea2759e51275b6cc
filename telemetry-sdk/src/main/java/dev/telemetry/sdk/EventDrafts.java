package dev.telemetry.sdk;

import java.lang.ref.WeakReference;

import org.jspecify.annotations.Nullable;

/**
 * Provides each thread with a draft for its events, so that an event costs its caller
 * little more memory than the event itself. Events of one name use the same draft one
 * after another, which then has their keys already.
 */
final class EventDrafts {

	/*
	 * Each thread reads and writes its own entry. A place holds the draft the thread made
	 * last for it; while that one is taken, because its recorder is still open or was
	 * never recorded or went to another thread, the thread makes a new one and keeps that
	 * instead. Names that fall on the same place take turns.
	 *
	 * The reference is weak, and a type of the JDK's, so that a thread of a pool keeps no
	 * class of ours alive after the application is gone.
	 */
	private static final ThreadLocal<@Nullable WeakReference<EventDrafts>> OF_THREAD = new ThreadLocal<>();

	private static final int PLACES = 8;

	private final @Nullable EventDraft[] drafts = new EventDraft[PLACES];

	private EventDrafts() {
	}

	/** Return the one draft of the current thread that is not in use, for a name. */
	static EventDraft untaken(String name) {
		WeakReference<EventDrafts> reference = OF_THREAD.get();
		EventDrafts all = (reference != null) ? reference.get() : null;
		if (all == null) {
			all = new EventDrafts();
			OF_THREAD.set(new WeakReference<>(all));
		}
		int hash = name.hashCode();
		return all.untaken((hash ^ (hash >>> 16)) & (PLACES - 1));
	}

	private EventDraft untaken(int place) {
		EventDraft draft = this.drafts[place];
		if (draft == null || draft.isTaken()) {
			draft = new EventDraft();
			this.drafts[place] = draft;
		}
		return draft;
	}

}
