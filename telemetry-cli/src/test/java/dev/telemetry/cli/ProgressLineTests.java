package dev.telemetry.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How far a report is, beside the answer. */
class ProgressLineTests {

	private static final long LARGE = 100L * 1024 * 1024;

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void aPersonSeesOneLineThatIsGoneAfterwards() {
		try (ProgressLine line = new ProgressLine(world(true))) {
			line.at(LARGE / 2, LARGE);
			line.at(LARGE / 2 + 1, LARGE);
			line.at(LARGE, LARGE);
		}
		String bar = "#".repeat(15);
		assertThat(shown()).isEqualTo("\rreading [" + bar + " ".repeat(15) + "] 50 %\rreading [" + bar + bar
				+ "] 100 %\r" + " ".repeat(46) + "\r");
	}

	@Test
	void aProgramSeesNothing() {
		try (ProgressLine line = new ProgressLine(world(false))) {
			line.at(LARGE, LARGE);
		}
		assertThat(shown()).isEmpty();
	}

	@Test
	void aSmallLogNeedsNone() {
		try (ProgressLine line = new ProgressLine(world(true))) {
			line.at(0, 0);
			line.at(1000, 1000);
		}
		assertThat(shown()).isEmpty();
	}

	private String shown() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	private CommandEnvironment world(boolean terminal) {
		PrintStream stream = new PrintStream(this.err, true, StandardCharsets.UTF_8);
		return new CommandEnvironment(new StringReader(""), stream, stream, terminal, new Host(Path.of(""), Map.of(),
				(name) -> null, Clock.systemUTC(), Instant.EPOCH, System::nanoTime, () -> {
				}));
	}

}
