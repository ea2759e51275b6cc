package dev.telemetry.consent.notice;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import dev.telemetry.consent.store.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * What a grant accepts: everything that determines what is collected, how long it is
 * stored and where it is sent. Plain, immutable data; two notices that say the same have
 * the same hash, whatever the order they were put together in. Not in it: descriptions,
 * headers, tokens, intervals.
 */
public final class Notice {

	private final long format;

	private final String tool;

	private final @Nullable String controller;

	private final @Nullable String contact;

	private final NoticeUndeclared undeclared;

	private final SortedMap<String, NoticeEvent> events;

	private final SortedSet<String> metadata;

	private final SortedSet<String> runtimeFields;

	private final String machineId;

	private final SortedSet<NoticeDestination> destinations;

	private final String deletion;

	private final byte[] json;

	private final String hash;

	private Notice(Builder builder) {
		this.format = builder.format;
		this.tool = builder.tool;
		this.controller = builder.controller;
		this.contact = builder.contact;
		this.undeclared = builder.undeclared;
		this.events = byName(builder.events, NoticeEvent::name);
		this.metadata = new TreeSet<>(builder.metadata);
		this.runtimeFields = new TreeSet<>(builder.runtimeFields);
		this.machineId = builder.machineId;
		this.destinations = new TreeSet<>(builder.destinations);
		this.deletion = builder.deletion;
		this.json = CanonicalJson.write(NoticeFormat.tree(this));
		this.hash = CanonicalJson.hash(this.json);
	}

	static <T> SortedMap<String, T> byName(Collection<T> values, Function<T, String> name) {
		SortedMap<String, T> sorted = new TreeMap<>();
		for (T value : values) {
			if (sorted.put(name.apply(value), value) != null) {
				throw new IllegalArgumentException("'" + name.apply(value) + "' must not be there twice");
			}
		}
		return sorted;
	}

	/**
	 * Start a notice that nothing is collected under: no event, no destination, no
	 * identifier.
	 * @param tool the name of the tool that collects
	 * @return a builder
	 */
	public static Builder builder(String tool) {
		return new Builder(tool);
	}

	/**
	 * Read a notice, of this or an earlier format. Anything but the exact bytes that
	 * {@link #toJson()} returns is refused.
	 * @param json its text
	 * @return the notice
	 * @throws IOException with a reason in one clause if it is not one
	 */
	public static Notice parse(byte[] json) throws IOException {
		return NoticeFormat.read(json);
	}

	/** Return the number of the format of its text. */
	long format() {
		return this.format;
	}

	/**
	 * Return whether its text is of the first format, which leaves open which values and
	 * bounds a property has, when an event expires, and who controls the data.
	 * @return {@code true} for a notice that an earlier version wrote
	 */
	public boolean isInFirstFormat() {
		return this.format == NoticeFormat.FIRST;
	}

	/**
	 * Say the same as far as the first format does: the notice that an earlier version
	 * would have written in place of this one.
	 * @return a notice that covers this one, with the hash of that time
	 */
	public Notice inFirstFormat() {
		return isInFirstFormat() ? this
				: toBuilder().format(NoticeFormat.FIRST)
					.controller(null)
					.events(this.events.values().stream().map(NoticeEvent::inFirstFormat).toList())
					.build();
	}

	/**
	 * Say the same, with another controller.
	 * @param name who controls the data, or {@code null}
	 */
	public Notice withController(@Nullable String name) {
		return toBuilder().controller(name).build();
	}

	private Builder toBuilder() {
		return new Builder(this.tool).format(this.format)
			.controller(this.controller)
			.contact(this.contact)
			.undeclared(this.undeclared)
			.events(this.events.values())
			.metadata(this.metadata)
			.runtimeFields(this.runtimeFields)
			.machineId(this.machineId)
			.destinations(this.destinations)
			.deletion(this.deletion);
	}

	public String tool() {
		return this.tool;
	}

	/**
	 * Return who controls the data.
	 * @return the controller, or {@code null} when it is not stated
	 */
	public @Nullable String controller() {
		return this.controller;
	}

	public @Nullable String contact() {
		return this.contact;
	}

	public NoticeUndeclared undeclared() {
		return this.undeclared;
	}

	/**
	 * Return the declared events, by name.
	 * @return a list in the order of the names
	 */
	public List<NoticeEvent> events() {
		return List.copyOf(this.events.values());
	}

	@Nullable NoticeEvent event(String name) {
		return this.events.get(name);
	}

