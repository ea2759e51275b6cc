package dev.telemetry.deletion;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import dev.telemetry.Internal;
import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.problem.ThreadShortage;
import dev.telemetry.sink.LineRetention;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.sink.LocalStore;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Applies the age limit of the local log even if nothing is written to it: sweeps when a
 * recording session opens, and then daily for as long as it is open, hourly where an
 * event declares its retention. While the gate is closed there is no thread.
 */
@Internal
public final class RetentionSweeper implements ConsentListener {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final String THREAD = "thread telemetry-retention";

	private static final long MILLIS_TO_END = 1000;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final LocalLog log;

	private final LogRotation rotation;

	private final TelemetrySpecRegistry registry;

	private final List<LocalStore> others;

	private final InstantSource clock;

	private final ThreadFactory threads;

	private final Problems problems;

	/** Touched under the gate's command lock only, as is the thread. */
	private @Nullable ScheduledThreadPoolExecutor schedule;

	private @Nullable Thread thread;

	/** The session that has no sweeps for want of a thread. */
	private @Nullable ConsentSession threadless;

	/**
	 * Create a sweeper; nothing is touched.
	 * @param log the log
	 * @param rotation how much it may store
	 * @param registry knows which events have another retention
	 * @param others what may store events for as long
	 * @param clock tells the age of files
	 * @param threads makes the thread of a session
	 * @param problems told about what cannot be erased
	 */
	public RetentionSweeper(LocalLog log, LogRotation rotation, TelemetrySpecRegistry registry, List<LocalStore> others,
			InstantSource clock, ThreadFactory threads, Problems problems) {
		this.log = log;
		this.rotation = rotation;
		this.registry = registry;
		this.others = List.copyOf(others);
		this.clock = clock;
		this.threads = threads;
		this.problems = problems;
	}

	@Override
	public void opened(ConsentSession session) {
		ScheduledThreadPoolExecutor schedule = new ScheduledThreadPoolExecutor(1, this::newThread);
		long period = period().toMillis();
		this.threadless = null;
		try {
			// Its sweeps end by themselves, and none throws
			ScheduledFuture<?> unused = schedule.scheduleAtFixedRate(() -> sweepWithin(session), 0, period,
					TimeUnit.MILLISECONDS);
			this.schedule = schedule;
			this.problems.resolved(THREAD);
		}
		catch (OutOfMemoryError ex) {
			schedule.shutdownNow();
			this.thread = null;
			this.threadless = session;
			this.problems
				.report(new Problem(THREAD, null, "old events are not erased by their age: " + ThreadShortage.PROBLEM,
						ThreadShortage.ACTION + ", then ask for status"));
		}
	}

	@Override
	public void retry() {
		ConsentSession waiting = this.threadless;
		if (waiting != null) {
			opened(waiting);
		}
	}

	/** What is stored for less than a day, or counted by days, is checked more often. */
	private Duration period() {
		Duration longest = shorter(this.rotation.span(), this.registry.retentions().isEmpty() ? DAY : HOUR);
		return (longest.compareTo(MINUTE) < 0) ? MINUTE : longest;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private Thread newThread(Runnable task) {
		Thread thread = this.threads.newThread(task);
		thread.setName("telemetry-retention");
		thread.setDaemon(true);
		this.thread = thread;
		return thread;
	}

	@Override
	public void closing(ConsentSession session) {
		this.threadless = null;
		if (this.schedule != null) {
			this.schedule.shutdown();
		}
	}

	@Override
	public void closed(ConsentSession session) {
		Thread ended = this.thread;
		this.schedule = null;
		this.thread = null;
		if (ended != null) {
			await(ended);
		}
	}

	/** No sweep is inside any more, so that it is about to end. */
	private static void await(Thread ended) {
		try {
			ended.join(MILLIS_TO_END);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** A withdrawal waits for a sweep, and none begins after it. */
	private void sweepWithin(ConsentSession session) {
		if (session.enter()) {
			try {
				sweep();
			}
			finally {
				session.exit();
			}
		}
	}

	/** Erase what has become too old. Never throws: the next sweep tries again. */
	void sweep() {
		try {
			Instant now = this.clock.instant();
			this.log.retain(rules(), now);
			this.log.expire(this.rotation, now);
			for (LocalStore other : this.others) {
				other.eraseBefore(now.minus(this.rotation.maxAge()));
			}
			this.problems.resolved("telemetry.file.max-age");
		}
		catch (IOException | RuntimeException ex) {
			this.problems.report(new Problem("telemetry.file.max-age", null,
					"old events could not be erased: " + ex.getClass().getSimpleName(),
					"look at the permissions of the local log"));
		}
	}

	/**
	 * A line goes with the last sweep at which it is not too old yet, so that it never
	 * becomes older, and to the archive before its file goes.
	 */
	private Map<String, LineRetention> rules() {
		Duration early = period();
		Map<String, LineRetention> rules = new HashMap<>();
		this.registry.retentions().forEach((event, retention) -> {
			Duration age = Duration.ofDays(retention.days());
			boolean archived = retention.policy() == EventRetention.Policy.ARCHIVE;
			rules.put(event,
					new LineRetention((archived ? shorter(age, this.rotation.certain()) : age).minus(early), archived));
		});
		return rules;
	}

}
