package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySinkFactory;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * A mistake that others have made, to be planted into an {@link Installation} or a
 * {@link RealApplication} in order to see that the tests of the promises find it.
 */
enum Fault {

	/** Everything is as it is. */
	NONE,

	/** Before it sends, a worker reads a volatile flag. */
	VOLATILE_FLAG {

		@Override
		TelemetrySdk context(TelemetrySdkBuilder builder, ConsentGate gate, List<TelemetrySinkFactory> sinks,
				DeliveryRuntime runtime) {
			return new PlantedContext(gate, sinks, runtime, PlantedContext.Gate.FLAG);
		}

	},

	/** Before it sends, a worker reads a volatile flag twice. */
	SECOND_LOOK {

		@Override
		TelemetrySdk context(TelemetrySdkBuilder builder, ConsentGate gate, List<TelemetrySinkFactory> sinks,
				DeliveryRuntime runtime) {
			return new PlantedContext(gate, sinks, runtime, PlantedContext.Gate.SECOND_LOOK);
		}

	},

	/** A no turns a flag off, and a later yes turns it on again. */
	OFF_AND_ON {

		@Override
		TelemetrySdk context(TelemetrySdkBuilder builder, ConsentGate gate, List<TelemetrySinkFactory> sinks,
				DeliveryRuntime runtime) {
			return new PlantedContext(gate, sinks, runtime, PlantedContext.Gate.OFF_AND_ON);
		}

	},

	/** The bare file {@code telemetry.opt-in} is a yes to sending. */
	OPT_IN_FILE_EXPORTS {

		@Override
		ConsentSource optInFile(ConsentSource real) {
			return () -> real.read()
				.stream()
				.map((input) -> new ConsentInput(11, input.input(), input.value(), input.origin(), false))
				.toList();
		}

	},

	/** A record that cannot be trusted counts as a yes. */
	DAMAGED_RECORD_IS_YES {

		@Override
		ConsentStore store(ConsentStore real) {
			return new TrustingConsentStore(real);
		}

	},

	/** A no closes the gate but forgets nothing of what waits. */
	NO_KEEPS_WHAT_WAITS {

		@Override
		TelemetrySdk context(TelemetrySdkBuilder builder, ConsentGate gate, List<TelemetrySinkFactory> sinks,
				DeliveryRuntime runtime) {
			return new PlantedContext(gate, sinks, runtime, PlantedContext.Gate.KEEPING);
		}

	},

	/** A reset erases nothing. */
	RESET_KEEPS_EVERYTHING {

		@Override
		ApplicationContextRunner application(ApplicationContextRunner runner) {
			return runner.withUserConfiguration(KeepingReset.class);
		}

	},

	/** The identifier is made when the application starts. */
	IDENTIFIER_BEFORE_YES {

		@Override
		void beforeAnyYes(ConsentGate gate, MachineIdSource machineIds, List<TelemetrySinkFactory> sinks) {
			try {
				machineIds.get();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	},

	/** That somebody said no is told to every receiver. */
	MESSAGE_AT_NO {

		@Override
		void beforeAnyYes(ConsentGate gate, MachineIdSource machineIds, List<TelemetrySinkFactory> sinks) {
			gate.addListener(new ConsentListener() {

				@Override
				public void closed(ConsentSession session) {
					sinks.forEach(Fault::tell);
				}

			});
		}

	};

	private static void tell(TelemetrySinkFactory receiver) {
		EventOrigin origin = EventOrigin.of("demo-app", "1.0.0");
		try {
			receiver.create(new SinkSession(origin, "actuator"))
				.emit(Event.builder("telemetry.disabled").origin(origin).build());
		}
		catch (TelemetryException ex) {
			throw new IllegalStateException(ex);
		}
	}

	ConsentStore store(ConsentStore real) {
		return real;
	}

	ConsentSource optInFile(ConsentSource real) {
		return real;
	}

	void beforeAnyYes(ConsentGate gate, MachineIdSource machineIds, List<TelemetrySinkFactory> sinks) {
	}

	TelemetrySdk context(TelemetrySdkBuilder builder, ConsentGate gate, List<TelemetrySinkFactory> sinks,
			DeliveryRuntime runtime) {
		return builder.build();
	}

	ApplicationContextRunner application(ApplicationContextRunner runner) {
		return runner;
	}

}
