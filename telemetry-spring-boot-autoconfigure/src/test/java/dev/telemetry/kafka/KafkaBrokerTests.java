package dev.telemetry.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryKafkaAutoConfiguration;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.TelemetrySdk;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the Kafka sink with a real broker. */
@Tag("F-33")
class KafkaBrokerTests {

	private static EmbeddedKafkaBroker broker;

	@TempDir
	java.nio.file.Path home;

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class,
				TelemetryKafkaAutoConfiguration.class, KafkaAutoConfiguration.class))
		.withPropertyValues("spring.application.name=desk", "telemetry.consent.detect-test-environment=false",
				"telemetry.consent.detect-ci=false");

	@BeforeAll
	static void start() {
		broker = new EmbeddedKafkaKraftBroker(1, 3, "usage", "before");
		broker.afterPropertiesSet();
	}

	@AfterAll
	static void stop() {
		broker.destroy();
	}

	@Test
	void recordWhenGrantedDeliversEachEventOnceUnderItsId() {
		run("usage", broker.getBrokersAsString()).run((context) -> {
			TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
			telemetry.gate().enable(ConsentScope.EXPORT, null, "actuator");
			IntStream.range(0, 1000).forEach((i) -> telemetry.context().record("order.placed", Map.of("number", i)));
			assertThat(telemetry.flush(Duration.ofSeconds(60))).isTrue();
			assertThat(status(telemetry).delivered()).isEqualTo(1000);
		});
		List<ConsumerRecord<String, byte[]>> records = consume("usage", 1000);
		assertThat(records).hasSize(1000).allSatisfy((record) -> {
			Event event = EventCodec.json().decode(record.value(), 0, record.value().length);
			assertThat(event.id()).hasToString(record.key());
			assertThat(event.name()).isEqualTo("order.placed");
		});
		Set<String> ids = records.stream().map(ConsumerRecord::key).collect(Collectors.toSet());
		assertThat(ids).hasSize(1000);
	}

	@Test
	void contextWhenNobodyHasSaidYesMakesNoProducer() {
		run("before", broker.getBrokersAsString()).run((context) -> {
			TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
			telemetry.context().record("order.placed");
			assertThat(producerThreads()).isZero();
			telemetry.gate().enable(ConsentScope.LOCAL, null, "actuator");
			assertThat(producerThreads()).as("not under LOCAL either").isZero();
			telemetry.gate().enable(ConsentScope.EXPORT, null, "actuator");
			assertThat(producerThreads()).as("not before the first event").isZero();
			telemetry.context().record("order.placed");
			assertThat(telemetry.flush(Duration.ofSeconds(60))).isTrue();
			assertThat(producerThreads()).as("one that is there is seen").isOne();
			telemetry.gate().disable("actuator");
			assertThat(consume("before", 1)).as("what was recorded after the grant").hasSize(1);
		});
	}

	@Test
	void contextWhenServersAreElsewhereInPlainTextSendsNothing() {
		run("usage", "broker.example.com:9092").run((context) -> {
			TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
			telemetry.gate().enable(ConsentScope.EXPORT, null, "actuator");
			assertThat(telemetry.gate().decision().cap()).isEqualTo("no remote sink is configured");
			assertThat(telemetry.status().problems())
				.anySatisfy((problem) -> assertThat(problem.property()).isEqualTo("telemetry.kafka.topic"));
		});
	}

	@Test
	void contextWhenTopicIsNoNameSaysSoAndStarts() {
		run("not a topic", broker.getBrokersAsString()).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(TelemetrySdk.class).status().problems())
				.anySatisfy((problem) -> assertThat(problem.problem()).isEqualTo("is no name of a Kafka topic"));
		});
	}

	private ApplicationContextRunner run(String topic, String servers) {
		return this.application.withPropertyValues("telemetry.home=" + this.home, "telemetry.kafka.topic=" + topic,
				"spring.kafka.bootstrap-servers=" + servers);
	}

	private static DeliveryStatus status(TelemetrySdk telemetry) {
		return telemetry.status()
			.sinks()
			.stream()
			.filter((sink) -> sink.name().equals("kafka"))
			.findFirst()
			.orElseThrow();
	}

	private static long producerThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("kafka-producer-network-thread | telemetry"))
			.filter(Thread::isAlive)
			.count();
	}

	/** Reads to the end of the topic as it is now. */
	private static List<ConsumerRecord<String, byte[]>> consume(String topic, int atLeast) {
		List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
		try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", broker.getBrokersAsString(), "auto.offset.reset", "earliest"),
				new StringDeserializer(), new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = IntStream.range(0, 3)
				.mapToObj((i) -> new TopicPartition(topic, i))
				.toList();
			consumer.assign(partitions);
			long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
			assertThat(end).isGreaterThanOrEqualTo(atLeast);
			Patience.until(end + " records", () -> {
				consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
				return records.size() >= end;
			});
		}
		return records;
	}

}
