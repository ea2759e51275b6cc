package dev.telemetry.actuate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.delivery.SinkActivity;
import dev.telemetry.delivery.SinkActivity.Attempts;
import dev.telemetry.sdk.TelemetrySdk;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of telemetry itself: how many events, what waits, what is delivered, and whether
 * consent is open. Counters go from the start of the application to its end and are zero
 * while consent has never been granted; the meters of a sink appear when it has a lane.
 * Reads memory, when the registry asks: there is no thread, and never the name of an
 * event or an identifier in a tag.
 */
public final class TelemetryMetrics implements MeterBinder, ConsentListener {

	private final TelemetrySdk sdk;

	private final TelemetryActivity activity;

	/** The sinks whose meters each registry has: it warns of those it has already. */
	private final Map<MeterRegistry, Set<String>> registries = new ConcurrentHashMap<>();

	/**
	 * Create the meters.
	 * @param sdk knows what waits, and whether consent is open
	 * @param activity has counted events and attempts
	 */
	public TelemetryMetrics(TelemetrySdk sdk, TelemetryActivity activity) {
		this.sdk = sdk;
		this.activity = activity;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (String outcome : this.activity.events().outcomes().keySet()) {
			FunctionCounter
				.builder("telemetry.events", this,
						(metrics) -> Objects.requireNonNull(metrics.activity.events().outcomes().get(outcome)))
				.tag("outcome", outcome)
				.description("Events, by what became of them before any sink")
				.baseUnit("events")
				.register(registry);
		}
		Gauge.builder("telemetry.consent.open", this, (metrics) -> metrics.sdk.status().collecting() ? 1 : 0)
			.description("Whether events are collected")
			.register(registry);
		Gauge
			.builder("telemetry.consent.capped", this,
					(metrics) -> (metrics.sdk.status().consent().cap() != null) ? 1 : 0)
			.description("Whether less is allowed than was granted, because of a setting or an input")
			.register(registry);
		// Added before its sinks are looked for, so that a grant in between is not missed
		Set<String> bound = this.registries.computeIfAbsent(registry, (key) -> ConcurrentHashMap.newKeySet());
		bindSinks(registry, bound, this.sdk.status().sinks());
	}

	private void bindSinks(MeterRegistry registry, Set<String> bound, List<DeliveryStatus> sinks) {
		sinks.stream().map(DeliveryStatus::name).filter(bound::add).forEach((sink) -> bindSink(registry, sink));
	}

	private void bindSink(MeterRegistry registry, String sink) {
		gauge("telemetry.sink.pending", sink, DeliveryStatus::pending)
			.description("Events that wait in memory for a sink")
			.baseUnit("events")
			.register(registry);
		gauge("telemetry.sink.spilled.bytes", sink, DeliveryStatus::spilledBytes)
			.description("What waits on disk for a sink")
			.baseUnit("bytes")
			.register(registry);
		timer(registry, sink, "success", SinkActivity::successes);
		timer(registry, sink, "failure", SinkActivity::failures);
	}

	private Gauge.Builder<TelemetryMetrics> gauge(String name, String sink, ToLongFunction<DeliveryStatus> value) {
		return Gauge.builder(name, this, (metrics) -> metrics.sum(sink, value)).tag("sink", sink);
	}

	private void timer(MeterRegistry registry, String sink, String outcome, Function<SinkActivity, Attempts> attempts) {
		FunctionTimer
			.builder("telemetry.delivery", this.activity.delivery().of(sink),
					(activity) -> attempts.apply(activity).count(), (activity) -> attempts.apply(activity).nanos(),
					TimeUnit.NANOSECONDS)
			.tags("sink", sink, "outcome", outcome)
			.description("Attempts to hand a batch of events to a sink")
			.register(registry);
	}

	/** A sink whose lane was cut off may have another one already. */
	private double sum(String sink, ToLongFunction<DeliveryStatus> value) {
		return this.sdk.status().sinks().stream().filter((status) -> status.name().equals(sink)).mapToLong(value).sum();
	}

	@Override
	public void opened(ConsentSession session) {
		retry();
	}

	@Override
	public void widened(ConsentSession session) {
		retry();
	}

	@Override
	public void retry() {
		List<DeliveryStatus> sinks = this.registries.isEmpty() ? List.of() : this.sdk.status().sinks();
		this.registries.forEach((registry, bound) -> bindSinks(registry, bound, sinks));
	}

}
