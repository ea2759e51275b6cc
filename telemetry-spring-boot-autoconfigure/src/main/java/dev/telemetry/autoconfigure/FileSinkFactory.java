package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.time.InstantSource;

import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.storage.AgeClock;
import dev.telemetry.storage.Home;

/**
 * Makes the local log.
 *
 * @param log where and how it is kept
 */
record FileSinkFactory(TelemetrySettings.LocalLog log) implements TelemetrySinkFactory {

	@Override
	public String name() {
		return "file";
	}

	@Override
	public String target() {
		return Home.display(this.log.path(), Path.of(System.getProperty("user.home", "/")));
	}

	@Override
	public boolean remote() {
		return false;
	}

	@Override
	public TelemetrySink create(SinkSession session) {
		return new FileSink(this.log.path(),
				new LogRotation(this.log.maxBytes(), this.log.maxHistory(), this.log.maxAge()),
				AgeClock.of(InstantSource.system()));
	}

}
