package dev.telemetry.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes Kafka sinks. Before {@link #create} there is no producer, no thread of one and no
 * connection.
 */
public final class KafkaSinkFactory implements TelemetrySinkFactory {

	private final KafkaProducerSettings producer;

	private final String topic;

	private final Duration timeout;

	/**
	 * Create a factory.
	 * @param topic the topic: 1 to 249 letters, digits, dots, hyphens and underscores
	 * @param timeout the limit of one attempt
	 * @param application how the application's own producers are set up
	 */
	public KafkaSinkFactory(String topic, Duration timeout, Map<String, Object> application) {
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

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		try {
			return new KafkaSink(
					new KafkaProducer<>(this.producer.toMap(), new StringSerializer(), new ByteArraySerializer()),
					this.topic, target(), this.timeout);
		}
		catch (KafkaException ex) {
			// Its message may hold a password
			throw new TelemetryException(TelemetryException.Kind.IO,
					"no producer can be made of 'spring.kafka' for " + target(), false, ex);
		}
	}

}
