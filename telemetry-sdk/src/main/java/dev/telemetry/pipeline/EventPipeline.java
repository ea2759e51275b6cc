package dev.telemetry.pipeline;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.telemetry.Internal;
import dev.telemetry.event.AttributeList;
import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event out of a draft: custom processors, then the limit on the number of
 * attributes, then redaction of every key and every string, then the limit on their
 * length, then the observers.
 * <p>
 * Texts are cut after redaction: a cut through a secret would leave a head that no rule
 * recognises. Until then {@link Event.Builder#attribute(String, Object)} bounds them.
 * <p>
 * Runs on the thread that records. Never throws, whatever processors and observers do.
 * Safe for use by several threads if they are.
 */
@Internal
public final class EventPipeline {

	private final List<EventProcessor> processors;

	private final List<EventObserver> observers;

	private final AttributeLimits limits;

	private final Redactor redactor;

	private final DropCounters drops;

	private final DeclaredValues values;

	private final AttributeKeys keys;

	private final FailureLog failures = new FailureLog();

	// Made once: the hot path creates no lambda
	private final UnaryOperator<String> keyRule;

	private final BinaryOperator<String> valueRule;

	private final UnaryOperator<String> textRule;

	private final Predicate<String> plainKey;

	// Replaced when more names are known: what was found before does not count any more
	private volatile Object judge = new Object();

	/**
	 * Create a pipeline.
	 * @param processors the custom processors in order
	 * @param observers the observers in order
	 * @param maxAttributes how many attributes an event may have
	 * @param maxAttributeLength how many {@code char}s a key or a string may have
	 * @param redactor what runs after all processors
	 * @param drops takes what is refused, dropped or cut
	 * @throws IllegalArgumentException if {@code maxAttributes} is negative or
	 * {@code maxAttributeLength} is below 1
	 */
	public EventPipeline(List<? extends EventProcessor> processors, List<? extends EventObserver> observers,
			int maxAttributes, int maxAttributeLength, Redactor redactor, DropCounters drops) {
		this.processors = List.copyOf(processors);
		this.observers = List.copyOf(observers);
		this.limits = new AttributeLimits(maxAttributes, maxAttributeLength, drops);
		this.redactor = redactor;
		this.drops = drops;
		this.values = new DeclaredValues(redactor);
		this.keys = new AttributeKeys(redactor);
		this.keyRule = this.keys::redact;
		this.valueRule = redactor::redactValue;
		this.textRule = redactor::redact;
		this.plainKey = this.keys::isPlain;
	}

	/**
	 * Look at the machine for what must not be recorded of it, and for what the first
	 * event would have to wait for. Called when a session opens and before its first
	 * event, by a thread that may read files.
	 */
	public void prepare() {
		this.redactor.learnHostNames();
		this.keys.forget();
		this.judge = new Object();
		seedIds();
	}

	/** The first event of a process reads the system's random source, a file. */
	private static void seedIds() {
		Event.builder("prepared").build();
	}

	/**
	 * Return what judges and redacts the values of declared properties, before they get
	 * into a draft.
	 * @return the rules for values
	 */
	public DeclaredValues values() {
		return this.values;
	}

	/**
	 * Make the event.
	 * @param draft what was recorded, the system's own attributes included; used up
	 * @param callerNamed whether the name came from a caller at run time, and not from a
	 * declaration: then it is redacted, too
	 * @return the event to record, or {@code null} if a processor refused it
	 */
	public @Nullable Event process(Event.Builder draft, boolean callerNamed) {
		return process(draft, callerNamed, ProcessedEventRule.NONE);
	}

	/**
	 * Make the event, and judge it anew when a processor has changed it.
	 * @param draft as above
	 * @param callerNamed as above
	 * @param rule the judge
	 * @return the event to record, or {@code null} if a processor or the judge refused it
	 */
	public @Nullable Event process(Event.Builder draft, boolean callerNamed, ProcessedEventRule rule) {
		if (this.processors.isEmpty()) {
			return finish(draft, callerNamed);
		}
		Event original = draft.build();
		Event changed = runProcessors(original);
		if (changed == null) {
			this.drops.refuse(DropReason.INVALID);
			return null;
		}
		if (changed.equals(original)) {
			return finish(draft, callerNamed);
		}
		this.drops.add(DropReason.INVALID, draft.refused());
		Event.Builder judged = rule.judge(original, changed);
		return (judged != null)
				? finish(restoreSystemValues(judged, original), callerNamed || !changed.name().equals(original.name()))
				: null;
	}

	private @Nullable Event runProcessors(Event event) {
		Event current = event;
		for (EventProcessor processor : this.processors) {
			try {
				current = processor.process(current);
			}
			catch (Exception | LinkageError | AssertionError | StackOverflowError ex) {
				// It may be the one that removes what must not be recorded
				this.failures.report(processor, ex);
				current = null;
			}
			if (current == null) {
				return null;
			}
		}
		return current;
	}

	private static Event.Builder restoreSystemValues(Event.Builder changed, Event original) {
		return changed.id(original.id())
			.type(original.type())
			.origin(original.origin())
			.timestampMillis(original.timestampMillis())
			.samplingRate(original.samplingRate());
	}

	private Event finish(Event.Builder draft, boolean redactName) {
		if (redactName) {
			draft.name(this.redactor.redact(draft.name()));
		}
		redact(draft.attributes());
		this.drops.add(DropReason.INVALID, draft.refused());
		Event event = draft.build();
		for (EventObserver observer : this.observers) {
			observe(observer, event);
		}
		return event;
	}

	private void redact(AttributeList attributes) {
		// Read first: names that are learned meanwhile are looked for in the next event
		Object by = this.judge;
		this.limits.limitCount(attributes);
		if (!attributes.rewritePlain(by, this.textRule)) {
			attributes.rewrite(this.keyRule, this.valueRule);
			attributes.rememberPlain(by, this.plainKey);
		}
		this.limits.limitLength(attributes);
	}

	private void observe(EventObserver observer, Event event) {
		try {
			observer.observe(event);
		}
		catch (Exception | LinkageError | AssertionError | StackOverflowError ex) {
			this.failures.report(observer, ex);
		}
	}

}
