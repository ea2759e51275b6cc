package dev.telemetry.spec.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.Internal;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.SemanticVersion;
import dev.telemetry.spec.TelemetrySpec;
import org.jspecify.annotations.Nullable;

/**
 * Holds every declared event, alone or in a spec. Safe for use by several threads, and
 * sealed before the user is told what would be collected.
 */
public final class TelemetrySpecRegistry {

	/*
	 * "lock" guards writing and everything that is asked for rarely. Who records asks for
	 * the newest version of an event only, without the lock.
	 */

	private final Object lock = new Object();

	private final Map<String, EventDefinition> newest = new ConcurrentHashMap<>();

	/** What must not be recorded even where undeclared events are, by their names. */
	private final Map<String, Set<String>> excluded = new ConcurrentHashMap<>();

	/** Raised after each change of the two maps above. */
	private final AtomicInteger changes = new AtomicInteger();

	@GuardedBy("lock")
	private final Map<String, NavigableMap<SemanticVersion, EventDefinition>> events = new TreeMap<>();

	@GuardedBy("lock")
	private final List<TelemetrySpec> specs = new ArrayList<>();

	@GuardedBy("lock")
	private final Map<EventKey, TelemetrySpec> specsByEvent = new HashMap<>();

	@GuardedBy("lock")
	private boolean sealed;

	/**
	 * Create a registry.
	 * @param definitions what is declared from the start
	 * @throws IllegalArgumentException if two of them contradict each other
	 */
	public TelemetrySpecRegistry(Collection<EventDefinition> definitions) {
		definitions.forEach(this::register);
	}

	/**
	 * Declare an event. Two declarations of one name and version are united when they do
	 * not contradict each other, since one event may be recorded at several places.
	 * @param definition what to add
	 * @throws IllegalArgumentException if the event is declared in another way
	 * @throws IllegalStateException if the registry is sealed
	 */
	public void register(EventDefinition definition) {
		synchronized (this.lock) {
			checkOpen(definition.name());
			add(definition);
		}
	}

	/**
	 * Declare what a place in the code records. It knows of no versions: an event that is
	 * declared already is joined in its newest one. Type and purpose of a spec stay.
	 * @param definition what to add
	 * @throws IllegalArgumentException if the event is declared in another way
	 * @throws IllegalStateException if the registry is sealed
	 */
	public void join(EventDefinition definition) {
		synchronized (this.lock) {
			checkOpen(definition.name());
			EventDefinition known = this.newest.get(definition.name());
			add((known != null) ? definition.joining(known, this.specsByEvent.containsKey(EventKey.of(known)))
					: definition);
		}
	}

	/**
	 * Declare all events of a spec, or none if one of them cannot be.
	 * @param spec the spec
	 * @throws IllegalArgumentException if there is a spec of that key and version, or
	 * another one that declares one of its events in the same version
	 * @throws IllegalStateException if the registry is sealed
	 */
	public void register(TelemetrySpec spec) {
		synchronized (this.lock) {
			checkOpen(spec.key());
			checkNew(spec);
			for (EventDefinition event : spec.events()) {
				checkUnowned(event, spec);
				check(event);
			}
			this.specs.add(spec);
			for (EventDefinition event : spec.events()) {
				this.specsByEvent.put(EventKey.of(event), spec);
				add(event);
			}
		}
	}

	@GuardedBy("lock")
	private void checkNew(TelemetrySpec spec) {
		for (TelemetrySpec known : this.specs) {
			if (isVersionOf(known, spec)) {
				throw new IllegalArgumentException(
						"Duplicate contract `telemetry` " + spec.key() + ".v" + spec.version() + in(known.origin()));
			}
		}
	}

	@GuardedBy("lock")
	private void checkUnowned(EventDefinition event, TelemetrySpec spec) {
		TelemetrySpec owner = this.specsByEvent.get(EventKey.of(event));
		if (owner != null) {
			EventDefinition known = versions(event.name()).get(event.semanticVersion());
			throw new IllegalArgumentException("'" + event.name() + "' " + event.version() + " of " + spec.key()
					+ in(event.origin()) + " must not be declared by " + owner.key()
					+ in((known != null) ? known.origin() : null) + " as well");
		}
	}

	private static String in(@Nullable String origin) {
		return (origin != null) ? " (" + origin + ")" : "";
	}

	private static boolean isVersionOf(TelemetrySpec known, TelemetrySpec spec) {
		return known.key().equals(spec.key()) && known.semanticVersion().compareTo(spec.semanticVersion()) == 0;
	}

	@GuardedBy("lock")
	private void checkOpen(String name) {
		if (this.sealed) {
			throw new IllegalStateException("'" + name + "' must be declared before the application has"
					+ " started: consent cannot cover what was not declared then");
		}
	}

	@GuardedBy("lock")
	private void check(EventDefinition definition) {
		EventDefinition known = versions(definition.name()).get(definition.semanticVersion());
		if (known != null) {
			known.unite(definition);
		}
	}

	@GuardedBy("lock")
	private void add(EventDefinition definition) {
		NavigableMap<SemanticVersion, EventDefinition> versions = versions(definition.name());
		versions.merge(definition.semanticVersion(), definition, EventDefinition::unite);
		this.newest.put(definition.name(), versions.lastEntry().getValue());
		this.changes.incrementAndGet();
	}

	@GuardedBy("lock")
	private NavigableMap<SemanticVersion, EventDefinition> versions(String name) {
		return this.events.computeIfAbsent(name, (missing) -> new TreeMap<>());
	}

