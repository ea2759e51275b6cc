package dev.telemetry.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.test.AbstractTelemetrySinkTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StdoutSink}. */
class StdoutSinkTests extends AbstractTelemetrySinkTests {

	@TempDir
	Path directory;

	private final RecordingStream stream = new RecordingStream();

	private final PrintStream out = new PrintStream(this.stream, false, StandardCharsets.UTF_8);

	@Override
	protected TelemetrySink sink() {
		return new StdoutSink(this.out);
	}

	@Override
	protected List<String> taken() throws IOException {
		Path copy = Files.write(this.directory.resolve("out"), this.stream.bytes.toByteArray());
		return LogLines.of(List.of(copy)).names();
	}

	@Override
	protected boolean fail() {
		this.stream.broken = true;
		return true;
	}

	@Test
	void emitAllWritesABatchAtOnce() throws Exception {
		sink().emitAll(events("e", 5));
		assertThat(this.stream.writes).hasSize(1);
		assertThat(this.stream.bytes.toString(StandardCharsets.UTF_8)).endsWith("}\n");
	}

	@Test
	void closeLeavesTheStreamOpen() {
		sink().close();
		this.out.print("still open");
		assertThat(this.out.checkError()).isFalse();
		assertThat(this.stream.bytes.toString(StandardCharsets.UTF_8)).isEqualTo("still open");
	}

	/** Counts writes and fails on demand. */
	private static final class RecordingStream extends OutputStream {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private final List<Integer> writes = new ArrayList<>();

		private boolean broken;

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] values, int offset, int length) throws IOException {
			if (this.broken) {
				throw new IOException("broken pipe");
			}
			this.writes.add(length);
			this.bytes.write(values, offset, length);
		}

	}

}
