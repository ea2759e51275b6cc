package dev.telemetry.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetrySink;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends each event as one record: its key is the event's id, its value the line of the
 * local log without the line feed. Taken means acknowledged by all in-sync replicas; the
 * producer's own buffer is empty whenever an emit has returned.
 */
final class KafkaSink implements TelemetrySink {

	private final Producer<String, byte[]> producer;

	private final String topic;

	private final String target;

	private final Duration timeout;

	private final EventCodec codec = EventCodec.json();

	private final LineBuffer line = new LineBuffer(512);

	private volatile boolean inFlight;

	KafkaSink(Producer<String, byte[]> producer, String topic, String target, Duration timeout) {
		this.producer = producer;
		this.topic = topic;
		this.target = target;
		this.timeout = timeout;
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		// The client gives up on an interrupted thread; the interrupt is kept for later
		boolean interrupted = Thread.interrupted();
		this.inFlight = true;
		try {
			List<Future<RecordMetadata>> answers = new ArrayList<>(events.size());
			events.forEach((event) -> answers.add(send(event)));
			await(answers);
		}
		catch (InterruptedException ex) {
			interrupted = true;
			throw new TelemetryException(Kind.IO, this.target + " was given up: interrupted", true, ex);
		}
		finally {
			this.inFlight = false;
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private Future<RecordMetadata> send(Event event) {
		this.line.truncate(0);
		this.codec.encode(event, this.line);
		this.line.truncate(this.line.length() - 1);
		try {
			return this.producer.send(new ProducerRecord<>(this.topic, event.id().toString(), this.line.toByteArray()));
		}
		catch (RuntimeException ex) {
			// Some failures are thrown, others are in the answer
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** What is acknowledged behind a failure is sent again: its key is the same. */
	private void await(List<Future<RecordMetadata>> answers) throws TelemetryException, InterruptedException {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		int settled = 0;
		int rejected = 0;
		Throwable failure = null;
		for (Future<RecordMetadata> answer : answers) {
			failure = failure(answer, deadline);
			if (failure != null && !(failure instanceof RecordTooLargeException)) {
				break;
			}
			settled++;
			rejected += (failure != null) ? 1 : 0;
		}
		if (settled < answers.size()) {
			throw new TelemetryException(Kind.IO, this.target + " did not take it: " + name(failure), true, failure)
				.withProgress(settled, rejected);
		}
		if (rejected > 0) {
			throw new TelemetryException(Kind.IO, this.target + " does not take events of that size", false, null)
				.withProgress(settled, rejected);
		}
	}

	private static @Nullable Throwable failure(Future<RecordMetadata> answer, long deadline)
			throws InterruptedException {
		try {
			answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
			return null;
		}
		catch (ExecutionException ex) {
			return (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (TimeoutException | CancellationException ex) {
			return ex;
		}
	}

	private static String name(@Nullable Throwable failure) {
		return (failure != null) ? failure.getClass().getSimpleName() : "no answer";
	}

	@Override
	public void flush() {
		// Whatever was emitted is acknowledged
	}

	@Override
	public void abort() {
		if (this.inFlight) {
			close();
		}
	}

	@Override
	public void close() {
		this.producer.close(Duration.ZERO);
	}

}
