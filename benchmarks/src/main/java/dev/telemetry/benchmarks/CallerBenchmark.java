package dev.telemetry.benchmarks;

import java.io.OutputStream;
import java.util.Map;
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
 * What recording costs the calling thread while consent is on: bursts of events into an
 * idle system that fit its queue; making the strings and draining is outside of the
 * timing. The same event everywhere: a name, four strings and a number.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 200, time = 1, timeUnit = TimeUnit.MILLISECONDS, batchSize = 1)
@Measurement(iterations = 200, time = 1, timeUnit = TimeUnit.MILLISECONDS, batchSize = 1)
@Fork(value = 2, jvmArgsAppend = { "-XX:+AlwaysPreTouch", "-Xms1g", "-Xmx1g" })
public class CallerBenchmark {

	static final int BURST = 2000;

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void typed(OursState state) {
		for (int i = 0; i < BURST; i++) {
			state.ours.record(Ours.ORDER_PLACED, state.rows[i], i);
		}
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void declared(OursState state) {
		for (int i = 0; i < BURST; i++) {
			state.ours.record(Ours.ORDER_SENT, state.rows[i], i);
		}
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void masked(OursState state) {
		for (int i = 0; i < BURST; i++) {
			state.ours.record(Ours.ORDER_MASKED, state.rows[i], i);
		}
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void map(OursState state) {
		for (int i = 0; i < BURST; i++) {
			String[] row = state.rows[i];
			state.ours.context()
				.record("order.placed",
						Map.of("sku", row[0], "channel", row[1], "currency", row[2], "country", row[3], "items", i));
		}
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void ownNames(OwnNamesState state) {
		for (int i = 0; i < BURST; i++) {
			state.ours.record(Ours.ORDER_PLACED, state.rows[i], i);
		}
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void openTelemetryLog(OpenTelemetryLogState state) {
		state.burst();
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void openTelemetrySpan(OpenTelemetrySpanState state) {
		state.burst();
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void logback(LogbackState state) {
		state.burst();
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void log4j(Log4jState state) {
		state.burst();
	}

	/** The strings of a burst. */
	@State(Scope.Benchmark)
	public abstract static class Rows {

		@Param
		Texts texts;

		String[][] rows;

		@Setup(Level.Invocation)
		public void next() {
			this.rows = this.texts.burst(BURST);
			drain();
		}

		abstract void drain();

	}

	/** Ours. */
	public static class OursState extends Rows {

		Ours ours;

		@Setup(Level.Trial)
		public void open() {
			this.ours = Ours.nowhere(false);
		}

		@Override
		void drain() {
			this.ours.drain();
		}

		@TearDown(Level.Trial)
		public void close() {
			this.ours.close();
		}

	}

	/** Ours, with a user, a host and a home directory to look for. */
	public static class OwnNamesState extends Rows {

		Ours ours;

		@Setup(Level.Trial)
		public void open() {
			this.ours = Ours.nowhere(true);
		}

		@Override
		void drain() {
			this.ours.drain();
		}

		@TearDown(Level.Trial)
		public void close() {
			this.ours.close();
		}

	}

	/** One of the others. */
	@State(Scope.Benchmark)
	public abstract static class PeerState extends Rows {

		private Peers.Peer peer;

		abstract Peers.Peer make();

		@Setup(Level.Trial)
		public void open() {
			this.peer = make();
		}

		void burst() {
			Peers.Peer recording = this.peer;
			String[][] each = this.rows;
			for (int i = 0; i < BURST; i++) {
				recording.record(each[i], i);
			}
		}

		@Override
		void drain() {
			this.peer.drain();
		}

		@TearDown(Level.Trial)
		public void close() {
			this.peer.close();
		}

	}

	/** OpenTelemetry's log records, with an exporter that does nothing. */
	public static class OpenTelemetryLogState extends PeerState {

		@Override
		Peers.Peer make() {
			return Peers.OpenTelemetryLog.nowhere();
		}

	}

	/** OpenTelemetry's spans, with an exporter that does nothing. */
	public static class OpenTelemetrySpanState extends PeerState {

		@Override
		Peers.Peer make() {
			return new Peers.OpenTelemetrySpan();
		}

	}

	/** Logback, into a stream that keeps nothing. */
	public static class LogbackState extends PeerState {

		@Override
		Peers.Peer make() {
			return new Peers.Logback(OutputStream.nullOutputStream());
		}

	}

	/** Log4j, into the device that keeps nothing. */
	public static class Log4jState extends PeerState {

		@Override
		Peers.Peer make() {
			return new Peers.Log4j("/dev/null");
		}

	}

}
