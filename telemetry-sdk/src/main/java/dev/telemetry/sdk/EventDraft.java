package dev.telemetry.sdk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.TrackResult;
import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import dev.telemetry.pipeline.DeclaredValues;
import dev.telemetry.pipeline.ProcessedEventRule;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one event until it is recorded. A thread uses one draft for its events one
 * after another, see {@link EventDrafts}; after each it forgets everything.
 */
final class EventDraft implements ProcessedEventRule {

	/** What the system measures; part of every event that is timed. */
	private static final Set<String> MEASURED = Set.of("duration_ms", "success", "outcome", "error");

	private static final int PLACES = 16;

	private static final String UNUSED = "unused";

	private final Thread maker = Thread.currentThread();

	private final Event.Builder builder = Event.builder(UNUSED);

	private @Nullable RecordingSession session;

	private @Nullable EventRule rule;

	private boolean callerNamed;

	// The rule of the event before, for the next one of that name
	private @Nullable String knownName;

	private @Nullable EventRules knownFrom;

	private int knownAt;

	private @Nullable EventRule known;

	// By the place of an attribute: its declared name, and what declares it
	private final @Nullable String[] names = new String[PLACES];

	private final @Nullable PropertyDefinition[] properties = new PropertyDefinition[PLACES];

	private @Nullable EventDefinition propertiesOf;

	// Which required properties had a value, even if nothing of it is recorded
	private final BitSet given = new BitSet();

	boolean isTaken() {
		return this.session != null;
	}

	/**
	 * Return the rule for events of a name. Asked again only when something else is
	 * declared or configured than for the last event of this draft.
	 */
	@SuppressWarnings("ReferenceEquality") // another string with the name is no mistake
	EventRule rule(EventRules rules, String name) {
		int changes = rules.changes();
		EventRule last = this.known;
		if (last != null && this.knownName == name && this.knownFrom == rules && this.knownAt == changes) {
			return last;
		}
		EventRule found = rules.get(name);
		this.knownName = name;
		this.knownFrom = rules;
		this.knownAt = changes;
		this.known = found;
		return found;
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
		PropertyDefinition property = property(key);
		if (property != null && value != null) {
			putDeclared(this.builder, property, value);
		}
		else if (property == null) {
			putUndeclared(key, value);
		}
	}

	/** Return what declares an attribute: at its place mostly the same as before. */
	@SuppressWarnings("ReferenceEquality") // another string with the name is no mistake
	private @Nullable PropertyDefinition property(String key) {
		EventDefinition definition = rule().definition();
		if (definition == null) {
			return null;
		}
		if (this.propertiesOf != definition) {
			this.propertiesOf = definition;
			Arrays.fill(this.names, null);
		}
		int place = this.builder.attributes().size() & (PLACES - 1);
		if (key != null && this.names[place] == key) {
			return this.properties[place];
		}
		PropertyDefinition found = rule().property(key);
		if (found != null) {
			this.names[place] = key;
			this.properties[place] = found;
		}
		return found;
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
			target.normalAttribute(property.name(), kept);
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

	/** A name that was made at run time may say anything. */
	private void forget() {
		if (this.callerNamed) {
			this.builder.restart(UNUSED);
			this.knownName = null;
			this.known = null;
		}
		else {
			this.builder.restart();
		}
	}

	/**
	 * Forget the event. A draft that was handed to another thread stays taken, so that
	 * the thread that made it never uses it again: it could not see in what state it is.
	 */
	void release() {
		if (Thread.currentThread() == this.maker) {
			forget();
			this.given.clear();
			this.rule = null;
			this.session = null;
		}
	}

}
