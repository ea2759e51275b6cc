package dev.telemetry.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One write that happens whole or not at all. Two at a time on one file do not mix: each
 * has a temporary file of its own, and the later rename wins.
 */
final class AtomicFileWrite {

	private static final String SUFFIX = ".tmp";

	private static final int RANDOM_DIGITS = 32;

	private static final Set<OpenOption> CREATE_NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
			LinkOption.NOFOLLOW_LINKS);

	private final Path file;

	private final Path temporary;

	private final boolean durable;

	AtomicFileWrite(Path file, boolean durable) {
		this.file = file;
		this.durable = durable;
		this.temporary = file
			.resolveSibling(file.getFileName() + "." + UUID.randomUUID().toString().replace("-", "") + SUFFIX);
	}

	void write(byte[] content) throws IOException {
		write((channel) -> {
			ByteBuffer buffer = ByteBuffer.wrap(content);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
		}, null);
	}

	void write(PrivateFile.Writing writing, @Nullable FileTime modified) throws IOException {
		boolean done = false;
		try {
			writeTemporary(writing, modified);
			Files.move(this.temporary, this.file, StandardCopyOption.ATOMIC_MOVE);
			done = true;
		}
		finally {
			if (!done) {
				Files.deleteIfExists(this.temporary);
			}
		}
		if (this.durable) {
			PrivateDirectory.sync(directoryOf(this.file));
		}
	}

	private void writeTemporary(PrivateFile.Writing writing, @Nullable FileTime modified) throws IOException {
		try (FileChannel channel = FileChannel.open(this.temporary, CREATE_NEW, PrivateModes.forFile(this.temporary))) {
			writing.writeTo(channel);
			if (modified != null) {
				Files.setLastModifiedTime(this.temporary, modified);
			}
			if (this.durable) {
				channel.force(true);
			}
		}
	}

	static void eraseUnfinished(Path file) throws IOException {
		String prefix = file.getFileName() + ".";
		try (DirectoryStream<Path> siblings = Files.newDirectoryStream(directoryOf(file))) {
			for (Path sibling : siblings) {
				String name = String.valueOf(sibling.getFileName());
				if (name.startsWith(prefix) && name.length() == prefix.length() + RANDOM_DIGITS + SUFFIX.length()
						&& isTemporary(name)) {
					Files.deleteIfExists(sibling);
				}
			}
		}
		catch (NoSuchFileException ex) {
			// no directory, nothing in it
		}
	}

	/** Whether a name is one that is used for temporary files. */
	static boolean isTemporary(String name) {
		int end = name.length() - SUFFIX.length();
		int start = end - RANDOM_DIGITS;
		return name.endsWith(SUFFIX) && start > 1 && name.charAt(start - 1) == '.'
				&& name.substring(start, end).chars().allMatch((digit) -> Character.digit(digit, 16) >= 0);
	}

	private static Path directoryOf(Path file) throws IOException {
		Path directory = file.toAbsolutePath().getParent();
		if (directory == null) {
			throw new IOException("not a file: " + file);
		}
		return directory;
	}

}
