package dev.telemetry.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;

/**
 * What a registry shows of telemetry.
 *
 * @param registry the registry
 */
record TelemetryMeters(MeterRegistry registry) {

	long events(String outcome) {
		return (long) this.registry.get("telemetry.events").tag("outcome", outcome).functionCounter().count();
	}

	long allEvents() {
		return this.registry.get("telemetry.events")
			.functionCounters()
			.stream()
			.mapToLong((counter) -> (long) counter.count())
			.sum();
	}

	long sink(String name, String sink) {
		return (long) this.registry.get(name).tag("sink", sink).gauge().value();
	}

	long pending(String sink) {
		return sink("telemetry.sink.pending", sink);
	}

	long spilledBytes(String sink) {
		return sink("telemetry.sink.spilled.bytes", sink);
	}

	long attempts(String sink, String outcome) {
		return (long) timer(sink, outcome).count();
	}

	FunctionTimer timer(String sink, String outcome) {
		return this.registry.get("telemetry.delivery").tags("sink", sink, "outcome", outcome).functionTimer();
	}

	long consent(String what) {
		return (long) this.registry.get("telemetry.consent." + what).gauge().value();
	}

	/** Each series of ours, as {@code name{tags}}, in order. */
	List<String> series() {
		return this.registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith("telemetry."))
			.map((id) -> id.getName() + id.getTags().stream().map(TelemetryMeters::text).toList())
			.sorted()
			.toList();
	}

	/**
	 * The values of each series of ours that is neither a counter nor a gauge nor a
	 * timer.
	 */
	boolean hasOtherKinds() {
		return this.registry.getMeters()
			.stream()
			.filter((meter) -> meter.getId().getName().startsWith("telemetry."))
			.anyMatch((meter) -> !(meter instanceof FunctionCounter || meter instanceof Gauge
					|| meter instanceof FunctionTimer));
	}

	private static String text(Tag tag) {
		return tag.getKey() + "=" + tag.getValue();
	}

}
