package dev.telemetry.consent.notice;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * An event, as a notice names it.
 *
 * @param name what it is called
 * @param version the version of its declaration
 * @param purpose what it is collected for, or {@code null} when nothing says so
 * @param properties its properties, in the order of their names
 * @param samplingPerMillion how many of a million such events are sampled
 * @param retentionSeconds how long they are stored on this machine; {@link #UNTIL_RESET}
 * when only a reset erases them
 * @param conditions what must be true of such an event for it to be stored, in
 * alphabetical order; all of it, empty if every one may be
 * @param privacy how personal it is: {@code public}, {@code internal}, {@code pii} or
 * {@code sensitive}
 * @param destinations the names of the only destinations it is meant for, in alphabetical
 * order; empty for all
 * @param expires the day from which it is no longer collected, or {@code null}
 */
public record NoticeEvent(String name, long version, @Nullable String purpose, List<NoticeProperty> properties,
		long samplingPerMillion, long retentionSeconds, List<String> conditions, String privacy,
		List<String> destinations, @Nullable LocalDate expires) {

	/** The greatest number that every reader of JSON knows exactly. */
	public static final long UNTIL_RESET = (1L << 53) - 1;

	static final long MILLION = 1_000_000;

	public NoticeEvent {
		if (samplingPerMillion < 0 || samplingPerMillion > MILLION) {
			throw new IllegalArgumentException("'samplingPerMillion' must be between 0 and " + MILLION);
		}
		if (retentionSeconds < 0) {
			throw new IllegalArgumentException("'retentionSeconds' must not be negative");
		}
		List<NoticeProperty> sorted = new ArrayList<>(properties);
		sorted.sort(Comparator.comparing(NoticeProperty::name));
		for (int i = 1; i < sorted.size(); i++) {
			if (sorted.get(i).name().equals(sorted.get(i - 1).name())) {
				throw new IllegalArgumentException("'" + sorted.get(i).name() + "' must not be there twice");
			}
		}
		properties = List.copyOf(sorted);
		conditions = conditions.stream().distinct().sorted().toList();
		PrivacyOrder.PRIVACY.known(privacy);
		destinations = destinations.stream().distinct().sorted().toList();
	}

	/**
	 * Describe an event as far as the first format of a notice does: what that leaves
	 * open is at its widest.
	 */
	public NoticeEvent(String name, long version, @Nullable String purpose, List<NoticeProperty> properties,
			long samplingPerMillion, long retentionSeconds, List<String> conditions) {
		this(name, version, purpose, properties, samplingPerMillion, retentionSeconds, conditions,
				PrivacyOrder.PRIVACY.widest(), List.of(), null);
	}

	/** Describe such an event of which every one may be stored. */
	public NoticeEvent(String name, long version, @Nullable String purpose, List<NoticeProperty> properties,
			long samplingPerMillion, long retentionSeconds) {
		this(name, version, purpose, properties, samplingPerMillion, retentionSeconds, List.of());
	}

	/**
	 * Convert a share to a whole number, rounded up, so that the stated number is never
	 * less than what is stored.
	 * @param samplingRate a number from 0 to 1
	 * @return how many of a million
	 */
	public static long perMillion(double samplingRate) {
		return Math.min(MILLION, (long) Math.ceil(samplingRate * MILLION));
	}

	/** Say the same, and what the first format of a notice leaves open. */
	NoticeEvent with(String privacy, List<String> destinations, @Nullable LocalDate expires) {
		return new NoticeEvent(this.name, this.version, this.purpose, this.properties, this.samplingPerMillion,
				this.retentionSeconds, this.conditions, privacy, destinations, expires);
	}

	/** Leave out what the first format does not say: all of that is at its widest. */
	NoticeEvent inFirstFormat() {
		return new NoticeEvent(this.name, this.version, this.purpose,
				this.properties.stream().map(NoticeProperty::inFirstFormat).toList(), this.samplingPerMillion,
				this.retentionSeconds, this.conditions);
	}

	/**
	 * Unite two versions of an event.
	 * @param other the other version, collected for the same purpose
	 * @return an event that says at least what each of them says, in the newer version
	 */
	public NoticeEvent unite(NoticeEvent other) {
		return new NoticeEvent(this.name, Math.max(this.version, other.version), this.purpose, propertiesOfBoth(other),
				Math.max(this.samplingPerMillion, other.samplingPerMillion),
				Math.max(this.retentionSeconds, other.retentionSeconds),
				this.conditions.stream().filter(other.conditions::contains).toList(),
				PrivacyOrder.PRIVACY.wider(this.privacy, other.privacy), destinationsOfBoth(other),
				expiryOfBoth(other));
	}

	/** What only one of them has is missing in the other, so it need not be there. */
	private List<NoticeProperty> propertiesOfBoth(NoticeEvent other) {
		Map<String, NoticeProperty> united = new LinkedHashMap<>();
		for (NoticeProperty property : this.properties) {
			NoticeProperty second = other.property(property.name());
			united.put(property.name(), (second != null) ? property.unite(second) : property.optional());
		}
		other.properties.forEach((property) -> united.computeIfAbsent(property.name(), (key) -> property.optional()));
		return List.copyOf(united.values());
	}

	private List<String> destinationsOfBoth(NoticeEvent other) {
		Set<String> all = new TreeSet<>(this.destinations);
		all.addAll(other.destinations);
		return (this.destinations.isEmpty() || other.destinations.isEmpty()) ? List.of() : List.copyOf(all);
	}

	private @Nullable LocalDate expiryOfBoth(NoticeEvent other) {
		if (this.expires == null || other.expires == null) {
			return null;
		}
		return this.expires.isAfter(other.expires) ? this.expires : other.expires;
	}

	@Nullable NoticeProperty property(String key) {
		for (NoticeProperty property : this.properties) {
			if (property.name().equals(key)) {
				return property;
			}
		}
		return null;
	}

	/** Return whether the other one goes nowhere where this one does not. */
	boolean coversDestinationsOf(NoticeEvent other) {
		return this.destinations.isEmpty()
				|| (!other.destinations.isEmpty() && this.destinations.containsAll(other.destinations));
	}

	boolean coversExpiryOf(NoticeEvent other) {
		return this.expires == null || (other.expires != null && !other.expires.isAfter(this.expires));
	}

}
