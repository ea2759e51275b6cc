package dev.telemetry.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/** Creates, syncs and erases directories. */
final class PrivateDirectory {

	private PrivateDirectory() {
	}

	static void create(Path directory) throws IOException {
		if (Files.isDirectory(directory)) {
			return;
		}
		@Nullable Path parent = directory.toAbsolutePath().getParent();
		if (parent != null) {
			create(parent);
		}
		try {
			Files.createDirectory(directory, PrivateModes.forDirectory(directory));
		}
		catch (FileAlreadyExistsException ex) {
			// made by another process meanwhile, unless it is something else
			if (!Files.isDirectory(directory)) {
				throw (NotDirectoryException) new NotDirectoryException(directory.toString()).initCause(ex);
			}
		}
		if (parent != null) {
			sync(parent);
		}
	}

	static void sync(Path directory) throws IOException {
		if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return;
		}
		UninterruptibleIo.call(() -> {
			try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
				channel.force(true);
			}
			return directory;
		});
	}

	static void eraseTree(Path directory) throws IOException {
		Eraser eraser = new Eraser();
		Files.walkFileTree(directory, eraser);
		if (eraser.failure != null) {
			throw eraser.failure;
		}
	}

	/** Goes on after a failure and keeps the first one. */
	private static final class Eraser extends SimpleFileVisitor<Path> {

		private @Nullable IOException failure;

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
			return erase(file);
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException ex) {
			return (ex instanceof NoSuchFileException) ? FileVisitResult.CONTINUE : failed(ex);
		}

		@Override
		public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException ex) {
			return (ex != null) ? failed(ex) : erase(directory);
		}

		private FileVisitResult erase(Path path) {
			try {
				Files.deleteIfExists(path);
				return FileVisitResult.CONTINUE;
			}
			catch (IOException ex) {
				return failed(ex);
			}
		}

		private FileVisitResult failed(IOException ex) {
			this.failure = (this.failure != null) ? this.failure : ex;
			return FileVisitResult.CONTINUE;
		}

	}

}
