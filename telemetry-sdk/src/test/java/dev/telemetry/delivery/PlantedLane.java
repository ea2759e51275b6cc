package dev.telemetry.delivery;

import java.util.function.BooleanSupplier;

import dev.telemetry.problem.Problems;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

/**
 * Lanes that ask something else than the gate's session whether they may send, for tests
 * that plant a gate which is known to be wrong.
 */
public final class PlantedLane {

	private PlantedLane() {
	}

	/**
	 * Create a lane that only looks before it sends, and that nobody waits for.
	 * @param origin says the sink's name and target
	 * @param sink the sink
	 * @param runtime the clocks, the random source and the threads
	 * @param open what the lane looks at
	 * @return the lane, not started
	 */
	public static DeliveryLane looking(TelemetrySinkFactory origin, TelemetrySink sink, DeliveryRuntime runtime,
			BooleanSupplier open) {
		return new DeliveryLane(origin, sink, DeliverySettings.DEFAULTS, new SessionPass() {

			@Override
			public void check() {
			}

			@Override
			public boolean enter() {
				return open.getAsBoolean();
			}

			@Override
			public void exit() {
			}

			@Override
			public boolean goOn() {
				return true;
			}

		}, runtime, support(), null);
	}

	/**
	 * Return where a lane turns with what is refused: nowhere, as nothing is.
	 * @return keeps nothing
	 */
	public static LaneSupport support() {
		return new LaneSupport(RejectedEvents.NONE, new Problems(), null);
	}

}