	/**
	 * Return the attributes that every event has in addition to its own.
	 * @return their keys in order
	 */
	public List<String> metadata() {
		return List.copyOf(this.metadata);
	}

	/**
	 * Return what every event says about where it was recorded.
	 * @return the names in order
	 */
	public List<String> runtimeFields() {
		return List.copyOf(this.runtimeFields);
	}

	/**
	 * Return how the identifier of the installation is made.
	 * @return {@code none}, {@code rotating} or {@code derived}
	 */
	public String machineId() {
		return this.machineId;
	}

	public List<NoticeDestination> destinations() {
		return List.copyOf(this.destinations);
	}

	/**
	 * Return how a request for deletion reaches the party that stores the events.
	 * @return for example {@code https https://example.com/delete}, or {@code none}
	 */
	public String deletion() {
		return this.deletion;
	}

	/**
	 * Return what identifies this notice.
	 * @return {@code sha256:} and 64 hex digits
	 */
	public String hash() {
		return this.hash;
	}

	/**
	 * Return the canonical text: JSON with sorted keys, without white space, in ASCII.
	 * @return a copy of the bytes that are hashed
	 */
	public byte[] toJson() {
		return this.json.clone();
	}

	/**
	 * Return the same as a tree of maps, lists, strings and whole numbers, the rule for
	 * undeclared events first, since it says whether the list of events is all there is.
	 * @return a new map
	 */
	public Map<String, Object> toMap() {
		return NoticeFormat.forPeople(this);
	}

	/**
	 * Return whether a user who agreed to this notice has agreed to all of another one.
	 * @param later the other notice
	 * @return whether everything in it is at most what this one says
	 */
	public boolean covers(Notice later) {
		return differencesTo(later).stream().noneMatch(NoticeDifference::widens);
	}

	/**
	 * Compare with a later notice.
	 * @param later the later notice
	 * @return what became more, less or other, in a fixed order
	 */
	public List<NoticeDifference> differencesTo(Notice later) {
		return new NoticeComparison(this, later).differences();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Notice notice && this.hash.equals(notice.hash);
	}

	@Override
	public int hashCode() {
		return this.hash.hashCode();
	}

	@Override
	public String toString() {
		return "Notice[" + this.hash + "]";
	}

	/** Collects what a notice says. Not safe for use by several threads. */
	public static final class Builder {

		private final String tool;

		private long format = NoticeFormat.CURRENT;

		private @Nullable String controller;

		private @Nullable String contact;

		private NoticeUndeclared undeclared = NoticeUndeclared.DROPPED;

		private Collection<NoticeEvent> events = List.of();

		private Collection<String> metadata = List.of();

		private Collection<String> runtimeFields = List.of();

		private String machineId = PrivacyOrder.NO_MACHINE_ID;

		private Collection<NoticeDestination> destinations = List.of();

		private String deletion = "none";

		private Builder(String tool) {
			this.tool = tool;
		}

		Builder format(long number) {
			this.format = number;
			return this;
		}

		/**
		 * Set who controls the data.
		 * @param controller the controller, or {@code null} when it is not stated
		 * @return this builder
		 */
		public Builder controller(@Nullable String controller) {
			this.controller = controller;
			return this;
		}

		public Builder contact(@Nullable String contact) {
			this.contact = contact;
			return this;
		}

		public Builder undeclared(NoticeUndeclared undeclared) {
			this.undeclared = undeclared;
			return this;
		}

		public Builder events(Collection<NoticeEvent> events) {
			this.events = events;
			return this;
		}

		public Builder metadata(Collection<String> metadata) {
			this.metadata = metadata;
			return this;
		}

		public Builder runtimeFields(Collection<String> runtimeFields) {
			this.runtimeFields = runtimeFields;
			return this;
		}

		/**
		 * Set how the identifier of the installation is made.
		 * @param machineId {@code none}, {@code rotating} or {@code derived}
		 * @return this builder
		 */
		public Builder machineId(String machineId) {
			this.machineId = PrivacyOrder.MACHINE_ID.known(machineId);
			return this;
		}

		public Builder destinations(Collection<NoticeDestination> destinations) {
			this.destinations = destinations;
			return this;
		}

		public Builder deletion(String deletion) {
			this.deletion = deletion;
			return this;
		}

		/**
		 * Build the notice.
		 * @return the notice
		 * @throws IllegalArgumentException if two events have the same name
		 */
		public Notice build() {
			return new Notice(this);
		}

	}

}
