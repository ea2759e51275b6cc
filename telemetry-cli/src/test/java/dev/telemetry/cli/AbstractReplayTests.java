package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A home with a yes and a log, and a receiver. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
abstract class AbstractReplayTests {

	/** Enough for many requests. */
	static final int MANY = 1000;

	private final int lines;

	@TempDir
	Path directory;

	Receiver receiver;

	ReplayHome home;

	AbstractReplayTests() {
		this(MANY);
	}

	/**
	 * Create tests.
	 * @param lines how many events the log holds
	 */
	AbstractReplayTests(int lines) {
		this.lines = lines;
	}

	@BeforeEach
	void sayYes() throws IOException {
		this.receiver = new Receiver();
		this.home = ReplayHome.of(this.directory, this.receiver, this.lines);
	}

	@AfterEach
	void close() {
		this.receiver.close();
	}

	static Receiver.Reply status(int status) {
		return new Receiver.Reply(status, "", "");
	}

}
