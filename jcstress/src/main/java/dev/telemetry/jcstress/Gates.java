package dev.telemetry.jcstress;

import java.time.Duration;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.LaneSupport;
import dev.telemetry.delivery.RejectedEvents;
import dev.telemetry.delivery.RetrySettings;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.TelemetrySinkFactory;

/** What the races are run with: the real gate, the real lane, nothing on a disk. */
final class Gates {

	private static final EventOrigin ORIGIN = EventOrigin.of("jcstress", "1.0.0");

	/** Small, since thousands of lanes exist at once. */
	private static final DeliverySettings SMALL = new DeliverySettings(4, 2, Duration.ofMillis(1),
			RetrySettings.DEFAULTS);

	static {
		// The gate says each change aloud
		Logger.getLogger("dev.telemetry").setLevel(Level.OFF);
	}

	private Gates() {
	}

	static ConsentGate open() {
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).random(new Random(1)).build();
		enable(gate);
		return gate;
	}

	/** A gate by which events may leave this machine. */
	static ConsentGate openEverywhere() {
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).random(new Random(1)).build();
		gate.enable(ConsentScope.EXPORT, null, "command");
		return gate;
	}

	static void enable(ConsentGate gate) {
		gate.enable(ConsentScope.LOCAL, null, "command");
	}

	static DeliveryLane lane(ConsentGate gate, MemorySink sink) {
		return new DeliveryLane(TelemetrySinkFactory.of("memory", sink), sink, SMALL, gate, gate.session(),
				DeliveryRuntime.system(), new LaneSupport(RejectedEvents.NONE, new Problems(), null));
	}

	static Event event(String name) {
		return Event.builder(name).origin(ORIGIN).build();
	}

}