	/**
	 * Exclude what a definition adds to what is declared from being recorded, also where
	 * undeclared events are recorded: it was declared where a user who read the notice
	 * could not know of it. May be called when the registry is sealed.
	 * @param definition the definition
	 */
	public void exclude(EventDefinition definition) {
		EventDefinition known = findEvent(definition.name());
		Set<String> added = new TreeSet<>(definition.properties().keySet());
		if (known != null) {
			added.removeAll(known.properties().keySet());
		}
		this.excluded.merge(definition.name(), Set.copyOf(added), TelemetrySpecRegistry::union);
		this.changes.incrementAndGet();
	}

	private static Set<String> union(Set<String> one, Set<String> other) {
		Set<String> union = new TreeSet<>(one);
		union.addAll(other);
		return Set.copyOf(union);
	}

	/**
	 * Return what is excluded of an event that may be recorded otherwise; the whole event
	 * if nothing declares it.
	 * @param name the name of the event
	 * @return the names of properties, or {@code null} if nothing is excluded
	 */
	public @Nullable Set<String> excluded(String name) {
		return this.excluded.get(name);
	}

	/**
	 * Return a number that is another one after each change of what
	 * {@link #findEvent(String)} and {@link #excluded(String)} return. What was found
	 * after it was read holds as long as it stays the same.
	 * @return the number of changes
	 */
	@Internal
	public int changes() {
		return this.changes.get();
	}

	/** Take no more declarations: the notice is about to be written. */
	public void seal() {
		synchronized (this.lock) {
			this.sealed = true;
		}
	}

	/**
	 * Find an event in its newest version.
	 * @param name the name of the event
	 * @return its definition or {@code null} if nothing declares it
	 */
	public @Nullable EventDefinition findEvent(String name) {
		return this.newest.get(name);
	}

	/**
	 * Find an event.
	 * @param name the name of the event
	 * @param version a semantic version; missing numbers count as zero
	 * @return its definition or {@code null} if nothing declares that version
	 * @throws IllegalArgumentException if the version is none
	 */
	public @Nullable EventDefinition findEvent(String name, String version) {
		SemanticVersion wanted = SemanticVersion.of(version);
		synchronized (this.lock) {
			NavigableMap<SemanticVersion, EventDefinition> versions = this.events.get(name);
			return (versions != null) ? versions.get(wanted) : null;
		}
	}

	/**
	 * Return everything that is declared, ordered by name and version.
	 * @return an unmodifiable copy
	 */
	public List<EventDefinition> events() {
		synchronized (this.lock) {
			return this.events.values().stream().flatMap((versions) -> versions.values().stream()).toList();
		}
	}

	/**
	 * Return how long the local log stores events. A line there has no version: of
	 * several versions of an event the strictest counts, which erases before it archives,
	 * and the shorter before the longer.
	 * @return the declared retentions by the name of the event
	 */
	public Map<String, EventRetention> retentions() {
		Map<String, EventRetention> retentions = new TreeMap<>();
		for (EventDefinition event : events()) {
			EventRetention retention = event.retention();
			if (retention != null) {
				retentions.merge(event.name(), retention, EventRetention::stricter);
			}
		}
		return retentions;
	}

	/**
	 * Return the specs in the order in which they were registered.
	 * @return an unmodifiable copy
	 */
	public List<TelemetrySpec> specs() {
		synchronized (this.lock) {
			return List.copyOf(this.specs);
		}
	}

	/**
	 * Find a spec in its newest version.
	 * @param key the key of the spec
	 * @return the spec or {@code null}
	 */
	public @Nullable TelemetrySpec findSpec(String key) {
		return specs().stream()
			.filter((spec) -> spec.key().equals(key))
			.max(Comparator.comparing(TelemetrySpec::semanticVersion))
			.orElse(null);
	}

	/**
	 * Find a spec.
	 * @param key the key of the spec
	 * @param version a semantic version; missing numbers count as zero
	 * @return the spec or {@code null}
	 * @throws IllegalArgumentException if the version is none
	 */
	public @Nullable TelemetrySpec findSpec(String key, String version) {
		SemanticVersion wanted = SemanticVersion.of(version);
		return specs().stream()
			.filter((spec) -> spec.key().equals(key) && spec.semanticVersion().compareTo(wanted) == 0)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the spec that declares an event.
	 * @param event the event
	 * @return the spec, or {@code null} if it was declared alone
	 */
	public @Nullable TelemetrySpec specOf(EventDefinition event) {
		synchronized (this.lock) {
			return this.specsByEvent.get(EventKey.of(event));
		}
	}

	/**
	 * Return the specs that have a tag.
	 * @param tag the tag
	 * @return the specs in the order in which they were registered
	 */
	public List<TelemetrySpec> specsByTag(String tag) {
		return specs().stream().filter((spec) -> spec.tags().contains(tag)).toList();
	}

	/**
	 * Return the specs of one owner.
	 * @param owner the owner as the specs name it
	 * @return the specs in the order in which they were registered
	 */
	public List<TelemetrySpec> specsByOwner(String owner) {
		return specs().stream().filter((spec) -> spec.owners().contains(owner)).toList();
	}

	/**
	 * Return all tags of all specs.
	 * @return each once, in order
	 */
	public List<String> tags() {
		return distinct(TelemetrySpec::tags);
	}

	/**
	 * Return the owners of all specs.
	 * @return each once, in order
	 */
	public List<String> owners() {
		return distinct(TelemetrySpec::owners);
	}

	private List<String> distinct(Function<TelemetrySpec, List<String>> values) {
		return specs().stream().map(values).flatMap(List::stream).distinct().sorted().toList();
	}

	/** An event in one of its versions; build metadata does not tell versions apart. */
	private record EventKey(String name, String version) {

		static EventKey of(EventDefinition event) {
			return new EventKey(event.name(), event.semanticVersion().order().toString());
		}

	}

}
