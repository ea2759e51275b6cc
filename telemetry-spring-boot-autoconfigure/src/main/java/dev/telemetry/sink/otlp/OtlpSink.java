package dev.telemetry.sink.otlp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to an OpenTelemetry collector. An event counts as taken when the collector
 * acknowledged it and did not report it as rejected.
 * <p>
 * A batch whose request would exceed 64 KiB is split; one that the collector refuses for
 * good is split as well, so that one bad event does not take others with it.
 */
public final class OtlpSink implements TelemetrySink {

	/*
	 * One thread calls emitAll, flush and close; abort comes from another and only
	 * touches the transport, which is made for that.
	 */

	/**
	 * How often refused batches may be split in one call: enough to find one bad event
	 * among 512, not enough to become a storm against a receiver that refuses everything.
	 */
	private static final int MAX_REFUSALS = 32;

	private final OtlpTransport transport;

	private final EventExporter exporter;

	private final OtlpAnswers answers;

	OtlpSink(OtlpSettings settings, @Nullable String optInSource) {
		this(settings, optInSource, new OtlpTransport(settings));
	}

	OtlpSink(OtlpSettings settings, @Nullable String optInSource, OtlpTransport transport) {
		this.transport = transport;
		this.exporter = EventExporter.of(settings, optInSource, transport);
		this.answers = new OtlpAnswers(settings);
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		Deque<List<Event>> parts = new ArrayDeque<>();
		parts.add(events);
		Progress progress = new Progress();
		while (!parts.isEmpty()) {
			List<Event> part = parts.removeFirst();
			if (!send(part, progress)) {
				parts.addFirst(part.subList(part.size() / 2, part.size()));
				parts.addFirst(part.subList(0, part.size() / 2));
			}
		}
		progress.report();
	}

	/** Send a part and return {@code false} if it has to be split. */
	private boolean send(List<Event> part, Progress progress) throws TelemetryException {
		OtlpAnswer answer = this.exporter.export(part);
		if (answer == OtlpAnswer.TOO_LARGE && part.size() > 1) {
			return false;
		}
		TelemetryException failure = this.answers.failure(answer, part.size());
		if (failure == null) {
			progress.taken(part.size());
			return true;
		}
		if (failure.retryable()) {
			throw progress.onto(failure);
		}
		if (failure.settled() == 0 && part.size() > 1 && progress.maySplit()) {
			return false;
		}
		progress.refused(part.size(), failure);
		return true;
	}

	@Override
	public void abort() {
		this.transport.abort();
	}

	@Override
	public void close() {
		this.transport.close();
	}

	/** How far a batch has come. */
	private static final class Progress {

		private int settled;

		private int rejected;

		private int splits;

		private @Nullable TelemetryException refusal;

		void taken(int events) {
			this.settled += events;
		}

		void refused(int events, TelemetryException failure) {
			this.settled += events;
			this.rejected += (failure.settled() > 0) ? failure.rejected() : events;
			this.refusal = failure;
		}

		boolean maySplit() {
			return this.splits++ < MAX_REFUSALS;
		}

		TelemetryException onto(TelemetryException failure) {
			return failure.withProgress(this.settled, this.rejected);
		}

		void report() throws TelemetryException {
			if (this.refusal != null) {
				throw onto(this.refusal);
			}
		}

	}

}
