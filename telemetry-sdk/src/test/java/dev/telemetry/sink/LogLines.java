package dev.telemetry.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.event.EventCodec;

/** Reads a log as its readers do, and counts what is no event. */
record LogLines(List<String> names, int torn) {

	static LogLines of(Path path) throws IOException {
		return of(new LocalLog(path).files());
	}

	static LogLines of(List<Path> files) throws IOException {
		EventCodec codec = EventCodec.json();
		List<String> names = new ArrayList<>();
		int torn = 0;
		for (Path file : files) {
			for (String line : Files.readString(file).lines().filter((line) -> !line.isEmpty()).toList()) {
				try {
					byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
					names.add(codec.decode(bytes, 0, bytes.length).name());
				}
				catch (IOException ex) {
					torn++;
				}
			}
		}
		return new LogLines(names, torn);
	}

}
