package dev.telemetry.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes jars. */
final class Jar {

	private final Map<String, byte[]> files = new LinkedHashMap<>();

	Jar with(String path, String text) {
		return with(path, text.getBytes(StandardCharsets.UTF_8));
	}

	Jar with(String path, byte[] content) {
		this.files.put(path, content);
		return this;
	}

	/** As Spring Boot nests them: stored, not compressed. */
	Jar with(String path, Jar library) {
		return with(path, library.bytes());
	}

	Path write(Path file) throws IOException {
		return Files.write(file, bytes());
	}

	/** The same as a directory. */
	Path unpack(Path directory) throws IOException {
		for (Map.Entry<String, byte[]> file : this.files.entrySet()) {
			Path path = directory.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.write(path, file.getValue());
		}
		return directory;
	}

	byte[] bytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (Map.Entry<String, byte[]> file : this.files.entrySet()) {
				zip.putNextEntry(entry(file.getKey(), file.getValue()));
				zip.write(file.getValue());
				zip.closeEntry();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static ZipEntry entry(String path, byte[] content) {
		ZipEntry entry = new ZipEntry(path);
		if (path.endsWith(".jar")) {
			CRC32 crc = new CRC32();
			crc.update(content);
			entry.setMethod(ZipEntry.STORED);
			entry.setSize(content.length);
			entry.setCrc(crc.getValue());
		}
		return entry;
	}

}
