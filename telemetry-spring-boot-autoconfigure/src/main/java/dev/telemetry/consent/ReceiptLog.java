package dev.telemetry.consent;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The receipts: one line of JSON for each decision, never changed afterwards. Each holds
 * the hash of the line before it, so an accident or a naive edit shows; the owner of the
 * disk is not stopped by that. No name of a person, no address, no host is in it. Used
 * under the lock of the store.
 */
final class ReceiptLog {

	private static final JsonFactory JSON = JsonFactory.builder().build();

	/** No receipt is longer. */
	private static final int TAIL = 4096;

	static final String FIRST = "none";

	private final Path file;

	ReceiptLog(Path file) {
		this.file = file;
	}

	void append(ConsentRecord record) throws IOException {
		try (FileChannel channel = PrivateFile.openForAppend(this.file)) {
			String previous = lastLine();
			String line = line(record, previous);
			// A line that a crash cut short must not swallow this one
			String start = (previous != null && !endsWithLineFeed()) ? "\n" : "";
			ByteBuffer bytes = ByteBuffer.wrap((start + line + "\n").getBytes(StandardCharsets.UTF_8));
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
	}

	/**
	 * Make a receipt.
	 * @param record the decision
	 * @param previous the receipt before it, or {@code null}
	 * @return one line without its end
	 */
	static String line(ConsentRecord record, @Nullable String previous) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			json.writeStartObject();
			json.writeNumberProperty("v", 1);
			json.writeStringProperty("event", record.granted() ? "consent.given" : "consent.refused");
			json.writeStringProperty("at", record.asOf().toString());
			json.writeStringProperty("channel", record.channel());
			json.writeStringProperty("scope", record.scope().name().toLowerCase(Locale.ROOT));
			String notice = record.notice();
			if (notice != null) {
				json.writeStringProperty("notice", notice);
			}
			json.writeStringProperty("previous", (previous != null) ? ConsentRecordFormat.checksum(previous) : FIRST);
			json.writeEndObject();
		}
		return text.toString();
	}

	private @Nullable String lastLine() throws IOException {
		String tail = tail().strip();
		return tail.isEmpty() ? null : tail.substring(tail.lastIndexOf('\n') + 1);
	}

	private boolean endsWithLineFeed() throws IOException {
		return tail().endsWith("\n");
	}

	private String tail() throws IOException {
		try (FileChannel channel = PrivateFile.openForRead(this.file)) {
			ByteBuffer bytes = ByteBuffer.allocate(TAIL);
			long position = Math.max(0, Files.size(this.file) - TAIL);
			int read = channel.read(bytes, position);
			while (read > 0) {
				read = channel.read(bytes, position + bytes.position());
			}
			return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
		}
	}

}
