package dev.telemetry.spec;

import java.util.List;

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

}
