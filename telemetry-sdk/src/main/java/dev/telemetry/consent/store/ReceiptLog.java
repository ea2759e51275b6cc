package dev.telemetry.consent.store;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.telemetry.problem.Problem;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The receipts: one line of JSON for each command, never changed afterwards: lines of
 * earlier versions keep the names {@code consent.given} and {@code consent.refused}. Each
 * holds the hash of the line before it, so an accident or a naive edit shows; the owner
 * of the disk is not stopped by that. It contains no name of a person, no address and no
 * host. Used under the lock of the store.
 */
final class ReceiptLog {

	private static final JsonFactory JSON = JsonFactory.builder().build();

	/** No receipt is longer. */
	private static final int TAIL = 4096;

	static final String FIRST = "none";

	/** Room for thousands of decisions. */
	private static final int MAX_BYTES = 8 * 1024 * 1024;

	private final Path file;

	private volatile @Nullable Checked checked;

	ReceiptLog(Path file) {
		this.file = file;
	}

	void append(ConsentReceipt receipt) throws IOException {
		try (FileChannel channel = PrivateFile.openForAppend(this.file)) {
			String previous = lastLine();
			String line = line(receipt, previous);
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
	 * Make a line of a receipt.
	 * @param receipt what was done
	 * @param previous the line before it, or {@code null}
	 * @return one line without its end
	 */
	static String line(ConsentReceipt receipt, @Nullable String previous) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			json.writeStartObject();
			json.writeNumberProperty("v", 1);
			json.writeStringProperty("event", "consent." + receipt.kind().name().toLowerCase(Locale.ROOT));
			json.writeStringProperty("at", receipt.at().toString());
			json.writeStringProperty("channel", receipt.channel());
			json.writeStringProperty("scope", receipt.scope().name().toLowerCase(Locale.ROOT));
			writeOptional(json, "notice", receipt.notice());
			writeOptional(json, "grantId", receipt.grantId());
			writeOptional(json, "continues", receipt.continues());
			writeOptional(json, "locale", receipt.locale());
			writeOptional(json, "text", receipt.text());
			json.writeStringProperty("previous", (previous != null) ? ConsentRecordFormat.checksum(previous) : FIRST);
			json.writeEndObject();
		}
		return text.toString();
	}

	private static void writeOptional(JsonGenerator json, String name, @Nullable String value) {
		if (value != null) {
			json.writeStringProperty(name, value);
		}
	}

	/**
	 * Say what is wrong with the receipts. Read again only when the file has changed.
	 * @return that the chain is broken or cannot be read, or {@code null}
	 */
	@Nullable Problem problem() {
		Checked last = this.checked;
		Object state = state();
		if (last == null || !last.state().equals(state)) {
			last = new Checked(state, check());
			this.checked = last;
		}
		return last.problem();
	}

	private @Nullable Problem check() {
		PrivateFile.Content content = PrivateFile.read(this.file, MAX_BYTES);
		String name = String.valueOf(this.file.getFileName());
		byte @Nullable [] bytes = content.bytes();
		if (bytes != null) {
			return ReceiptChain.problem(name, new String(bytes, StandardCharsets.UTF_8).lines().toList());
		}
		return content.isAbsent() ? null
				: new Problem(name, null, "it cannot be read: " + content.refusal(),
						Objects.requireNonNullElse(content.action(),
								"make it a file of the user that runs the application, which no other user may write"));
	}

	private Object state() {
		try {
			BasicFileAttributes attributes = Files.readAttributes(this.file, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			return List.of(String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
		}
		catch (IOException ex) {
			return ex.getClass();
		}
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

	/** What was found when the file was in a state. */
	private record Checked(Object state, @Nullable Problem problem) {

	}

}
