package dev.telemetry.autoconfigure;

import java.util.function.Supplier;

import dev.telemetry.sink.LogSink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.StdoutSink;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

/**
 * Creates the sinks that print events for the operator who watches the application.
 *
 * @param name the name of the sink
 * @param target where it prints
 * @param sink creates it
 */
record LocalOutputFactory(String name, String target, Supplier<TelemetrySink> sink) implements TelemetrySinkFactory {

	static LocalOutputFactory stdout() {
		return new LocalOutputFactory("stdout", "standard output", () -> new StdoutSink(System.out));
	}

	static LocalOutputFactory debug() {
		return new LocalOutputFactory("debug", "the application's log", () -> new LogSink());
	}

	@Override
	public boolean remote() {
		return false;
	}

	@Override
	public TelemetrySink create(SinkSession session) {
		return this.sink.get();
	}

}
