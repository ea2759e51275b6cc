package dev.telemetry.spec;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Declares the events of one part of an application: who is responsible for them, what
 * they mean, what is recorded of them. Immutable; written as YAML or with the builder.
 */
public final class TelemetrySpec {

	private final String key;

	private final SemanticVersion version;

	private final @Nullable String title;

	private final String description;

	private final @Nullable String domain;

	private final Stability stability;

	private final List<String> owners;

	private final List<String> tags;

	private final List<String> docs;

	private final List<EventDefinition> events;

	private final List<SpecProvider> providers;

	private final boolean anomalyDetection;

	private final @Nullable String origin;

	private TelemetrySpec(Builder builder) {
		this.key = builder.key;
		this.version = builder.version;
		this.title = builder.title;
		this.description = builder.description;
		this.domain = builder.domain;
		this.stability = builder.stability;
		this.owners = builder.owners;
		this.tags = builder.tags;
		this.docs = builder.docs;
		this.providers = builder.providers;
		this.anomalyDetection = builder.anomalyDetection;
		this.origin = builder.origin;
		this.events = builder.events.stream()
			.map((event) -> event.withDefaults(builder.defaultSamplingRate, builder.defaultRetention))
			.toList();
	}

	/**
	 * Start a spec.
	 * @param key what it is called, for example {@code shop.telemetry}
	 * @param version a semantic version; missing numbers count as zero
	 * @return a builder
	 * @throws IllegalArgumentException if the key is blank or the version is none
	 */
	public static Builder builder(String key, String version) {
		return new Builder(key, version);
	}

	public String key() {
		return this.key;
	}

	public String version() {
		return this.version.text();
	}

	public SemanticVersion semanticVersion() {
		return this.version;
	}

	public @Nullable String title() {
		return this.title;
	}

	public String description() {
		return this.description;
	}

	public @Nullable String domain() {
		return this.domain;
	}

	public Stability stability() {
		return this.stability;
	}

	/**
	 * Return its owners.
	 * @return at least one name
	 */
	public List<String> owners() {
		return this.owners;
	}

	public List<String> tags() {
		return this.tags;
	}

	/**
	 * Return where to read more.
	 * @return names or addresses of documents
	 */
	public List<String> docs() {
		return this.docs;
	}

	/**
	 * Return its events, with the spec's sampling and retention where they have none of
	 * their own.
	 * @return at least one event
	 */
	public List<EventDefinition> events() {
		return this.events;
	}

	/**
	 * Return where its events go.
	 * @return the destinations, empty for all that are configured
	 */
	public List<SpecProvider> providers() {
		return this.providers;
	}

	/**
	 * Return whether the values of its events are watched.
	 * @return {@code true} unless the spec turned that off
	 */
	public boolean anomalyDetection() {
		return this.anomalyDetection;
	}

	/**
	 * Return where it was read from.
	 * @return file, line and column, or {@code null} if it was written in Java
	 */
	public @Nullable String origin() {
		return this.origin;
	}

	@Override
	public String toString() {
		return "TelemetrySpec[" + this.key + " " + this.version.text() + "]";
	}

	/** Collects what a spec says. Not safe for use by several threads. */
	public static final class Builder {

		private final String key;

		private final SemanticVersion version;

		private @Nullable String title;

		private String description = "";

		private @Nullable String domain;

		private Stability stability = Stability.EXPERIMENTAL;

		private List<String> owners = List.of();

		private List<String> tags = List.of();

		private List<String> docs = List.of();

		private final List<EventDefinition> events = new ArrayList<>();

		private List<SpecProvider> providers = List.of();

		private @Nullable Double defaultSamplingRate;

		private @Nullable EventRetention defaultRetention;

		private boolean anomalyDetection = true;

		private @Nullable String origin;

		private Builder(String key, String version) {
			if (key.isBlank()) {
				throw new IllegalArgumentException("'key' must not be blank");
			}
			this.key = key;
			this.version = SemanticVersion.of(version);
		}

		public Builder title(@Nullable String title) {
			this.title = title;
			return this;
		}

		public Builder description(String description) {
			this.description = description;
			return this;
		}

		public Builder domain(@Nullable String domain) {
			this.domain = domain;
			return this;
		}

		public Builder stability(Stability stability) {
			this.stability = stability;
			return this;
		}

		public Builder owners(List<String> owners) {
			this.owners = List.copyOf(owners);
			return this;
		}

		public Builder tags(List<String> tags) {
			this.tags = List.copyOf(tags);
			return this;
		}

		public Builder docs(List<String> docs) {
			this.docs = List.copyOf(docs);
			return this;
		}

		/**
		 * Add an event.
		 * @param event the event
		 * @return this builder
		 * @throws IllegalArgumentException if the spec has it in the same version
		 */
		public Builder event(EventDefinition event) {
			if (this.events.stream().anyMatch((other) -> isSame(other, event))) {
				throw new IllegalArgumentException(
						"'" + event.name() + "' must not be declared twice in version " + event.version());
			}
			this.events.add(event);
			return this;
		}

		private static boolean isSame(EventDefinition first, EventDefinition second) {
			return first.name().equals(second.name())
					&& first.semanticVersion().compareTo(second.semanticVersion()) == 0;
		}

		public Builder providers(List<SpecProvider> providers) {
			this.providers = List.copyOf(providers);
			return this;
		}

		/**
		 * Set the share that is recorded of events that do not state one themselves.
		 * @param rate a number from 0 to 1
		 * @return this builder
		 */
		public Builder defaultSamplingRate(double rate) {
			if (!(rate >= 0 && rate <= 1)) {
				throw new IllegalArgumentException("'defaultSamplingRate' must be between 0 and 1");
			}
			this.defaultSamplingRate = rate;
			return this;
		}

		/**
		 * Set how long the local log stores events that do not state it themselves.
		 * @param retention the retention
		 * @return this builder
		 */
		public Builder defaultRetention(EventRetention retention) {
			this.defaultRetention = retention;
			return this;
		}

		public Builder anomalyDetection(boolean anomalyDetection) {
			this.anomalyDetection = anomalyDetection;
			return this;
		}

		public Builder origin(String origin) {
			this.origin = origin;
			return this;
		}

		/**
		 * Build the spec.
		 * @return the spec
		 * @throws IllegalArgumentException if it has no owner or no event
		 */
		public TelemetrySpec build() {
			if (this.owners.isEmpty()) {
				throw new IllegalArgumentException("'owners' must name who answers for '" + this.key + "'");
			}
			if (this.events.isEmpty()) {
				throw new IllegalArgumentException("'events' of '" + this.key + "' must not be empty");
			}
			return new TelemetrySpec(this);
		}

	}

}
