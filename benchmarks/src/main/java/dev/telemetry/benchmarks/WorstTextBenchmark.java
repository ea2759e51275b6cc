package dev.telemetry.benchmarks;

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
 * What one character costs in the longest text there is, made of what redaction looks
 * behind.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = { "-Xms1g", "-Xmx1g" })
public class WorstTextBenchmark {

	private static final int LENGTH = 8192;

	private static final int EVENTS = 16;

	@Param({ "a", "a b ", "key: ", "token=x ", "a.b.c.", "1 2-3 ", "/a/b?c=d&", "a@b.c ", "eyJ.", "--x y " })
	String unit;

	private String text;

	private Ours ours;

	@Setup(Level.Trial)
	public void open() {
		this.ours = new Ours(Ours.noSink(), true, 65_536, LENGTH, null);
		this.text = this.unit.repeat(LENGTH / this.unit.length());
	}

	@Setup(Level.Invocation)
	public void drain() {
		this.ours.drain();
	}

	@TearDown(Level.Trial)
	public void close() {
		this.ours.close();
	}

	@Benchmark
	@OperationsPerInvocation(EVENTS * LENGTH)
	public void character() {
		for (int i = 0; i < EVENTS; i++) {
			this.ours.context().event(Ours.ORDER_PLACED).attribute("text", this.text).record();
		}
	}

}
