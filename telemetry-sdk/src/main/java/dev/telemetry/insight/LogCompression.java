package dev.telemetry.insight;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** How another program may have compressed a log, told by how such files begin. */
enum LogCompression {

	/** The one that is read. */
	GZIP("gzip", 0x1f, 0x8b),

	/** Zstandard. */
	ZSTD("zstd", 0x28, 0xb5, 0x2f, 0xfd),

	/** Bzip2. */
	BZIP2("bzip2", 'B', 'Z', 'h'),

	/** XZ. */
	XZ("xz", 0xfd, '7', 'z', 'X', 'Z', 0),

	/** LZ4. */
	LZ4("lz4", 0x04, 0x22, 0x4d, 0x18),

	/** A ZIP archive. */
	ZIP("zip", 'P', 'K', 3, 4),

	/** The program {@code compress}. */
	COMPRESS("compress", 0x1f, 0x9d);

	private static final int LONGEST = 6;

	private final String program;

	@SuppressWarnings("ImmutableEnumChecker") // never handed out
	private final byte[] start;

	LogCompression(String program, int... start) {
		this.program = program;
		this.start = new byte[start.length];
		for (int i = 0; i < start.length; i++) {
			this.start[i] = (byte) start[i];
		}
	}

	String program() {
		return this.program;
	}

	/**
	 * Look at the beginning of a file, and leave the channel there.
	 * @param channel the file, at its beginning
	 * @return how it is compressed, or {@code null} if it is not
	 */
	static @Nullable LogCompression of(SeekableByteChannel channel) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
		int read = 0;
		while (read >= 0 && bytes.hasRemaining()) {
			read = channel.read(bytes);
		}
		channel.position(0);
		byte[] found = Arrays.copyOf(bytes.array(), bytes.position());
		return Arrays.stream(values())
			.filter((compression) -> Arrays.equals(compression.start,
					Arrays.copyOf(found, Math.min(found.length, compression.start.length))))
			.findFirst()
			.orElse(null);
	}

}
