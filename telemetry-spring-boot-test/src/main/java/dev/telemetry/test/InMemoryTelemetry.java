package dev.telemetry.test;

import java.util.List;

import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

/**
 * Telemetry for tests without Spring: consent is granted, events stay in memory, nothing
 * of this machine is read or written. One thread delivers; {@link #close()} ends it. Safe
 * for use by several threads.
 */
public final class InMemoryTelemetry implements AutoCloseable {

	private final RecordedTelemetry recorded;

	private final TelemetrySdk sdk;

	private InMemoryTelemetry(List<TelemetrySpec> specs) {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		specs.forEach(registry::register);
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).tool("test").build();
		this.recorded = new RecordedTelemetry(this::sdk, new DeclaredEvents(registry, () -> null));
		this.sdk = TelemetrySdk.builder()
			.tool("test")
			.gate(gate)
			.declared(registry, specs.isEmpty() ? UndeclaredPolicy.RECORD : UndeclaredPolicy.DROP)
			.sink(this.recorded.sink())
			.build();
		gate.start();
		gate.enable(ConsentScope.LOCAL, null, "test");
	}

	/**
	 * Create telemetry that records every event.
	 * @return the telemetry, to be closed
	 */
	public static InMemoryTelemetry create() {
		return new InMemoryTelemetry(List.of());
	}

	/**
	 * Create telemetry that records what specs declare and drops everything else, as an
	 * application with specs does.
	 * @param specs the specs
	 * @return the telemetry, to be closed
	 */
	public static InMemoryTelemetry create(TelemetrySpec... specs) {
		return new InMemoryTelemetry(List.of(specs));
	}

	/**
	 * Return what records events: what code under test is given.
	 * @return the context, always the same
	 */
	public TelemetryContext context() {
		return this.sdk.context();
	}

	/**
	 * Return what was recorded.
	 * @return the recorded events, always the same
	 */
	public RecordedTelemetry recorded() {
		return this.recorded;
	}

	private TelemetrySdk sdk() {
		return this.sdk;
	}

	@Override
	public void close() {
		this.sdk.close();
	}

}
