package dev.telemetry.benchmarks;

import java.util.concurrent.TimeUnit;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventType;
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

/** How the cost of recording grows with the number of attributes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 200, time = 1, timeUnit = TimeUnit.MILLISECONDS, batchSize = 1)
@Measurement(iterations = 200, time = 1, timeUnit = TimeUnit.MILLISECONDS, batchSize = 1)
@Fork(value = 2, jvmArgsAppend = { "-XX:+AlwaysPreTouch", "-Xms1g", "-Xmx1g" })
public class GrowthBenchmark {

	private static final int BURST = 1000;

	private static final EventType GROWN = EventType.of("order.grown");

	@Param({ "1", "5", "10", "20", "50" })
	int attributes;

	private String[] keys;

	private String[] values;

	private Ours ours;

	@Setup(Level.Trial)
	public void open() {
		this.ours = Ours.nowhere(false);
		this.keys = new String[this.attributes];
		this.values = new String[this.attributes];
		for (int i = 0; i < this.attributes; i++) {
			// A value of a "key" may be a secret, and costs more
			this.keys[i] = "part." + i;
			this.values[i] = "value-" + i;
		}
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
	@OperationsPerInvocation(BURST)
	public void attributes() {
		for (int i = 0; i < BURST; i++) {
			EventRecorder recorder = this.ours.context().event(GROWN);
			for (int each = 0; each < this.attributes; each++) {
				recorder.attribute(this.keys[each], this.values[each]);
			}
			recorder.record();
		}
	}

}
