package dev.telemetry.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.sdk.TelemetrySdk;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a recorded call costs while consent is off. Run with {@code -prof gc}: the
 * compiled ways must allocate nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ClosedGateBenchmark {

	private static final EventType ORDER_PLACED = EventType.of("order.placed");

	private final TelemetryContext context = TelemetrySdk.builder()
		.tool("benchmark")
		.gate(ConsentGate.builder(ConsentStore.memory()).build())
		.build()
		.context();

	private int items = 3;

	/** Nothing but the return of a field. */
	@Benchmark
	public int baseline() {
		return this.items;
	}

	/** The primary way. */
	@Benchmark
	public int recorder() {
		this.context.event(ORDER_PLACED)
			.attribute("sku", "A-1")
			.attribute("channel", "web")
			.attribute("currency", "EUR")
			.attribute("country", "DE")
			.attribute("items", this.items)
			.record();
		return this.items;
	}

	/** The scoped form. */
	@Benchmark
	public int scope() {
		this.context.start(ORDER_PLACED).close();
		return this.items;
	}

	/** The convenience, whose map the caller builds whatever we do. */
	@Benchmark
	public int map() {
		this.context.record("order.placed",
				Map.of("sku", "A-1", "channel", "web", "currency", "EUR", "country", "DE", "items", this.items));
		return this.items;
	}

}
