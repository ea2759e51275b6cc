package dev.telemetry.benchmarks;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentScope;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.RetrySettings;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.TelemetrySpecRegistry;
import dev.telemetry.spec.UndeclaredPolicy;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What recording costs the calling thread while consent is on: bursts of events into an
 * idle system that fit its buffer; draining is outside of the timing. The same event
 * everywhere: a name, four strings and a number, of which a spec declares nothing, or
 * everything with values, bounds, a mask and a condition. The peer is OpenTelemetry's log
 * record through its batch processor, with an exporter that does nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 200, time = 1, timeUnit = TimeUnit.MILLISECONDS, batchSize = 1)
@Measurement(iterations = 200, time = 1, timeUnit = TimeUnit.MILLISECONDS, batchSize = 1)
@Fork(value = 2, jvmArgsAppend = { "-XX:+AlwaysPreTouch", "-Xms1g", "-Xmx1g" })
public class OpenGateBenchmark {

	private static final int BURST = 2000;

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final EventType ORDER_PLACED = EventType.of("order.placed");

	private static final EventType ORDER_SENT = EventType.of(EventDefinition.builder("order.sent")
		.property(PropertyDefinition.builder("sku", PropertyType.STRING).privacy(PrivacyLevel.PII).build())
		.property(PropertyDefinition.builder("channel", PropertyType.STRING).values(List.of("mobile", "web")).build())
		.property("currency", PropertyType.STRING)
		.property("country", PropertyType.STRING)
		.property(PropertyDefinition.builder("items", PropertyType.NUMBER).range(0.0, 1e6).build())
		.samplingConditions(List.of(SamplingCondition.of("channel == 'web' and items >= 0")))
		.build());

	private TelemetryContext context;

	private SdkLoggerProvider provider;

	private Logger logger;

	@Setup(Level.Trial)
	public void open() {
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();
		this.context = TelemetryContext.builder()
			.tool("benchmark")
			.gate(gate)
			.declared(new TelemetrySpecRegistry(List.of(ORDER_SENT.definition())), UndeclaredPolicy.RECORD)
			.sink(new NowhereFactory())
			.delivery(new DeliverySettings(65536, 512, Duration.ofSeconds(1), RetrySettings.DEFAULTS), LONG)
			.build();
		gate.enable(ConsentScope.LOCAL, null, "command");
		this.provider = SdkLoggerProvider.builder()
			.addLogRecordProcessor(
					BatchLogRecordProcessor.builder(new NowhereExporter()).setMaxQueueSize(65536).build())
			.build();
		this.logger = this.provider.get("benchmark");
	}

	@Setup(Level.Invocation)
	public void drain() {
		this.context.flush(LONG);
		this.provider.forceFlush().join(60, TimeUnit.SECONDS);
	}

	@TearDown(Level.Trial)
	public void close() {
		this.context.close();
		this.provider.close();
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void recorder() {
		for (int i = 0; i < BURST; i++) {
			this.context.event(ORDER_PLACED)
				.attribute("sku", "A-1")
				.attribute("channel", "web")
				.attribute("currency", "EUR")
				.attribute("country", "DE")
				.attribute("items", i)
				.record();
		}
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void declared() {
		for (int i = 0; i < BURST; i++) {
			this.context.event(ORDER_SENT)
				.attribute("sku", "A-1")
				.attribute("channel", "web")
				.attribute("currency", "EUR")
				.attribute("country", "DE")
				.attribute("items", i)
				.record();
		}
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void map() {
		for (int i = 0; i < BURST; i++) {
			this.context.record("order.placed",
					Map.of("sku", "A-1", "channel", "web", "currency", "EUR", "country", "DE", "items", i));
		}
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void openTelemetryLogRecord() {
		for (int i = 0; i < BURST; i++) {
			this.logger.logRecordBuilder()
				.setEventName("order.placed")
				.setAttribute(AttributeKey.stringKey("sku"), "A-1")
				.setAttribute(AttributeKey.stringKey("channel"), "web")
				.setAttribute(AttributeKey.stringKey("currency"), "EUR")
				.setAttribute(AttributeKey.stringKey("country"), "DE")
				.setAttribute(AttributeKey.longKey("items"), (long) i)
				.emit();
		}
	}

	/** Makes a local sink that keeps nothing. */
	private static final class NowhereFactory implements TelemetrySinkFactory {

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

	/** Exports nothing. */
	private static final class NowhereExporter implements LogRecordExporter {

		@Override
		public CompletableResultCode export(Collection<LogRecordData> logs) {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
