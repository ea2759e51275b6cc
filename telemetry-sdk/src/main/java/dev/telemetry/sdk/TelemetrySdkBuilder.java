package dev.telemetry.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import dev.telemetry.Internal;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.delivery.DeliveryActivity;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.LaneSupport;
import dev.telemetry.delivery.RejectedEvents;
import dev.telemetry.delivery.Spill;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventPipeline;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.pipeline.Sampler;
import dev.telemetry.problem.Problems;
import dev.telemetry.problem.RecordingFailures;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link TelemetrySdk}. Throws on what cannot work, since nothing records yet:
 * {@link IllegalArgumentException} for a wrong value, {@link IllegalStateException} for a
 * missing one. Not safe for use by several threads.
 */
public final class TelemetrySdkBuilder {

	private final List<TelemetrySinkFactory> sinks = new ArrayList<>();

	private final Map<String, String> metadata = new LinkedHashMap<>();

	private @Nullable String tool;

	private String toolVersion = "unknown";

	private @Nullable ConsentGate gate;

	private @Nullable MachineIdSource machineIds;

	private @Nullable IdJournal journal;

	private TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());

	private UndeclaredPolicy undeclared = UndeclaredPolicy.RECORD;

	private List<EventOverride> overrides = List.of();

	private TenantControls tenants = (tenant) -> List.of();

	private DropCounters dropped = new DropCounters();

	private EventPipeline pipeline = new EventPipeline(List.of(), List.of(), 64, 512,
			new Redactor(null, null, List.of()), this.dropped);

	private DeliverySettings delivery = DeliverySettings.DEFAULTS;

	private @Nullable Spill spill;

	private RejectedEvents rejected = RejectedEvents.NONE;

	private DeliveryActivity activity = new DeliveryActivity();

	private DeliveryRuntime runtime = DeliveryRuntime.system();

	private boolean runtimeFields = true;

	private Problems problems = new Problems();

	private Duration shutdownTimeout = Duration.ofSeconds(2);

	private Sampler sampler = new Sampler(() -> ThreadLocalRandom.current().nextDouble());

	TelemetrySdkBuilder() {
	}

	/**
	 * Set the name of the tool that records. Required.
	 * @param tool the name
	 * @return this builder
	 */
	public TelemetrySdkBuilder tool(String tool) {
		if (tool.isBlank()) {
			throw new IllegalArgumentException("'tool' must not be blank");
		}
		this.tool = tool;
		return this;
	}

	/**
	 * Set the version of the tool; {@code unknown} by default.
	 * @param toolVersion the version
	 * @return this builder
	 */
	public TelemetrySdkBuilder toolVersion(String toolVersion) {
		this.toolVersion = Objects.requireNonNull(toolVersion, "'toolVersion' must not be null");
		return this;
	}

	/**
	 * Set the gate that decides whether anything is collected. Required. The context
	 * follows it from now on; the caller refreshes it when everything is ready.
	 * @param gate the gate
	 * @return this builder
	 */
	public TelemetrySdkBuilder gate(ConsentGate gate) {
		this.gate = Objects.requireNonNull(gate, "'gate' must not be null");
		return this;
	}

	/**
	 * Add a sink that exists already. It counts as remote unless it is a
	 * {@link dev.telemetry.sink.LocalStore}.
	 * @param name a name for it, lower case and unique
	 * @param sink the sink
	 * @return this builder
	 */
	public TelemetrySdkBuilder sink(String name, TelemetrySink sink) {
		return sink(TelemetrySinkFactory.of(name, sink));
	}

	/**
	 * Add a sink that is made after a grant.
	 * @param factory makes it
	 * @return this builder
	 * @throws IllegalArgumentException if there is a sink of that name
	 */
	public TelemetrySdkBuilder sink(TelemetrySinkFactory factory) {
		if (this.sinks.stream().anyMatch((sink) -> sink.name().equals(factory.name()))) {
			throw new IllegalArgumentException("'name' must be unique, there is a sink '" + factory.name() + "'");
		}
		this.sinks.add(factory);
		return this;
	}

	/**
	 * Add attributes to every event. Attributes of the event itself win.
	 * @param metadata the attributes
	 * @return this builder
	 */
	public TelemetrySdkBuilder metadata(Map<String, String> metadata) {
		this.metadata.putAll(metadata);
		return this;
	}

	/**
	 * Set where the identifier of the installation comes from; none by default.
	 * @param machineIds provides the identifier, or {@code null} if none can be stored
	 * @param journal notes each one before it leaves the machine, or {@code null} if none
	 * can be stored
	 * @return this builder
	 */
	@Internal
	public TelemetrySdkBuilder machineIds(@Nullable MachineIdSource machineIds, @Nullable IdJournal journal) {
		this.machineIds = machineIds;
		this.journal = journal;
		return this;
	}

	/**
	 * Set which events are declared, and what happens to others.
	 * @param registry knows the declared events
	 * @param undeclared the rule for others; they are recorded by default
	 * @return this builder
	 */
	@Internal
	public TelemetrySdkBuilder declared(TelemetrySpecRegistry registry, UndeclaredPolicy undeclared) {
		this.registry = registry;
		this.undeclared = undeclared;
		return this;
	}

	/**
	 * Narrow what is collected.
	 * @param overrides the operator's overrides
	 * @return this builder
	 */
	public TelemetrySdkBuilder overrides(List<EventOverride> overrides) {
		this.overrides = List.copyOf(overrides);
		return this;
	}

	/**
	 * Narrow what is collected on behalf of tenants.
	 * @param tenants the overrides of tenants
	 * @return this builder
	 */
	public TelemetrySdkBuilder tenants(TenantControls tenants) {
		this.tenants = Objects.requireNonNull(tenants, "'tenants' must not be null");
		return this;
	}

	/**
	 * Set what happens to events before they are recorded.
	 * @param pipeline the pipeline
	 * @param dropped the counters of that pipeline
	 * @return this builder
	 */
	@Internal
	public TelemetrySdkBuilder pipeline(EventPipeline pipeline, DropCounters dropped) {
		this.dropped = dropped;
		this.pipeline = pipeline;
		return this;
	}

	/**
	 * Set how events are delivered.
	 * @param delivery the settings of each lane
	 * @param shutdownTimeout the whole budget of {@link TelemetrySdk#close()}
	 * @return this builder
	 */
	@Internal
	public TelemetrySdkBuilder delivery(DeliverySettings delivery, Duration shutdownTimeout) {
		if (shutdownTimeout.isNegative()) {
			throw new IllegalArgumentException("'shutdownTimeout' must not be negative");
		}
		this.delivery = delivery;
		this.shutdownTimeout = shutdownTimeout;
		return this;
	}

	/**
	 * Set where events for remote sinks wait on disk until they are sent; they wait in
	 * memory by default.
	 * @param spill the spill, or {@code null} if there is no place for it
	 * @return this builder
	 */
	@Internal
	public TelemetrySdkBuilder spill(@Nullable Spill spill) {
		this.spill = spill;
		return this;
	}

	/**
	 * Set what stores events that a destination refused for good; by default they are not
	 * stored.
	 * @param rejected stores them
	 * @return this builder
	 */
	@Internal
	public TelemetrySdkBuilder rejected(RejectedEvents rejected) {
		this.rejected = rejected;
		return this;
	}

	/**
	 * Set what counts the attempts to deliver, so that they can be shown.
	 * @param activity counts them
	 * @return this builder
	 */
	@Internal
	public TelemetrySdkBuilder activity(DeliveryActivity activity) {
		this.activity = activity;
		return this;
	}

	/**
	 * Set the clocks, the random source and the threads.
	 * @param runtime what lanes take from the world
	 * @param sampler decides which events are recorded
	 * @return this builder
	 */
	@Internal
	public TelemetrySdkBuilder runtime(DeliveryRuntime runtime, Sampler sampler) {
		this.runtime = runtime;
		this.sampler = sampler;
		return this;
	}

	/**
	 * Set whether events have the operating system's family, the architecture and the
	 * major version of Java; they do by default.
	 * @param runtimeFields whether they do
	 * @return this builder
	 */
	public TelemetrySdkBuilder runtimeFields(boolean runtimeFields) {
		this.runtimeFields = runtimeFields;
		return this;
	}

	/**
	 * Set where problems are reported.
	 * @param problems collects them for status
	 * @return this builder
	 */
	@Internal
	public TelemetrySdkBuilder problems(Problems problems) {
		this.problems = problems;
		return this;
	}

	/**
	 * Build the context. It follows the gate at once, so an open gate begins a session.
	 * @return the context
	 */
	public TelemetrySdk build() {
		ConsentGate followed = gate();
		new SpecReceivers(this.sinks, this.problems).check(this.registry);
		RecordingPath path = new RecordingPath(
				new EventRules(this.registry, this.undeclared, this.overrides, this.tenants), this.pipeline,
				this.dropped, this.metadata, this.runtime.clock(), this.runtime.nanoTime(),
				new RecordingFailures(this.runtime.nanoTime()));
		RuntimeFields fields = this.runtimeFields ? RuntimeFields.of(System::getProperty) : RuntimeFields.NONE;
		EventOriginSource origins = new EventOriginSource(tool(), this.toolVersion, fields, this.machineIds,
				this.problems);
		LaneSource lanes = new LaneSource(this.sinks, this.delivery, this.runtime, this.journal,
				new LaneSupport(this.rejected, this.problems, this.spill, this.activity));
		RecordingSessions sessions = new RecordingSessions(followed, origins, lanes, path);
		TelemetrySdk sdk = new DefaultTelemetrySdk(this, followed, sessions, path);
		followed.addListener(sessions);
		return sdk;
	}

	String tool() {
		if (this.tool == null) {
			throw new IllegalStateException("'tool' must be set");
		}
		return this.tool;
	}

	private ConsentGate gate() {
		if (this.gate == null) {
			throw new IllegalStateException("'gate' must be set");
		}
		return this.gate;
	}

	Sampler sampler() {
		return this.sampler;
	}

	Problems problems() {
		return this.problems;
	}

	Duration shutdownTimeout() {
		return this.shutdownTimeout;
	}

}
