package dev.telemetry.spec.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.consent.notice.NoticeDifference;
import dev.telemetry.consent.notice.NoticeDifference.Kind;
import dev.telemetry.consent.notice.NoticeDimension;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.SpecFormatter;
import dev.telemetry.spec.manifest.ManifestEvent;
import org.jspecify.annotations.Nullable;

/**
 * Compares an event with itself before. Whether it collects more is for the notice to
 * say; what a notice does not state is only a different wording.
 */
final class EventDiff {

	private final String name;

	private final DeclaredEvent before;

	private final DeclaredEvent after;

	private final List<NoticeDifference> differences;

	private final Set<SpecChange> changes = new LinkedHashSet<>();

	EventDiff(String name, List<ManifestEvent> before, List<ManifestEvent> after) {
		this.name = name;
		this.before = new DeclaredEvent(before, DeclaredTerms.before(before));
		this.after = new DeclaredEvent(after, DeclaredTerms.after(after, before));
		this.differences = this.before.notice()
			.differencesTo(this.after.notice())
			.stream()
			.sorted(Comparator.comparing(NoticeDifference::property))
			.toList();
	}

	Set<SpecChange> changes() {
		if (this.before.versions().isEmpty() || this.after.versions().isEmpty() || has(NoticeDimension.EVENT)) {
			comesOrGoes();
			return this.changes;
		}
		this.differences.stream().filter((difference) -> difference.property().isEmpty()).forEach(this::ofEvent);
		versions();
		this.differences.stream().filter((difference) -> !difference.property().isEmpty()).forEach(this::ofProperty);
		descriptions();
		return this.changes;
	}

	private boolean has(NoticeDimension dimension) {
		return this.differences.stream().anyMatch((difference) -> difference.dimension() == dimension);
	}

	private void comesOrGoes() {
		boolean comes = this.before.notice().events().isEmpty();
		boolean goes = this.after.notice().events().isEmpty();
		if (comes && goes) {
			add(Kind.REWORDED, this.after.versions().isEmpty() ? "is no longer declared"
					: "is declared, and nothing of it is kept");
		}
		else {
			add(comes ? Kind.WIDER : Kind.NARROWER, comes ? "is collected" : "is no longer collected");
		}
	}

	private void ofEvent(NoticeDifference difference) {
		switch (difference.dimension()) {
			case PURPOSE -> add(difference, "is for " + purpose(this.after) + ", not for " + purpose(this.before));
			case EVENT_PRIVACY ->
				add(difference, "is " + this.after.noticed().privacy() + ", not " + this.before.noticed().privacy());
			case EVENT_DESTINATIONS -> add(difference, meantFor());
			case SAMPLING -> add(difference, share(this.after) + " of it are kept, not " + share(this.before));
			case CONDITION -> addConditions();
			case RETENTION -> add(difference, "is kept " + this.after.retention() + ", not " + this.before.retention());
			case EXPIRY -> add(difference, "is collected until " + day(this.after) + ", not until " + day(this.before));
			default -> {
				// The version, which is reported with what else is only a different
				// wording
			}
		}
	}

	boolean isInBoth() {
		return !this.before.notice().events().isEmpty() && !this.after.notice().events().isEmpty();
	}

	/** Return the change of where it goes, or {@code null} if it goes where it went. */
	@Nullable SpecChange receivers() {
		return this.differences.stream()
			.filter((difference) -> difference.dimension() == NoticeDimension.EVENT_DESTINATIONS)
			.map((difference) -> new SpecChange(difference.kind(), this.name, "", meantFor()))
			.findFirst()
			.orElse(null);
	}

	private String meantFor() {
		return "is meant for " + receivers(this.after) + ", not for " + receivers(this.before);
	}

	private static String receivers(DeclaredEvent event) {
		List<String> receivers = event.noticed().destinations();
		return receivers.isEmpty() ? "all receivers" : String.join(", ", receivers);
	}

	private static String purpose(DeclaredEvent event) {
		String purpose = event.noticed().purpose();
		return (purpose != null) ? "'" + purpose + "'" : "nothing that is said";
	}

	private static String share(DeclaredEvent event) {
		return SpecFormatter.percent(event.noticed().samplingPerMillion() / 1_000_000.0);
	}

