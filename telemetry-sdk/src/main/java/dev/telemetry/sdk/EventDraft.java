package dev.telemetry.sdk;

import java.util.BitSet;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.TrackResult;
import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import dev.telemetry.pipeline.DeclaredValues;
import dev.telemetry.pipeline.ProcessedEventRule;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one event until it is recorded. A thread uses one draft for its events one
 * after another, see {@link EventDrafts}; after each it forgets everything.
 */
final class EventDraft implements ProcessedEventRule {

	/** What the system measures; part of every event that is timed. */
	private static final Set<String> MEASURED = Set.of("duration_ms", "success", "outcome", "error");

	private static final String UNUSED = "unused";

	private final Thread maker = Thread.currentThread();

	private final Event.Builder builder = Event.builder(UNUSED);

	private @Nullable RecordingSession session;

	private @Nullable EventRule rule;

	private boolean callerNamed;

	// Which required properties had a value, even if nothing of it is recorded
	private final BitSet given = new BitSet();

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

	/**
	 * Set an attribute as its declaration says, or as the rule for undeclared ones does.
	 * A value that is not as declared is left out and counted.
	 */
	void put(String key, @Nullable Object value) {
		PropertyDefinition property = rule().property(key);
		if (property != null && value != null) {
			putDeclared(this.builder, property, value);
		}
		else if (property == null) {
			putUndeclared(key, value);
		}
	}

	private void putUndeclared(String key, @Nullable Object value) {
		if (rule().keepsUndeclared(key)) {
			this.builder.attribute(key, value);
		}
		else {
			session().droppedUndeclared();
		}
	}

	/** Set what the system measured, which needs no declaration but heeds one. */
	void measured(String key, @Nullable Object value) {
		this.builder.attributes().remove(key);
		PropertyDefinition property = rule().property(key);
		if (property != null && value != null) {
			putDeclared(this.builder, property, value);
		}
		else {
			this.builder.attribute(key, value);
		}
	}

	private void putDeclared(Event.Builder target, PropertyDefinition property, Object value) {
		Object kept = session().keep(property, value);
		if (kept == DeclaredValues.REFUSED) {
			session().droppedInvalid();
			return;
		}
		if (kept == DeclaredValues.UNDECLARED) {
			putUndeclared(property.name(), value);
			return;
		}
		if (property.required()) {
			this.given.set(rule().required().indexOf(property));
		}
		if (kept != null) {
			target.attribute(property.name(), kept);
		}
	}

	/**
	 * Hand the event over, unless a required property is missing.
	 * @return the result
	 */
	TrackResult record() {
		if (isIncomplete()) {
			session().refused(DropReason.INVALID);
			return TrackResult.INVALID;
		}
		if (rule().hasConditions() && !rule().keeps(this.builder.attributes()::get)) {
			session().refused(DropReason.SAMPLED);
			return TrackResult.SAMPLED_OUT;
		}
		return session().record(this, rule(), this.builder, this.callerNamed) ? TrackResult.ACCEPTED
				: TrackResult.DROPPED;
	}

	private boolean isIncomplete() {
		for (int i = 0; i < rule().required().size(); i++) {
			// Attributes of every event are set past this draft
			if (!this.given.get(i) && this.builder.attributes().get(rule().required().get(i).name()) == null) {
				return true;
			}
		}
		return false;
	}

	@Override
	public Event.@Nullable Builder judge(Event original, Event changed) {
		boolean renamed = !changed.name().equals(original.name());
		EventRule judging = renamed ? session().rule(changed.name()) : rule();
		if (!judging.isDeclared()) {
			session().refused(DropReason.UNDECLARED);
			return null;
		}
		Event.Builder judged = changed.toBuilder();
		changed.forEachAttribute((key, value) -> {
			boolean known = value.equals(original.attribute(key));
			if (!known || (renamed && !MEASURED.contains(key) && !session().isMetadata(key))) {
				judged.attributes().remove(key);
				putJudged(judged, judging, key, value);
			}
		});
		return judged;
	}

	private void putJudged(Event.Builder judged, EventRule judging, String key, Object value) {
		PropertyDefinition property = judging.property(key);
		Object kept = (property != null) ? session().keep(property, value) : DeclaredValues.UNDECLARED;
		if (kept == DeclaredValues.UNDECLARED && !judging.keepsUndeclared(key)) {
			session().droppedUndeclared();
		}
		else if (kept == DeclaredValues.REFUSED) {
			session().droppedInvalid();
		}
		else if (kept != null) {
			judged.attribute(key, (kept == DeclaredValues.UNDECLARED) ? value : kept);
		}
	}

	/**
	 * Forget the event. A draft that was handed to another thread stays taken, so that
	 * the thread that made it never uses it again: it could not see in what state it is.
	 */
	void release() {
		if (Thread.currentThread() == this.maker) {
			this.builder.restart(UNUSED);
			this.given.clear();
			this.rule = null;
			this.session = null;
		}
	}

}
