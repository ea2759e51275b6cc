package dev.telemetry.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.test.AbstractTelemetrySinkTests;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sent.SentRequest;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link KafkaSink}; the real broker is in {@link KafkaBrokerTests}. */
@Tag("F-33")
class KafkaSinkTests extends AbstractTelemetrySinkTests {

	private final ScriptedProducer producer = new ScriptedProducer(true);

	private final KafkaSink sink = new KafkaSink(() -> this.producer, "usage", "kafka://localhost:9092/usage",
			Duration.ofSeconds(10));

	@Override
	protected TelemetrySink sink() {
		return this.sink;
	}

	@Override
	protected List<String> taken() throws Exception {
		EventCodec codec = EventCodec.json();
		List<String> names = new java.util.ArrayList<>();
		for (ProducerRecord<String, byte[]> record : this.producer.history()) {
			Event event = codec.decode(record.value(), 0, record.value().length);
			assertThat(record.key()).isEqualTo(event.id().toString());
			assertThat(record.topic()).isEqualTo("usage");
			names.add(event.name());
		}
		return names;
	}

	@Override
	protected boolean fail() {
		this.producer.failure = NotEnoughReplicasException::new;
		return true;
	}

	@Test
	void emitAllWhenOneFailsSaysWhatIsSettledBeforeIt() {
		this.producer.failsFrom = 2;
		this.producer.failure = NotEnoughReplicasException::new;
		assertThatExceptionOfType(TelemetryException.class)
			.isThrownBy(() -> this.sink.emitAll(List.of(event("a"), event("b"), event("c"))))
			.satisfies((ex) -> assertThat(ex.settled()).isEqualTo(2))
			.satisfies((ex) -> assertThat(ex.rejected()).isZero())
			.satisfies((ex) -> assertThat(ex.retryable()).isTrue())
			.withMessage("kafka://localhost:9092/usage did not take it: NotEnoughReplicasException");
	}

	@Test
	void emitAllRemembersTheValueOfEachRecordAndWhatCameOfIt() {
		SentLog log = new SentLog(10_000, InstantSource.system());
		KafkaSink remembered = new KafkaSink(() -> this.producer, "usage", "kafka://localhost:9092/usage",
				Duration.ofSeconds(10), log);
		this.producer.failsFrom = 2;
		this.producer.failure = NotEnoughReplicasException::new;
		assertThatExceptionOfType(TelemetryException.class)
			.isThrownBy(() -> remembered.emitAll(List.of(event("a"), event("b"), event("c"))));
		List<SentRequest> newest = log.newest(10);
		assertThat(newest).hasSize(3);
		assertThat(newest.get(2).body().bytes()).isEqualTo(this.producer.history().get(0).value());
		assertThat(newest.get(2).outcome().taken()).isTrue();
		assertThat(newest.get(0).outcome().failure()).isEqualTo("not acknowledged: NotEnoughReplicasException");
		remembered.close();
		log.erase();
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> remembered.emit(event("d")));
		assertThat(log.newest(10)).isEmpty();
	}

	@Test
	void emitAllWhenEventIsTooLargeRejectsItAlone() {
		this.producer.failsFrom = 2;
		this.producer.failure = RecordTooLargeException::new;
		assertThatExceptionOfType(TelemetryException.class)
			.isThrownBy(() -> this.sink.emitAll(List.of(event("a"), event("b"), event("c"))))
			.satisfies((ex) -> assertThat(ex.settled()).isEqualTo(3))
			.satisfies((ex) -> assertThat(ex.rejected()).isEqualTo(1))
			.satisfies((ex) -> assertThat(ex.retryable()).isFalse());
	}

	@Test
	void emitWhenThereIsNoAnswerInTimeFails() {
		ScriptedProducer silent = new ScriptedProducer(false);
		KafkaSink impatient = new KafkaSink(() -> silent, "usage", "kafka://localhost:9092/usage", Duration.ZERO);
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> impatient.emit(event("a")))
			.satisfies((ex) -> assertThat(ex.retryable()).isTrue())
			.satisfies((ex) -> assertThat(ex.settled()).isZero());
	}

	@Test
	void abortWhenSomethingIsInFlightEndsIt() throws Exception {
		ScriptedProducer silent = new ScriptedProducer(false);
		KafkaSink waiting = new KafkaSink(() -> silent, "usage", "kafka://localhost:9092/usage", Duration.ofDays(1));
		silent.sent = () -> new Thread(waiting::abort).start();
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> waiting.emit(event("a")));
		assertThat(silent.closed()).isTrue();
	}

	@Test
	void emitWhenTheBrokersWereLostUsesAnotherProducerTheNextTime() throws Exception {
		ScriptedProducer lost = new ScriptedProducer(false);
		lost.count("response-total", 5);
		ScriptedProducer waiting = new ScriptedProducer(false);
		Iterator<ScriptedProducer> producers = List.of(waiting, lost, this.producer).iterator();
		KafkaSink waits = new KafkaSink(producers::next, "usage", "kafka://localhost:9092/usage", Duration.ZERO);
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> waits.emit(event("a")));
		assertThat(waiting.closed()).as("one that never reached them goes on").isFalse();
		KafkaSink loses = new KafkaSink(producers::next, "usage", "kafka://localhost:9092/usage", Duration.ZERO);
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> loses.emit(event("a")))
			.withMessageContaining("cannot be reached");
		assertThat(lost.closed()).isTrue();
		loses.emit(event("a"));
		assertThat(this.producer.history()).hasSize(1);
	}

	/** Keeps what is sent, and fails when told to. */
	private static final class ScriptedProducer extends MockProducer<String, byte[]> {

		@Nullable Supplier<RuntimeException> failure;

		int failsFrom;

		int calls;

		Runnable sent = () -> {
		};

		ScriptedProducer(boolean autoComplete) {
			super(autoComplete, null, new StringSerializer(), new ByteArraySerializer());
		}

		void count(String name, double value) {
			MetricName metric = new MetricName(name, "producer-metrics", "", Map.of());
			setMockMetrics(metric, new KafkaMetric(new Object(), metric, (Measurable) (config, now) -> value,
					new MetricConfig(), Time.SYSTEM));
		}

		@Override
		public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
			if (this.failure != null && this.calls++ >= this.failsFrom) {
				RuntimeException failure = this.failure.get();
				if (failure instanceof RecordTooLargeException) {
					this.failure = null;
				}
				throw failure;
			}
			Future<RecordMetadata> answer = super.send(record);
			this.sent.run();
			return answer;
		}

		@Override
		public void close(Duration timeout) {
			super.close(timeout);
			while (errorNext(new IllegalStateException("closed"))) {
				// what waited is over
			}
		}

	}

}