	/** One less and another one more is one change: it is wider. */
	private void addConditions() {
		boolean wider = this.differences.stream()
			.anyMatch((difference) -> difference.dimension() == NoticeDimension.CONDITION && difference.widens());
		add(wider ? Kind.WIDER : Kind.NARROWER,
				"is kept " + this.after.conditions() + ", not " + this.before.conditions());
	}

	private static String day(DeclaredEvent event) {
		return Objects.toString(event.noticed().expires(), "it is removed");
	}

	private void ofProperty(NoticeDifference difference) {
		String property = difference.property();
		String text = switch (difference.dimension()) {
			case PROPERTY -> difference.widens() ? "is collected" : "is no longer collected";
			case TYPE ->
				"is a " + this.after.noticed(property).type() + ", not a " + this.before.noticed(property).type();
			case PRIVACY ->
				"is " + this.after.noticed(property).privacy() + ", not " + this.before.noticed(property).privacy();
			case REDACTION -> "what is kept is " + this.after.kept(property) + ", not " + this.before.kept(property);
			case REQUIRED -> difference.widens() ? "need not be there" : "must be there";
			case VALUES -> "may be " + this.after.values(property) + ", not " + this.before.values(property);
			case MIN -> "the least it may be changed";
			case MAX -> "the most it may be changed";
			default -> difference.text();
		};
		this.changes.add(new SpecChange(difference.kind(), this.name, property, text));
	}

	private void versions() {
		Set<ManifestEvent> compared = new HashSet<>();
		for (ManifestEvent event : this.after.versions()) {
			ManifestEvent old = this.before.counterpart(event);
			compared.add(old);
			words(old.definition(), event.definition());
		}
		this.before.versions()
			.stream()
			.filter((event) -> !compared.contains(event))
			.forEach(
					(event) -> add(Kind.NARROWER, "is no longer collected in version " + event.definition().version()));
	}

	private void words(EventDefinition old, EventDefinition now) {
		List<String> words = new ArrayList<>();
		reworded(words, "what it means", old.semantics(), now.semantics());
		reworded(words, "its kind", old.type(), now.type());
		reworded(words, "its tags", old.tags(), now.tags());
		reworded(words, "what stands out", old.anomaly(), now.anomaly());
		reworded(words, "its version", old.version(), now.version());
		if (!has(NoticeDimension.SAMPLING)) {
			reworded(words, "its sampling rate", old.samplingRate(), now.samplingRate());
		}
		if (!has(NoticeDimension.RETENTION)) {
			reworded(words, "its retention", old.retention(), now.retention());
		}
		if (isSharedOtherwise(old, now)) {
			words.add("what each version collects");
		}
		if (!words.isEmpty()) {
			add(Kind.REWORDED, String.join(", ", words) + " changed");
		}
	}

	/** Consent covers all versions: what one of them may do, another one may do too. */
	private boolean isSharedOtherwise(EventDefinition old, EventDefinition now) {
		return DeclaredEvent.notice(List.of(old), this.before.terms())
			.differencesTo(DeclaredEvent.notice(List.of(now), this.after.terms()))
			.stream()
			.filter((difference) -> difference.dimension() != NoticeDimension.VERSION)
			.anyMatch((difference) -> this.differences.stream()
				.noneMatch((said) -> said.dimension() == difference.dimension()
						&& said.property().equals(difference.property())));
	}

	private static void reworded(List<String> words, String what, @Nullable Object old, @Nullable Object now) {
		if (!Objects.equals(old, now)) {
			words.add(what);
		}
	}

	private void descriptions() {
		for (ManifestEvent event : this.after.versions()) {
			Map<String, PropertyDefinition> old = this.before.counterpart(event).definition().properties();
			event.definition().properties().forEach((property, now) -> {
				PropertyDefinition known = old.get(property);
				if (known != null && !Objects.equals(known.description(), now.description())) {
					this.changes.add(new SpecChange(Kind.REWORDED, this.name, property, "its description changed"));
				}
			});
		}
	}

	private void add(NoticeDifference difference, String text) {
		add(difference.kind(), text);
	}

	private void add(Kind kind, String text) {
		this.changes.add(new SpecChange(kind, this.name, "", text));
	}

}
