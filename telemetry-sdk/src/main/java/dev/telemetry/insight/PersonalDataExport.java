package dev.telemetry.insight;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ConsentStore.Archive;
import dev.telemetry.consent.store.ReceiptChain;
import dev.telemetry.consent.store.ShownNotice;
import dev.telemetry.insight.ExportDocument.Part;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.sent.SentLog;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Everything stored here about this installation as one JSON document: the decision, its
 * receipts, the notices agreed to with the sentences that were shown, the ids that were
 * sent, requests for deletion, and the local log with its rotated files and its archive;
 * at last what this process has sent, from memory. The secret the ids are made with is
 * told to be there, never shown: it would let others make them. Only looks, under any
 * state of consent. Safe for use by several threads.
 */
public final class PersonalDataExport {

	private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private static final Pattern SENTENCES = Pattern
		.compile("([0-9a-f]{64})\\.([A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4})\\.txt");

	/** No file that is exported whole is larger, nor are there more of them. */
	private static final int MAX_DOCUMENT = 4 * 1024 * 1024;

	private static final int MAX_DOCUMENTS = 1000;

	private final String tool;

	private final MachineIdMode mode;

	private final @Nullable Home home;

	private final ConsentStore store;

	private final List<Path> logs;

	private final InstantSource clock;

	private final SentLog sent;

	/**
	 * Create an export.
	 * @param tool the name of the tool
	 * @param mode how ids are made
	 * @param home where everything is stored, or {@code null} when there is no home
	 * @param store stores the decision
	 * @param logs the local logs that are written now; rotated ones are found beside them
	 * @param clock tells when it was made
	 * @param sent remembers what was sent
	 */
	public PersonalDataExport(String tool, MachineIdMode mode, @Nullable Home home, ConsentStore store, List<Path> logs,
			InstantSource clock, SentLog sent) {
		this.tool = tool;
		this.mode = mode;
		this.home = home;
		this.store = store;
		this.logs = List.copyOf(logs);
		this.clock = clock;
		this.sent = sent;
	}

	/**
	 * Begin to read the document, which is made meanwhile: in memory is never more than a
	 * line of it, or one notice.
	 * @return the document in UTF-8; to be closed
	 * @throws IOException if what is stored cannot be read
	 */
	public InputStream open() throws IOException {
		List<ExportLines> opened = new ArrayList<>();
		try {
			return new ExportDocument(parts(opened), () -> closeAll(opened));
		}
		catch (IOException | RuntimeException ex) {
			closeAll(opened);
			throw ex;
		}
	}

	private List<Part> parts(List<ExportLines> opened) throws IOException {
		List<Part> parts = new ArrayList<>();
		parts.add(once(this::head));
		Home kept = this.home;
		if (kept != null) {
			ReceiptChain chain = new ReceiptChain();
			Archive elsewhere = this.store.archive();
			addLines(parts, opened, "receipts",
					ExportLines.of(kept.resolve("consent-receipts.jsonl"), elsewhere.receipts(), chain::add),
					() -> chain(chain));
			addDocuments(parts, "notices", kept.resolve("notices"), elsewhere.notices());
			addLines(parts, opened, "ids", ExportLines.of(kept.resolve("ids.jsonl"), List.of(), (line) -> {
			}), () -> "");
			addDocuments(parts, "deletionRequests", kept.resolve("deletion"), List.of());
		}
		addLines(parts, opened, "log", ExportLines.ofLogs(this.logs), () -> "");
		if (this.sent.isOn()) {
			parts.add(once(() -> ",\n\"sent\":{\"since\":\"" + this.sent.since() + "\",\"forgotten\":"
					+ this.sent.forgotten() + ",\"requests\":[\n"));
			parts.add(new SentExport(this.sent));
			parts.add(once(() -> "]}"));
		}
		parts.add(once(() -> "\n}\n"));
		return parts;
	}

	private static void closeAll(List<ExportLines> opened) throws IOException {
		for (ExportLines lines : opened) {
			lines.close();
		}
	}

