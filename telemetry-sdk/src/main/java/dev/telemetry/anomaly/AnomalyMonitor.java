package dev.telemetry.anomaly;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import dev.telemetry.Internal;
import dev.telemetry.event.Event;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.spec.AnomalyAction;
import dev.telemetry.spec.AnomalyRule;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Watches the numbers of events that declare what they should be. Only numbers that are
 * recorded in clear can be watched, see {@link EventDefinition.Builder#build()}, so what
 * it sees is what was recorded, never a mask. Keeps averages in memory only. Safe for use
 * by several threads.
 */
/*
 * "watches" has an entry for each declared event that was seen; a declaration that was
 * united with another one meanwhile begins anew. Each watch has a lock of its own.
 */
@Internal
public final class AnomalyMonitor implements EventObserver {

	private static final Log logger = LogFactory.getLog(AnomalyMonitor.class);

	private final TelemetrySpecRegistry registry;

	private final Duration cooldown;

	private final LongSupplier nanoTime;

	private final AnomalyListener listener;

	private final Map<String, EventWatch> watches = new ConcurrentHashMap<>();

	/**
	 * Create a monitor.
	 * @param registry knows what is declared
	 * @param cooldown how long nothing more is said of the same bound, unless its
	 * declaration says something else
	 * @param nanoTime the monotonic clock in nanoseconds
	 * @param listener receives anomalies
	 */
	public AnomalyMonitor(TelemetrySpecRegistry registry, Duration cooldown, LongSupplier nanoTime,
			AnomalyListener listener) {
		this.registry = registry;
		this.cooldown = cooldown;
		this.nanoTime = nanoTime;
		this.listener = listener;
	}

	@Override
	public void observe(Event event) {
		EventDefinition definition = this.registry.findEvent(event.name());
		if (definition == null || definition.anomaly() == null) {
			return;
		}
		EventWatch watch = this.watches.get(event.name());
		if (watch == null || !watch.isOf(definition)) {
			watch = this.watches.merge(event.name(), watch(definition),
					(known, created) -> known.isOf(definition) ? known : created);
		}
		AnomalyRule rule = watch.rule();
		if (rule != null) {
			watch.observe(event, this.nanoTime.getAsLong()).forEach((anomaly) -> signal(rule, anomaly));
		}
	}

	private EventWatch watch(EventDefinition definition) {
		TelemetrySpec spec = this.registry.specOf(definition);
		AnomalyRule rule = definition.anomaly();
		boolean watched = rule != null && rule.enabled() && (spec == null || spec.anomalyDetection());
		Duration wait = (rule != null && rule.cooldown() != null) ? rule.cooldown() : this.cooldown;
		return new EventWatch(definition, watched ? rule : null, wait);
	}

	private void signal(AnomalyRule rule, Anomaly anomaly) {
		for (AnomalyAction action : AnomalyAction.values()) {
			if (rule.actions().contains(action) && !(anomaly.recovered() && action == AnomalyAction.TRIGGER_REGEN)) {
				signal(new AnomalySignal(action, anomaly));
			}
		}
	}

	private void signal(AnomalySignal signal) {
		try {
			this.listener.signal(signal);
		}
		catch (RuntimeException | LinkageError | AssertionError | StackOverflowError ex) {
			// The event is recorded all the same, and its other bounds are judged
			logger.debug("Telemetry: a listener failed (" + ex.getClass().getName() + ")");
		}
	}

	/**
	 * Forget every average. An event that is being recorded just now may begin a new one,
	 * of declared numbers only.
	 */
	public void reset() {
		this.watches.clear();
	}

}
