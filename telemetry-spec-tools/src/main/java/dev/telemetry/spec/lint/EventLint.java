package dev.telemetry.spec.lint;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.NameRules;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import org.jspecify.annotations.Nullable;

/** The rules for one event and its properties. */
final class EventLint {

	static final double MIN_SAMPLING = 0.05;

	private static final int MAX_YEARS = 2;

	private static final String EVENTS = "events";

	private static final String PROPERTIES = "properties";

	private static final Set<String> PLACEHOLDERS = Set.of("todo", "tbd", "fixme", "xxx", "none", "n/a", "unknown",
			"test", "telemetry", "analytics", "statistics");

	private static final Pattern LETTERS = Pattern.compile("\\p{L}");

	private final LintedEvents file;

	private final int index;

	private final EventDefinition event;

	private final LocalDate today;

	/**
	 * Create the rules for an event.
	 * @param file takes what is found
	 * @param index the number of the event in its spec
	 * @param event the event
	 * @param today the day on which it is judged
	 */
	EventLint(LintedEvents file, int index, EventDefinition event, LocalDate today) {
		this.file = file;
		this.index = index;
		this.event = event;
		this.today = today;
	}

	void check() {
		meaning();
		expiry();
		if (this.file.has(EVENTS, this.index, "sampling", "rate")) {
			sampling(this.file, this.event.name(), this.event.samplingRate(), EVENTS, this.index, "sampling", "rate");
		}
	}

	/** Check what can be said without a spec, too: the names and what they are for. */
	void meaning() {
		purpose();
		if (NameRules.isGenericEvent(this.event.name())) {
			this.file.add(LintRule.GENERIC_NAME, "'" + this.event.name() + "' does not say what happened",
					"name a thing and what happened to it, such as order.placed", EVENTS, this.index);
		}
		this.event.properties().values().forEach(this::property);
	}

	private void purpose() {
		if (!isPurpose(this.event.purpose())) {
			this.file.add(LintRule.PURPOSE, "nothing says what '" + this.event.name() + "' is collected for",
					"write 'purpose:' with what will be decided by it", EVENTS, this.index, "purpose");
		}
	}

	private static boolean isPurpose(@Nullable String purpose) {
		return purpose != null && LETTERS.matcher(purpose).find()
				&& !PLACEHOLDERS.contains(purpose.toLowerCase(Locale.ROOT).replaceAll("[.!:…]+$", ""));
	}

	private void expiry() {
		LocalDate expires = this.event.expires();
		String name = "'" + this.event.name() + "' ";
		String action = "write 'expires:' with a day until " + this.today.plusYears(MAX_YEARS);
		if (expires == null) {
			found(LintRule.EXPIRY, name + "has no end", action, "expires");
		}
		else if (!expires.isAfter(this.today)) {
			found(LintRule.EXPIRY, name + "has not been collected since " + expires,
					"remove the event, or decide anew until when it is needed", "expires");
		}
		else if (expires.isAfter(this.today.plusYears(MAX_YEARS))) {
			found(LintRule.EXPIRY, name + "ends in more than " + MAX_YEARS + " years, on " + expires, action,
					"expires");
		}
	}

	/** Judge a rate, that of an event or that of a whole spec. */
	static void sampling(LintedEvents file, String name, double rate, Object... path) {
		if (rate < MIN_SAMPLING) {
			file.add(LintRule.SAMPLING, "of '" + name + "' only " + rate + " are kept, which says little",
					"keep at least " + MIN_SAMPLING + ", or allow it with a reason", path);
		}
	}

	private void property(PropertyDefinition property) {
		String name = property.name();
		boolean personal = property.privacy().compareTo(PrivacyLevel.PII) >= 0;
		if (NameRules.isGenericProperty(name)) {
			found(LintRule.GENERIC_NAME, "'" + name + "' does not say what its values are",
					"name it by what is in it, such as items or duration_ms", PROPERTIES, name);
		}
		if (!personal && NameRules.looksPersonal(name, property.type())) {
			found(LintRule.PERSONAL_DATA, "'" + name + "' looks personal and is not marked",
					"write 'pii: true', or leave it out", PROPERTIES, name);
		}
		if (personal && this.event.privacy() == PrivacyLevel.PUBLIC) {
			found(LintRule.PERSONAL_IN_PUBLIC, "'" + name + "' is personal, its event is public",
					"write 'privacy: pii' for the event", PROPERTIES, name);
		}
		if (isFreeText(property)) {
			found(LintRule.FREE_TEXT, "'" + name + "' may hold any text, and people's data with it",
					"write 'values:' with what it may be, 'redact: hash', or allow it with a reason", PROPERTIES, name);
		}
	}

	private static boolean isFreeText(PropertyDefinition property) {
		boolean text = property.type() == PropertyType.JSON
				|| (property.type() == PropertyType.STRING && property.values().isEmpty());
		return text && property.keptInClear();
	}

	private void found(LintRule rule, String problem, String action, String... path) {
		Object[] whole = new Object[path.length + 2];
		whole[0] = EVENTS;
		whole[1] = this.index;
		System.arraycopy(path, 0, whole, 2, path.length);
		this.file.add(rule, problem, action, whole);
	}

}
