package dev.telemetry.spec.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import org.jspecify.annotations.Nullable;

/**
 * What an archive declares in code. What a spec declares is passed over: it is judged
 * where it is written, and may be allowed there.
 */
final class LintedManifest implements LintedEvents {

	/** How deep the path of a property is: events, number, properties, name. */
	private static final int PROPERTY = 4;

	private final TelemetryManifest manifest;

	private final Set<String> measured;

	private final List<LintFinding> findings = new ArrayList<>();

	LintedManifest(TelemetryManifest manifest, Set<String> measured) {
		this.manifest = manifest;
		this.measured = measured;
	}

	@Override
	public List<EventDefinition> events() {
		return this.manifest.events().stream().map(ManifestEvent::definition).toList();
	}

	@Override
	public boolean has(Object... path) {
		return false;
	}

	@Override
	public void add(LintRule rule, String problem, String action, Object... path) {
		ManifestEvent event = this.manifest.events().get((Integer) path[1]);
		String property = (path.length == PROPERTY) ? String.valueOf(path[PROPERTY - 1]) : null;
		boolean measured = rule == LintRule.FREE_TEXT && this.measured.contains(property);
		if (!isInSpec(event.definition(), property) && !measured) {
			this.findings.add(new LintFinding(place(event), 0, 0, rule, problem, action(rule)));
		}
	}

	/**
	 * Only a spec says what an event means, and only code leaves types to be inferred.
	 */
	private static boolean isInSpec(EventDefinition event, @Nullable String property) {
		return (property != null) ? !Objects.requireNonNull(event.properties().get(property)).inferred()
				: event.semantics() != null;
	}

	private static String place(ManifestEvent event) {
		return event.places().stream().filter((place) -> place.contains("#")).findFirst().orElse("code");
	}

	private static String action(LintRule rule) {
		return (rule == LintRule.PURPOSE) ? "write 'purpose' in the annotation, or declare the event in a spec"
				: "declare it in a spec, which can say more of it, or leave it out";
	}

	List<LintFinding> findings() {
		return List.copyOf(this.findings);
	}

}
