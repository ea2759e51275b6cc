package dev.telemetry.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Reads an application: a jar, also one of Spring Boot, a war, or a directory of classes.
 * Nothing is unpacked, and names in archives are compared, never used as names of files.
 * What is too much, as of a bomb, ends it. Used once.
 */
final class ArchiveReader {

	private static final int MAX_ENTRIES = 1_000_000;

	private static final long MAX_BYTES = 4L << 30;

	/** Where an application has its classes; what is in its root belongs to them. */
	private static final Pattern CLASSES = Pattern.compile("^(BOOT-INF|WEB-INF)/classes/");

	private static final Pattern LIBRARY = Pattern
		.compile("(BOOT-INF/lib|WEB-INF/lib|WEB-INF/lib-provided)/[^/]+\\.jar");

	private final long maxBytes;

	private final ArchivePart application;

	private final List<ArchivePart> parts = new ArrayList<>();

	private int entries;

	private long bytes;

	private ArchiveReader(String name, long maxBytes) {
		this.maxBytes = maxBytes;
		this.application = new ArchivePart(name);
		this.parts.add(this.application);
	}

	/**
	 * Read an application.
	 * @param place an archive or a directory
	 * @return the application and the libraries in it
	 * @throws IOException if it cannot be read, is damaged or too much
	 */
	static List<ArchivePart> read(Path place) throws IOException {
		return read(place, MAX_BYTES);
	}

	/** Read an application that may hold so many bytes, unpacked. */
	static List<ArchivePart> read(Path place, long maxBytes) throws IOException {
		ArchiveReader reader = new ArchiveReader(String.valueOf(place.toAbsolutePath().normalize().getFileName()),
				maxBytes);
		if (Files.isDirectory(place)) {
			reader.directory(place);
		}
		else {
			reader.archive(place);
		}
		return reader.parts;
	}

	private void directory(Path place) throws IOException {
		Files.walkFileTree(place, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (attributes.isRegularFile()) {
					String path = place.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
					try (InputStream in = new Counted(Files.newInputStream(file))) {
						entry(path, in);
					}
				}
				return FileVisitResult.CONTINUE;
			}

		});
	}

	private void archive(Path place) throws IOException {
		try (ZipFile zip = new ZipFile(place.toFile())) {
			for (ZipEntry entry : Collections.list(zip.entries())) {
				if (!entry.isDirectory()) {
					CRC32 crc = new CRC32();
					try (InputStream in = new CheckedInputStream(new Counted(zip.getInputStream(entry)), crc)) {
						entry(entry.getName(), in);
						in.transferTo(OutputStream.nullOutputStream());
					}
					if (crc.getValue() != entry.getCrc()) {
						throw new IOException("'" + entry.getName() + "' in it is damaged");
					}
				}
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("it is damaged", ex);
		}
	}

	private void entry(String path, InputStream in) throws IOException {
		count();
		if (LIBRARY.matcher(path).matches()) {
			ArchivePart library = new ArchivePart(path);
			this.parts.add(library);
			library(library, new ZipInputStream(in));
		}
		else {
			this.application.look(CLASSES.matcher(path).replaceFirst(""), in);
		}
	}

	/** It is not closed: it ends with what it is read from. */
	private void library(ArchivePart library, ZipInputStream zip) throws IOException {
		try {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				count();
				InputStream in = new Counted(zip);
				library.look(entry.getName(), in);
				in.transferTo(OutputStream.nullOutputStream());
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("'" + library.name() + "' in it is damaged", ex);
		}
	}

	private void count() throws IOException {
		if (++this.entries > MAX_ENTRIES) {
			throw new IOException("it holds more than " + MAX_ENTRIES + " files");
		}
	}

	/** Ends what is read at the most that an application can sensibly be. */
	private final class Counted extends FilterInputStream {

		Counted(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			int next = super.read();
			count(Math.min(1, next + 1));
			return next;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int count = super.read(target, offset, length);
			count(Math.max(0, count));
			return count;
		}

		private void count(int read) throws IOException {
			ArchiveReader.this.bytes += read;
			if (ArchiveReader.this.bytes > ArchiveReader.this.maxBytes) {
				throw new IOException("it holds more than " + ArchiveReader.this.maxBytes + " bytes");
			}
		}

	}

}
