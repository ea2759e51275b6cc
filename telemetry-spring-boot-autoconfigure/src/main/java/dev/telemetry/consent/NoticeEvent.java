package dev.telemetry.consent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An event, as a notice names it.
 *
 * @param name what it is called
 * @param version the version of its declaration
 * @param purpose what it is collected for, or {@code null} when nothing says so
 * @param properties its properties, kept in the order of their names
 * @param samplingPerMillion how many of a million such events are kept
 * @param retentionSeconds how long they are kept on this machine; {@link #UNTIL_RESET}
 * when only a reset erases them
 * @param conditions what must be true of such an event to be kept, in alphabetical order;
 * all of it, empty if every one may be
 */
public record NoticeEvent(String name, long version, @Nullable String purpose, List<NoticeProperty> properties,
		long samplingPerMillion, long retentionSeconds, List<String> conditions) {

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
	}

	/** Describe an event of which every one may be kept. */
	public NoticeEvent(String name, long version, @Nullable String purpose, List<NoticeProperty> properties,
			long samplingPerMillion, long retentionSeconds) {
		this(name, version, purpose, properties, samplingPerMillion, retentionSeconds, List.of());
	}

	/**
	 * Turn a share into a whole number, upwards, so that what is said is never less than
	 * what is kept.
	 * @param samplingRate a number from 0 to 1
	 * @return how many of a million
	 */
	public static long perMillion(double samplingRate) {
		return Math.min(MILLION, (long) Math.ceil(samplingRate * MILLION));
	}

	/**
	 * Unite two versions of an event.
	 * @param other the other version, collected for the same purpose
	 * @return an event that says at least what each of them says, in the newer version
	 */
	public NoticeEvent unite(NoticeEvent other) {
		Map<String, NoticeProperty> united = new LinkedHashMap<>();
		this.properties.forEach((property) -> united.put(property.name(), property));
		other.properties.forEach((property) -> united.merge(property.name(), property, NoticeProperty::unite));
		return new NoticeEvent(this.name, Math.max(this.version, other.version), this.purpose,
				List.copyOf(united.values()), Math.max(this.samplingPerMillion, other.samplingPerMillion),
				Math.max(this.retentionSeconds, other.retentionSeconds),
				this.conditions.stream().filter(other.conditions::contains).toList());
	}

	@Nullable NoticeProperty property(String key) {
		for (NoticeProperty property : this.properties) {
			if (property.name().equals(key)) {
				return property;
			}
		}
		return null;
	}

}