	private String head() {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			json.writeStartObject();
			json.writeNumberProperty("v", 1);
			json.writeStringProperty("tool", this.tool);
			json.writeStringProperty("exportedAt", this.clock.instant().toString());
			json.writeStringProperty("machineIdMode", this.mode.name().toLowerCase(Locale.ROOT));
			json.writeName("installSecret");
			json.writeStartObject();
			json.writeBooleanProperty("exists", hasSecret());
			json.writeBooleanProperty("exported", false);
			json.writeEndObject();
			json.writeName("consent");
			consent(json, this.store.read());
			json.writeEndObject();
		}
		String whole = text.toString();
		return whole.substring(0, whole.length() - 1);
	}

	private boolean hasSecret() {
		Home kept = this.home;
		return kept != null && Files.exists(kept.resolve("install-secret"), LinkOption.NOFOLLOW_LINKS);
	}

	private static void consent(JsonGenerator json, ConsentStore.Found found) {
		json.writeStartObject();
		ConsentRecord record = found.record();
		if (record != null) {
			json.writeStringProperty("decision", record.granted() ? "granted" : "denied");
			json.writeNumberProperty("seq", record.seq());
			json.writeStringProperty("scope", record.scope().name().toLowerCase(Locale.ROOT));
			json.writeStringProperty("asOf", record.asOf().toString());
			json.writeStringProperty("channel", record.channel());
			writeOptional(json, "notice", record.notice());
			writeOptional(json, "grantId", record.grantId());
		}
		writeOptional(json, "fault", found.fault());
		json.writeEndObject();
	}

	private static void writeOptional(JsonGenerator json, String name, @Nullable String value) {
		if (value != null) {
			json.writeStringProperty(name, value);
		}
	}

	private static String chain(ReceiptChain chain) {
		return ",\"intact\":" + chain.isIntact()
				+ (chain.isIntact() ? "" : ",\"firstBrokenLine\":" + chain.firstBroken());
	}

	private static void addLines(List<Part> parts, List<ExportLines> opened, String name, ExportLines lines,
			Supplier<String> more) {
		opened.add(lines);
		parts.add(once(() -> ",\n\"" + name + "\":{\"lines\":[\n"));
		parts.add(lines);
		parts.add(once(() -> "],\"skipped\":" + lines.skipped() + ",\"refused\":" + strings(lines.refusals())
				+ more.get() + "}"));
	}

	/** Files that hold one document each, such as notices; read one by one. */
	private static void addDocuments(List<Part> parts, String name, Path directory, List<String> more)
			throws IOException {
		List<Supplier<String>> documents = new ArrayList<>();
		documents(directory)
			.forEach((file) -> documents.add(() -> isSentences(file) ? sentences(file) : document(file)));
		more.forEach((document) -> documents.add(() -> document));
		parts.add(once(() -> ",\n\"" + name + "\":["));
		for (int i = 0; i < documents.size(); i++) {
			Supplier<String> document = documents.get(i);
			String separator = (i == 0) ? "\n" : ",\n";
			parts.add(once(() -> separator + document.get()));
		}
		parts.add(once(() -> "]"));
	}

	private static List<Path> documents(Path directory) throws IOException {
		if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> isDocument(file.getFileName().toString()))
				.limit(MAX_DOCUMENTS)
				.sorted()
				.toList();
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			return List.of();
		}
	}

	private static boolean isDocument(String name) {
		return name.endsWith(".json") || name.equals("baseline") || SENTENCES.matcher(name).matches();
	}

	private static boolean isSentences(Path file) {
		return SENTENCES.matcher(file.getFileName().toString()).matches();
	}

	/** The sentences that a user saw are exported only if they are still the same. */
	private static String sentences(Path file) {
		Matcher name = SENTENCES.matcher(file.getFileName().toString());
		byte[] content = PrivateFile.read(file, MAX_DOCUMENT).bytes();
		if (content != null && name.matches()) {
			ShownNotice shown = new ShownNotice(name.group(2), new String(content, StandardCharsets.UTF_8));
			if (shown.hash().equals("sha256:" + name.group(1))) {
				return new String(shown.toJson(), StandardCharsets.US_ASCII);
			}
		}
		return refused(file);
	}

	private static String refused(Path file) {
		return "{\"refused\":" + strings(List.of(file.getFileName().toString())) + "}";
	}

	private static String document(Path file) {
		byte[] content = PrivateFile.read(file, MAX_DOCUMENT).bytes();
		return (content != null && JsonCheck.isObject(content)) ? new String(content, StandardCharsets.UTF_8).strip()
				: refused(file);
	}

	private static String strings(List<String> values) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			json.writeStartArray();
			values.forEach(json::writeString);
			json.writeEndArray();
		}
		return text.toString();
	}

	private static Part once(Part part) {
		boolean[] given = { false };
		return () -> {
			if (given[0]) {
				return null;
			}
			given[0] = true;
			return part.next();
		};
	}

}
