package dev.telemetry.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.telemetry.sent.RecordingSinkFactory;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes Kafka sinks. Before their first events there is no producer, no thread of one and
 * no connection.
 */
public final class KafkaSinkFactory implements RecordingSinkFactory {

	private final KafkaProducerSettings producer;

	private final String topic;

	private final Duration timeout;

	private final SentLog sent;

	/**
	 * Create a factory of sinks whose records are not remembered.
	 * @param topic the topic
	 * @param timeout the limit of one attempt
	 * @param application how the application's own producers are set up
	 */
	public KafkaSinkFactory(String topic, Duration timeout, Map<String, Object> application) {
		this(topic, timeout, application, SentLog.OFF);
	}

	/**
	 * Create a factory.
	 * @param topic the topic: 1 to 249 letters, digits, dots, hyphens and underscores
	 * @param timeout the limit of one attempt
	 * @param application how the application's own producers are set up
	 * @param sent remembers what was sent
	 */
	public KafkaSinkFactory(String topic, Duration timeout, Map<String, Object> application, SentLog sent) {
		this.sent = Objects.requireNonNull(sent, "'sent' must not be null");
		this.topic = Objects.requireNonNull(topic, "'topic' must not be null");
		this.timeout = Objects.requireNonNull(timeout, "'timeout' must not be null");
		this.producer = new KafkaProducerSettings(application, timeout);
	}

	@Override
	public String name() {
		return "kafka";
	}

	@Override
	public String target() {
		return "kafka://" + this.producer.servers() + "/" + this.topic;
	}

	@Override
	public boolean remote() {
		return true;
	}

	/**
	 * Return whether events would be readable on their way to another machine.
	 * @return {@code false} under TLS, and when all servers are {@code localhost} or
	 * loopback address literals; names are never looked up
	 */
	public boolean isInsecure() {
		return this.producer.isInsecure();
	}

	/**
	 * Return whether a password or token would be readable on its way.
	 * @return {@code true} without TLS to another machine, under a mechanism that sends
	 * it
	 */
	public boolean exposesCredentials() {
		return this.producer.isInsecure() && this.producer.sendsCredentials();
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		check();
		return new KafkaSink(this::producer, this.topic, target(), this.timeout, this.sent);
	}

	/** A producer would ask the same, after it has begun. */
	private void check() throws TelemetryException {
		Map<String, Object> settings = this.producer.toMap();
		settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
		settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		try {
			ProducerConfig.configDef().parse(settings);
		}
		catch (KafkaException ex) {
			throw KafkaFailure.describe(target(), ex, Map.of());
		}
	}

	private Producer<String, byte[]> producer() {
		if (!this.producer.isResolvable()) {
			throw new ConfigException("No resolvable bootstrap server");
		}
		return new KafkaProducer<>(this.producer.toMap(), new StringSerializer(), new ByteArraySerializer());
	}

}
