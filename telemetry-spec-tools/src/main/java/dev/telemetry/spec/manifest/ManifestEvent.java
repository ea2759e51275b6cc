package dev.telemetry.spec.manifest;

import java.util.List;

import dev.telemetry.spec.EventDefinition;

/**
 * An event that an archive declares.
 *
 * @param definition what is declared
 * @param receivers the names of the sinks its spec names, empty for all that are
 * configured
 * @param places where it is declared, for example
 * {@code telemetry/shop.telemetry.yaml:12} or {@code com.example.OrderService#place}
 */
public record ManifestEvent(EventDefinition definition, List<String> receivers, List<String> places) {

	public ManifestEvent {
		receivers = receivers.stream().distinct().sorted().toList();
		places = places.stream().distinct().sorted().toList();
	}

	/**
	 * Compare the versions of two declarations by the rules of semver.org.
	 * @param other the other one
	 * @return below 0 if this one is older, 0 if both are of the same version
	 */
	public int compareVersionTo(ManifestEvent other) {
		return this.definition.semanticVersion().compareTo(other.definition.semanticVersion());
	}

}
