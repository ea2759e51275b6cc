package dev.telemetry.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.sent.SentBody;
import dev.telemetry.sent.SentHead;
import dev.telemetry.sent.SentHead.Protocol;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sent.SentRequest;
import dev.telemetry.sent.SentText;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.TelemetrySink;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends each event as one record: its key is the event's id, its value the line of the
 * local log without the line feed. Taken means acknowledged by all in-sync replicas; the
 * producer's own buffer is empty whenever an emit has returned. The producer is made with
 * the first events. It is given up when an operator has to act before it can deliver,
 * since until then it would only connect and log, and when it has lost its brokers, whose
 * addresses may be others by now.
 */
final class KafkaSink implements TelemetrySink {

	/*
	 * One thread emits and closes, another may abort. "lock" guards which producer there
	 * is and that there must be no other; it is never held while one is made, which may
	 * look up names.
	 */

	private final Supplier<Producer<String, byte[]>> producers;

	private final String topic;

	private final String target;

	private final Duration timeout;

	private final SentLog sent;

	private final EventCodec codec = EventCodec.json();

	private final LineBuffer line = new LineBuffer(512);

	private final Object lock = new Object();

	@GuardedBy("lock")
	private @Nullable Producer<String, byte[]> producer;

	@GuardedBy("lock")
	private boolean inFlight;

	@GuardedBy("lock")
	private boolean closed;

	/**
	 * Create a sink.
	 * @param producers makes a producer
	 * @param topic the topic
	 * @param target servers and topic, for messages
	 * @param timeout the limit of one attempt
	 */
	KafkaSink(Supplier<Producer<String, byte[]>> producers, String topic, String target, Duration timeout) {
		this(producers, topic, target, timeout, SentLog.OFF);
	}

	/**
	 * Create a sink whose records are remembered.
	 * @param producers makes a producer
	 * @param topic the topic
	 * @param target servers and topic, for messages
	 * @param timeout the limit of one attempt
	 * @param sent remembers what was sent
	 */
	KafkaSink(Supplier<Producer<String, byte[]>> producers, String topic, String target, Duration timeout,
			SentLog sent) {
		this.sent = sent;
		this.producers = producers;
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
		begin();
		try {
			Producer<String, byte[]> producer = producer();
			List<Handed> answers = new ArrayList<>(events.size());
			events.forEach((event) -> answers.add(send(producer, event)));
			await(producer, answers);
		}
		catch (InterruptedException ex) {
			interrupted = true;
			throw new TelemetryException(Kind.IO, this.target + " was given up: interrupted", true, ex);
		}
		finally {
			end();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void begin() throws TelemetryException {
		synchronized (this.lock) {
			if (this.closed) {
				throw givenUp();
			}
			this.inFlight = true;
		}
	}

	private void end() {
		synchronized (this.lock) {
			this.inFlight = false;
		}
	}

	private TelemetryException givenUp() {
		return new TelemetryException(Kind.IO, this.target + " was given up", true, null);
	}

	private Producer<String, byte[]> producer() throws TelemetryException {
		synchronized (this.lock) {
			if (this.producer != null) {
				return this.producer;
			}
		}
		Producer<String, byte[]> made = make();
		synchronized (this.lock) {
			if (!this.closed) {
				this.producer = made;
				return made;
			}
		}
		made.close(Duration.ZERO);
		throw givenUp();
	}

	private Producer<String, byte[]> make() throws TelemetryException {
		try {
			return this.producers.get();
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			// The latter when the system gives no thread
			throw KafkaFailure.describe(this.target, ex, Map.of());
		}
	}

	private Handed send(Producer<String, byte[]> producer, Event event) {
		this.line.truncate(0);
		this.codec.encode(event, this.line);
		this.line.truncate(this.line.length() - 1);
		byte[] value = this.line.toByteArray();
		@Nullable SentRequest note = note(value);
		try {
			return new Handed(producer.send(new ProducerRecord<>(this.topic, event.id().toString(), value)), note);
		}
		catch (RuntimeException ex) {
			// Some failures are thrown, others are in the answer
			return new Handed(CompletableFuture.failedFuture(ex), note);
		}
	}

	/** After the end may come a reset, and what it erased must not come back. */
	private @Nullable SentRequest note(byte[] value) {
		if (!this.sent.isOn()) {
			return null;
		}
		SentHead head = new SentHead("kafka", this.target, Protocol.KAFKA, null, this.topic, List.of(), 1);
		SentBody body = SentBody.of(value, false, SentText.PLAIN);
		synchronized (this.lock) {
			return this.closed ? null : this.sent.add(head, body);
		}
	}

	/** What is acknowledged behind a failure is sent again: its key is the same. */
	private void await(Producer<String, byte[]> producer, List<Handed> answers)
			throws TelemetryException, InterruptedException {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		int settled = 0;
		int rejected = 0;
		Throwable failure = null;
		for (Handed answer : answers) {
			failure = failure(answer, deadline);
			if (failure != null && !(failure instanceof RecordTooLargeException)) {
				break;
			}
			settled++;
			rejected += (failure != null) ? 1 : 0;
		}
		if (settled < answers.size()) {
			answers.subList(settled + 1, answers.size()).forEach(Handed::giveUp);
			TelemetryException described = KafkaFailure.describe(this.target, Objects.requireNonNull(failure),
					producer.metrics());
			if (described.reaction() == Reaction.HOLD || KafkaFailure.isLost(producer.metrics())) {
				giveUp();
			}
			throw described.withProgress(settled, rejected);
		}
		if (rejected > 0) {
			throw new TelemetryException(Kind.IO, this.target + " does not take events of that size", false, null)
				.withProgress(settled, rejected);
		}
	}

	private static @Nullable Throwable failure(Handed handed, long deadline) throws InterruptedException {
		@Nullable Throwable failure = failure(handed.answer(), deadline);
		@Nullable SentRequest note = handed.note();
		if (note != null && failure != null) {
			note.failed("not acknowledged: " + failure.getClass().getSimpleName());
		}
		else if (note != null) {
			note.taken();
		}
		return failure;
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

	@Override
	public void flush() {
		// Whatever was emitted is acknowledged
	}

	@Override
	public void abort() {
		synchronized (this.lock) {
			if (!this.inFlight) {
				return;
			}
		}
		close();
	}

	@Override
	public void close() {
		synchronized (this.lock) {
			this.closed = true;
		}
		giveUp();
	}

	/** Close the producer, if there is one. */
	private void giveUp() {
		@Nullable Producer<String, byte[]> over;
		synchronized (this.lock) {
			over = this.producer;
			this.producer = null;
		}
		if (over != null) {
			over.close(Duration.ZERO);
		}
	}

	/**
	 * A record on its way.
	 *
	 * @param answer becomes its acknowledgement
	 * @param note remembers it, or {@code null}
	 */
	private record Handed(Future<RecordMetadata> answer, @Nullable SentRequest note) {

		void giveUp() {
			if (this.note != null) {
				this.note.failed("not awaited: a record before it was not acknowledged");
			}
		}

	}

}
