package dev.telemetry.insight;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What a report is asked for. Without a restriction every event counts, those without a
 * readable time too.
 *
 * @param since only events of then or later, or {@code null}
 * @param until only events before, or {@code null}
 * @param events only events of these names; empty for all
 * @param by the attribute whose values are groups, or {@code null}
 * @param sum the attribute whose numbers are added, or {@code null}
 */
public record ReportQuery(@Nullable Instant since, @Nullable Instant until, Set<String> events, @Nullable String by,
		@Nullable String sum) {

	/** Everything, not grouped. */
	public static final ReportQuery ALL = new ReportQuery(null, null, Set.of(), null, null);

	private static final int MAX_NAME = 512;

	public ReportQuery {
		events = Set.copyOf(events);
		if (since != null && until != null && !since.isBefore(until)) {
			throw new IllegalArgumentException("'since' must be before 'until'");
		}
	}

	/**
	 * Understand what a user or a program asks for.
	 * @param since a day such as {@code 2026-11-21}, which begins in UTC, or a time such
	 * as {@code 2026-11-21T10:00:00Z}; {@code null} without
	 * @param until likewise; events of exactly then do not count
	 * @param events names of events; empty for all
	 * @param by the name of an attribute, or {@code null}
	 * @param sum the name of an attribute, or {@code null}
	 * @return the query
	 * @throws IllegalArgumentException if one of them cannot be understood; the message
	 * names it, says what would be, and repeats nothing that was given
	 */
	public static ReportQuery parse(@Nullable String since, @Nullable String until, Collection<String> events,
			@Nullable String by, @Nullable String sum) {
		Set<String> names = new TreeSet<>();
		events.forEach((event) -> names.add(name("event", event)));
		return new ReportQuery(time("since", since), time("until", until), names, (by != null) ? name("by", by) : null,
				(sum != null) ? name("sum", sum) : null);
	}

	private static String name(String parameter, String value) {
		if (value.isBlank() || value.length() > MAX_NAME) {
			throw new IllegalArgumentException("'" + parameter + "' must be the name of "
					+ (parameter.equals("event") ? "an event" : "an attribute"));
		}
		return value;
	}

	private static @Nullable Instant time(String parameter, @Nullable String text) {
		if (text == null) {
			return null;
		}
		try {
			return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(
					"'" + parameter + "' must be a day such as 2026-11-21, or a time such as 2026-11-21T10:00:00Z", ex);
		}
	}

	/** Return whether an event counts. */
	boolean covers(String name, @Nullable EventTime time) {
		if (!this.events.isEmpty() && !this.events.contains(name)) {
			return false;
		}
		if (this.since == null && this.until == null) {
			return true;
		}
		return time != null && (this.since == null || time.compareTo(this.since) >= 0)
				&& (this.until == null || time.compareTo(this.until) < 0);
	}

}
