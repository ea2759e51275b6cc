package dev.telemetry.benchmarks;

import java.io.OutputStream;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.encoder.LogstashEncoder;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.apache.logging.log4j.core.jmx.RingBufferAdmin;
import org.apache.logging.log4j.message.StringMapMessage;

/**
 * The others, each set up as its documentation shows for throughput, with a queue as long
 * as ours and no event thrown away while there is room. None of them redacts anything.
 */
final class Peers {

	static final int QUEUE = 65_536;

	private static final AttributeKey<String> SKU = AttributeKey.stringKey("sku");

	private static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("channel");

	private static final AttributeKey<String> CURRENCY = AttributeKey.stringKey("currency");

	private static final AttributeKey<String> COUNTRY = AttributeKey.stringKey("country");

	private static final AttributeKey<Long> ITEMS = AttributeKey.longKey("items");

	private Peers() {
	}

	private static void await(String what, BooleanSupplier condition) {
		long begun = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - begun > Ours.LONG.toNanos()) {
				throw new IllegalStateException("waited in vain until " + what);
			}
			LockSupport.parkNanos(20_000);
		}
	}

	/** A way to record the event that all rows record. */
	interface Peer extends AutoCloseable {

		void record(String[] texts, long items);

		/** Wait until everything has left the queue. */
		void drain();

		@Override
		void close();

	}

	/** OpenTelemetry's log record through its batch processor. */
	static final class OpenTelemetryLog implements Peer {

		private final SdkLoggerProvider provider;

		private final Logger logger;

		OpenTelemetryLog(LogRecordExporter exporter) {
			this.provider = SdkLoggerProvider.builder()
				.addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).setMaxQueueSize(QUEUE).build())
				.build();
			this.logger = this.provider.get("benchmark");
		}

		static OpenTelemetryLog nowhere() {
			return new OpenTelemetryLog(new NoLogs());
		}

		@Override
		public void record(String[] texts, long items) {
			this.logger.logRecordBuilder()
				.setEventName("order.placed")
				.setAttribute(SKU, texts[0])
				.setAttribute(CHANNEL, texts[1])
				.setAttribute(CURRENCY, texts[2])
				.setAttribute(COUNTRY, texts[3])
				.setAttribute(ITEMS, items)
				.emit();
		}

		@Override
		public void drain() {
			this.provider.forceFlush().join(Ours.LONG.toSeconds(), TimeUnit.SECONDS);
		}

		@Override
		public void close() {
			this.provider.close();
		}

	}

	/** OpenTelemetry's span through its batch processor. */
	static final class OpenTelemetrySpan implements Peer {

		private final SdkTracerProvider provider = SdkTracerProvider.builder()
			.addSpanProcessor(BatchSpanProcessor.builder(new NoSpans()).setMaxQueueSize(QUEUE).build())
			.build();

		private final Tracer tracer = this.provider.get("benchmark");

		@Override
		public void record(String[] texts, long items) {
			this.tracer.spanBuilder("order.placed")
				.setAttribute(SKU, texts[0])
				.setAttribute(CHANNEL, texts[1])
				.setAttribute(CURRENCY, texts[2])
				.setAttribute(COUNTRY, texts[3])
				.setAttribute(ITEMS, items)
				.startSpan()
				.end();
		}

		@Override
		public void drain() {
			this.provider.forceFlush().join(Ours.LONG.toSeconds(), TimeUnit.SECONDS);
		}

		@Override
		public void close() {
			this.provider.close();
		}

	}

	/** Logback's asynchronous appender, with the encoder of Logstash. */
	static final class Logback implements Peer {

		private final LoggerContext context = new LoggerContext();

		private final AsyncAppender async = new AsyncAppender();

		private final ch.qos.logback.classic.Logger logger;

		Logback(OutputStream out) {
			// As SLF4J sets it for the context it creates: without it no event is
			// appended
			this.context.setMDCAdapter(new LogbackMDCAdapter());
			LogstashEncoder encoder = new LogstashEncoder();
			encoder.setContext(this.context);
			encoder.start();
			OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
			appender.setContext(this.context);
			appender.setEncoder(encoder);
			appender.setImmediateFlush(false);
			appender.setOutputStream(out);
			appender.start();
			this.async.setContext(this.context);
			this.async.setQueueSize(QUEUE);
			this.async.setDiscardingThreshold(0);
			this.async.addAppender(appender);
			this.async.start();
			this.logger = this.context.getLogger("benchmark");
			this.logger.setLevel(Level.INFO);
			this.logger.setAdditive(false);
			this.logger.addAppender(this.async);
		}

		@Override
		public void record(String[] texts, long items) {
			this.logger.info("order.placed", StructuredArguments.kv("sku", texts[0]),
					StructuredArguments.kv("channel", texts[1]), StructuredArguments.kv("currency", texts[2]),
					StructuredArguments.kv("country", texts[3]), StructuredArguments.kv("items", items));
		}

		@Override
		public void drain() {
			await("the queue of Logback is empty", () -> this.async.getNumberOfElementsInQueue() == 0);
		}

		@Override
		public void close() {
			this.async.setMaxFlushTime((int) Ours.LONG.toMillis());
			this.context.stop();
		}

	}

	/** Log4j's asynchronous loggers, with its layout for JSON. */
	static final class Log4j implements Peer {

		private static final String TEMPLATE = "{\"ts\":{\"$resolver\":\"timestamp\"},"
				+ "\"event\":{\"$resolver\":\"message\"}}";

		private final AsyncLoggerContext context;

		private final RingBufferAdmin ring;

		private final org.apache.logging.log4j.core.Logger logger;

		Log4j(String file) {
			System.setProperty("log4j2.asyncLoggerRingBufferSize", String.valueOf(QUEUE));
			this.context = new AsyncLoggerContext("benchmark");
			ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
			builder.add(builder.newAppender("file", "RandomAccessFile")
				.addAttribute("fileName", file)
				.addAttribute("append", true)
				.addAttribute("immediateFlush", false)
				.add(builder.newLayout("JsonTemplateLayout").addAttribute("eventTemplate", TEMPLATE)));
			builder.add(builder.newRootLogger(org.apache.logging.log4j.Level.INFO).add(builder.newAppenderRef("file")));
			this.context.start(builder.build());
			this.logger = this.context.getLogger("benchmark");
			this.ring = this.context.createRingBufferAdmin();
		}

		@Override
		public void record(String[] texts, long items) {
			this.logger.info(new StringMapMessage().with("name", "order.placed")
				.with("sku", texts[0])
				.with("channel", texts[1])
				.with("currency", texts[2])
				.with("country", texts[3])
				.with("items", items));
		}

		@Override
		public void drain() {
			await("the ring of Log4j is empty", () -> this.ring.getRemainingCapacity() == this.ring.getBufferSize());
		}

		@Override
		public void close() {
			this.context.stop(Ours.LONG.toSeconds(), TimeUnit.SECONDS);
		}

	}

	/** Exports nothing. */
	private static final class NoLogs implements LogRecordExporter {

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

	/** Exports nothing. */
	private static final class NoSpans implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> spans) {
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
