package dev.telemetry.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.telemetry.Internal;

/**
 * The activity of each sink, by name. Lanes come and go with consent sessions; this
 * remains from the start of the application to its end. Safe for use by several threads.
 */
@Internal
public final class DeliveryActivity {

	private final Map<String, SinkActivity> sinks = new ConcurrentHashMap<>();

	/**
	 * Create activity without any sink.
	 */
	public DeliveryActivity() {
	}

	/**
	 * Return the activity of a sink.
	 * @param sink the name of the sink
	 * @return its activity, always the same; zero as long as the sink has no lane
	 */
	public SinkActivity of(String sink) {
		return this.sinks.computeIfAbsent(sink, (name) -> new SinkActivity());
	}

}
