package dev.telemetry.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.delivery.RetrySettings;
import dev.telemetry.delivery.Spill;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventPipeline;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetrySdkBuilder;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

/** What is measured: an SDK with an open gate, and the event that all rows record. */
final class Ours implements AutoCloseable {

	static final Duration LONG = Duration.ofMinutes(2);

	static final EventType ORDER_PLACED = EventType.of("order.placed");

	/** Declared, nothing personal. */
	static final EventType ORDER_SENT = EventType.of(EventDefinition.builder("order.sent")
		.property("sku", PropertyType.STRING)
		.property("channel", PropertyType.STRING)
		.property("currency", PropertyType.STRING)
		.property("country", PropertyType.STRING)
		.property(PropertyDefinition.builder("items", PropertyType.NUMBER).range(0.0, 1e9).build())
		.build());

	/** Declared, with one property that is masked. */
	static final EventType ORDER_MASKED = EventType.of(EventDefinition.builder("order.masked")
		.property(PropertyDefinition.builder("sku", PropertyType.STRING).privacy(PrivacyLevel.PII).build())
		.property("channel", PropertyType.STRING)
		.property("currency", PropertyType.STRING)
		.property("country", PropertyType.STRING)
		.property("items", PropertyType.NUMBER)
		.build());

	private final ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();

	private final TelemetrySdk sdk;

	/**
	 * Create an SDK and open its gate.
	 * @param sink where events go
	 * @param ownNames whether there are a user, a host and a home directory to look for
	 * @param capacity how many events may wait
	 * @param longest the longest value
	 * @param spill where events wait, or {@code null} for memory
	 */
	Ours(TelemetrySinkFactory sink, boolean ownNames, int capacity, int longest, @Nullable Spill spill) {
		Redactor redactor = ownNames ? new Redactor("marguerite", "build-host-17", Set.of("/home/marguerite"))
				: new Redactor(null, null, Set.of());
		DropCounters dropped = new DropCounters();
		TelemetrySdkBuilder builder = TelemetrySdk.builder()
			.tool("benchmark")
			.gate(this.gate)
			.declared(new TelemetrySpecRegistry(List.of(ORDER_SENT.definition(), ORDER_MASKED.definition())),
					UndeclaredPolicy.RECORD)
			.sink(sink)
			.pipeline(new EventPipeline(List.of(), List.of(), 64, longest, redactor, dropped), dropped)
			.spill(spill)
			.delivery(new DeliverySettings(capacity, 512, Duration.ofSeconds(1), RetrySettings.DEFAULTS), LONG);
		this.sdk = builder.build();
		this.gate.enable(sink.remote() ? ConsentScope.EXPORT : ConsentScope.LOCAL, null, "command");
	}

	static Ours nowhere(boolean ownNames) {
		return new Ours(noSink(), ownNames, 65_536, 512, null);
	}

	/** Return what makes a sink that keeps nothing. */
	static TelemetrySinkFactory noSink() {
		return new Nowhere();
	}

	TelemetryContext context() {
		return this.sdk.context();
	}

	ConsentGate gate() {
		return this.gate;
	}

	void record(EventType type, String[] texts, long items) {
		this.sdk.context()
			.event(type)
			.attribute("sku", texts[0])
			.attribute("channel", texts[1])
			.attribute("currency", texts[2])
			.attribute("country", texts[3])
			.attribute("items", items)
			.record();
	}

	void drain() {
		if (!this.sdk.flush(LONG)) {
			throw new IllegalStateException("not everything was delivered in time");
		}
	}

	DeliveryStatus status() {
		return this.sdk.status().sinks().get(0);
	}

	@Override
	public void close() {
		this.sdk.close();
	}

	/** Makes a local sink that keeps nothing. */
	private static final class Nowhere implements TelemetrySinkFactory {

		@Override
		public String name() {
			return "nowhere";
		}

		@Override
		public String target() {
			return "nowhere";
		}

		@Override
		public boolean remote() {
			return false;
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			return TelemetrySink.noop();
		}

	}

}
