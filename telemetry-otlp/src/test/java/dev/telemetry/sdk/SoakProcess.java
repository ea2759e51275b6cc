package dev.telemetry.sdk;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.delivery.RetrySettings;
import dev.telemetry.delivery.Spill;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import dev.telemetry.storage.Home;

/**
 * A process that records 500 events a second for a receiver that is often unwell, says
 * how it fares every second, and at the end waits until everything is settled.
 */
final class SoakProcess {

	static final int EVENTS_PER_SECOND = 500;

	private static final int STEPS = 10;

	private static final DeliverySettings DELIVERY = new DeliverySettings(8192, 512, Duration.ofSeconds(1),
			new RetrySettings(Duration.ofMillis(200), Duration.ofSeconds(2), 1.5, 0.2));

	private SoakProcess() {
	}

	/**
	 * Run.
	 * @param arguments the home, the address of the receiver, and for how many seconds
	 */
	public static void main(String[] arguments) throws Exception {
		Home home = Home.chosen(Path.of(arguments[0]));
		ConsentGate gate = ConsentGate.builder(ConsentStore.file(home, "demo-app")).tool("demo-app").build();
		OtlpSettings otlp = OtlpSettings.of(URI.create(arguments[1]), OtlpSignal.LOGS, OtlpResource.of("demo-app"));
		TelemetrySdk context = TelemetrySdk.builder()
			.tool("demo-app")
			.gate(gate)
			.delivery(DELIVERY, Duration.ofSeconds(5))
			.spill(new Spill(home, SpillSettings.DEFAULTS))
			.runtime(DeliveryRuntime.system(), new dev.telemetry.pipeline.Sampler(() -> 0))
			.sink(new OtlpSinkFactory(otlp, TlsSource.JAVA))
			.build();
		gate.enable(ConsentScope.EXPORT, null, "command");
		for (int second = 0; second < Integer.parseInt(arguments[2]); second++) {
			record(context);
			print("at", context);
		}
		print("recorded", context);
		System.in.read();
		Patience.until("everything is sent", () -> {
			context.flush(Duration.ofSeconds(1));
			DeliveryStatus status = status(context);
			return status.pending() + status.spilled() == 0;
		});
		print("settled", context);
		System.in.read();
		context.close();
	}

	private static void record(TelemetrySdk context) {
		long begun = System.nanoTime();
		for (int step = 1; step <= STEPS; step++) {
			for (int event = 0; event < EVENTS_PER_SECOND / STEPS; event++) {
				context.context().record("order.placed");
			}
			LockSupport.parkNanos(begun + Duration.ofSeconds(1).toNanos() * step / STEPS - System.nanoTime());
		}
	}

	private static DeliveryStatus status(TelemetrySdk context) {
		return context.status().sinks().get(0);
	}

	private static void print(String when, TelemetrySdk context) {
		DeliveryStatus status = status(context);
		System.out.println(SoakTests.TELLS + when + " accepted=" + status.accepted() + " delivered="
				+ status.delivered() + " pending=" + status.pending() + " spilled=" + status.spilled() + " dropped="
				+ status.dropped() + " balanced=" + status.balanced());
	}

}
