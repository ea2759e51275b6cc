package dev.telemetry.benchmarks;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Bursts of several threads at once: the time of one event on one thread, that is the
 * time of the burst divided by the events of one thread. With more threads than
 * processors it cannot stay the same.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 200, time = 1, timeUnit = TimeUnit.MILLISECONDS, batchSize = 1)
@Measurement(iterations = 200, time = 1, timeUnit = TimeUnit.MILLISECONDS, batchSize = 1)
@Fork(value = 2, jvmArgsAppend = { "-XX:+AlwaysPreTouch", "-Xms1g", "-Xmx1g" })
public class ThreadsBenchmark {

	private static final int EACH = 8000;

	@Param({ "1", "2", "4" })
	int threads;

	private final String[][] rows = Texts.CONST.burst(EACH);

	private Ours ours;

	private CyclicBarrier begin;

	private CyclicBarrier end;

	private volatile boolean stopped;

	@Setup(Level.Trial)
	public void open() {
		this.ours = Ours.nowhere(false);
		this.begin = new CyclicBarrier(this.threads + 1);
		this.end = new CyclicBarrier(this.threads + 1);
		for (int i = 0; i < this.threads; i++) {
			Thread thread = new Thread(this::work, "caller-" + i);
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void work() {
		while (meet(this.begin) && !this.stopped) {
			for (int i = 0; i < EACH; i++) {
				this.ours.record(Ours.ORDER_PLACED, this.rows[i], i);
			}
			meet(this.end);
		}
	}

	private static boolean meet(CyclicBarrier barrier) {
		try {
			barrier.await();
			return true;
		}
		catch (InterruptedException | BrokenBarrierException ex) {
			return false;
		}
	}

	@Setup(Level.Invocation)
	public void drain() {
		this.ours.drain();
	}

	@TearDown(Level.Trial)
	public void close() {
		this.stopped = true;
		meet(this.begin);
		this.ours.close();
	}

	@Benchmark
	@OperationsPerInvocation(EACH)
	public void typed() {
		meet(this.begin);
		meet(this.end);
	}

}
