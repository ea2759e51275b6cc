package dev.telemetry.actuate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetryStatus;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Says how telemetry is. Always up: an application is no less healthy because events
 * cannot be delivered. Looks at memory alone.
 */
public final class TelemetryHealthIndicator implements HealthIndicator {

	private final TelemetrySdk sdk;

	private final TelemetryActivity activity;

	/**
	 * Create the indicator.
	 * @param sdk knows how telemetry is
	 * @param activity knows what went wrong last
	 */
	public TelemetryHealthIndicator(TelemetrySdk sdk, TelemetryActivity activity) {
		this.sdk = sdk;
		this.activity = activity;
	}

	@Override
	public Health health() {
		try {
			return health(this.sdk.status());
		}
		catch (RuntimeException ex) {
			// Down or an exception would take the application out of service
			return Health.up().withDetail("state", Status.UNKNOWN.getCode()).build();
		}
	}

	private Health health(TelemetryStatus status) {
		List<DeliveryStatus> sinks = status.sinks();
		Health.Builder health = Health.up()
			.withDetail("state", status.consent().state().name())
			.withDetail("scope", status.consent().scope().name())
			.withDetail("pending", sinks.stream().mapToLong(DeliveryStatus::pending).sum())
			.withDetail("spilledBytes", sinks.stream().mapToLong(DeliveryStatus::spilledBytes).sum())
			.withDetail("failing",
					sinks.stream().filter((sink) -> sink.lastError() != null).map(DeliveryStatus::name).toList());
		Map<String, String> errors = lastErrors(sinks);
		return (errors.isEmpty() ? health : health.withDetail("lastErrors", errors)).build();
	}

	/** The class alone: a message may be long, and is in the endpoint's status. */
	private Map<String, String> lastErrors(List<DeliveryStatus> sinks) {
		Map<String, String> errors = new TreeMap<>();
		for (DeliveryStatus sink : sinks) {
			String error = this.activity.delivery().of(sink.name()).lastError();
			if (sink.lastError() != null && error != null) {
				errors.put(sink.name(), error);
			}
		}
		return errors;
	}

}
