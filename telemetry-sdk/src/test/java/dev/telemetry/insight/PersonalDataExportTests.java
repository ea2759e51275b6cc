package dev.telemetry.insight;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ShownNotice;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.sent.SentLog;
import dev.telemetry.storage.Home;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PersonalDataExport}. */
class PersonalDataExportTests {

	private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-21T03:00:00Z"));

	private SentLog sent = SentLog.OFF;

	@TempDir
	private Path directory;

	private Path home;

	private Path log;

	private ConsentStore store;

	@BeforeEach
	void create() {
		this.home = this.directory.resolve("home");
		this.log = this.home.resolve("telemetry.log");
		this.store = ConsentStore.file(Home.chosen(this.home), "demo-app");
	}

	@Test
	void exportWhenNothingIsKeptSaysSoAndCreatesNothing() throws Exception {
		Map<String, Object> document = export();
		assertThat(document).containsEntry("v", 1)
			.containsEntry("tool", "demo-app")
			.containsEntry("exportedAt", "2026-11-21T03:00:00Z")
			.containsEntry("machineIdMode", "rotating")
			.containsEntry("installSecret", Map.of("exists", false, "exported", false))
			.containsEntry("consent", Map.of())
			.containsEntry("receipts", Map.of("lines", List.of(), "skipped", 0, "refused", List.of(), "intact", true))
			.containsEntry("notices", List.of())
			.containsEntry("deletionRequests", List.of());
		assertThat(this.home).doesNotExist();
	}

	@Test
	void exportWhenThereIsNoHomeIsStillADocument() throws Exception {
		PersonalDataExport export = new PersonalDataExport("demo-app", MachineIdMode.NONE, null,
				ConsentStore.none("set telemetry.home"), List.of(), NOW, SentLog.OFF);
		try (InputStream document = export.open()) {
			Map<?, ?> read = new JsonMapper().readValue(document, Map.class);
			assertThat(read.get("machineIdMode")).isEqualTo("none");
		}
	}

	@Test
	@SuppressWarnings("unchecked")
	void exportHoldsEverythingKeptHereButTheSecret() throws Exception {
		decide();
		new IdJournal(Home.chosen(this.home), NOW).sent("a".repeat(64));
		Files.writeString(this.home.resolve("install-secret"), "0123456789abcdef0123456789abcdef");
		Files.createDirectories(this.home.resolve("deletion"));
		Files.writeString(this.home.resolve("deletion/1.json"), "{\"machine_id\":\"b\"}");
		Files.writeString(this.log, event(3));
		Files.writeString(this.home.resolve("telemetry.log.1"), event(2));
		Files.writeString(this.home.resolve("telemetry.log.2"), event(1));
		Files.writeString(this.home.resolve("telemetry-archive.jsonl"), event(0));
		List<Path> before = files();

		Map<String, Object> document = export();

		assertThat((Map<String, Object>) document.get("consent")).containsEntry("decision", "denied")
			.containsEntry("seq", 2)
			.containsEntry("channel", "command");
		assertThat((Map<String, Object>) document.get("receipts")).containsEntry("intact", true);
		assertThat(lines(document, "receipts")).extracting((line) -> line.get("event"))
			.containsExactly("consent.granted", "consent.withdrawn");
		assertThat((List<Map<String, Object>>) document.get("notices")).singleElement()
			.satisfies((notice) -> assertThat(notice).containsEntry("tool", "demo-app").containsKey("destinations"));
		assertThat(document).containsEntry("deletionRequests", List.of(Map.of("machine_id", "b")));
		assertThat(lines(document, "ids")).extracting((line) -> line.get("id")).containsExactly("a".repeat(64));
		assertThat(lines(document, "log")).extracting((line) -> line.get("name"))
			.containsExactly("e0", "e1", "e2", "e3");
		assertThat(document).containsEntry("installSecret", Map.of("exists", true, "exported", false));
		assertThat(text()).doesNotContain("0123456789abcdef0123456789abcdef");
		assertThat(files()).isEqualTo(before);
	}

	@Test
	@SuppressWarnings("unchecked")
	void exportHoldsLinesThatWereCompressedAndNamesWhatItCannotRead() throws Exception {
		Files.createDirectories(this.home);
		Files.writeString(this.log, event(3));
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(this.home.resolve("telemetry.log.1.gz")))) {
			out.write(event(2).getBytes(StandardCharsets.UTF_8));
		}
		Files.writeString(this.home.resolve("telemetry.log.2.bz2"), "BZh91AY");
		Files.writeString(this.home.resolve("telemetry.log.3"), event(1));
		Map<String, Object> document = export();
		assertThat(lines(document, "log")).hasSize(3);
		assertThat((Map<String, Object>) document.get("log")).containsEntry("skipped", 0)
			.containsEntry("refused", List.of("telemetry.log.2.bz2: it is compressed with bzip2"));
	}

	@Test
	@SuppressWarnings("unchecked")
	void exportWhenReceiptsWereEditedSaysWhere() throws Exception {
		decide();
		Path receipts = this.home.resolve("consent-receipts.jsonl");
		Files.writeString(receipts, Files.readString(receipts).replace("local", "export"));
		assertThat((Map<String, Object>) export().get("receipts")).containsEntry("intact", false)
			.containsEntry("firstBrokenLine", 2);
	}

	@Test
	@SuppressWarnings("unchecked")
	void exportWhenRecordIsDamagedStillHoldsTheRest() throws Exception {
		decide();
		Files.writeString(this.home.resolve("consent.json"), "{");
		Files.writeString(this.log, event(1));
		Map<String, Object> document = export();
		assertThat((Map<String, Object>) document.get("consent")).containsOnlyKeys("fault");
		assertThat(lines(document, "log")).hasSize(1);
	}

	@Test
	@SuppressWarnings("unchecked")
	void exportSkipsAndCountsDamagedLines() throws Exception {
		Files.createDirectories(this.home);
		Files.write(this.log,
				Stream
					.of(event(1), "{\"name\":\n", "[1]\n", "{}{}\n", "{\"x\":\"" + "y".repeat(200_000) + "\"}\n",
							"\u0000\n", event(2), "{\"name\":\"torn")
					.collect(Collectors.joining())
					.getBytes(StandardCharsets.UTF_8));
		Map<String, Object> document = export();
		assertThat(lines(document, "log")).extracting((line) -> line.get("name")).containsExactly("e1", "e2");
		assertThat((Map<String, Object>) document.get("log")).containsEntry("skipped", 6);
	}

	@Test
	void exportWhenLineIsNotUtf8SkipsIt() throws Exception {
		Files.createDirectories(this.home);
		Files.write(this.log, new byte[] { '{', '"', (byte) 0xc3, '"', ':', '1', '}', '\n' });
		assertThat(text()).contains("\"skipped\":1");
	}

	@Test
	@SuppressWarnings("unchecked")
	void exportNeverHoldsWhatALinkPointsTo() throws Exception {
		Files.createDirectories(this.home.resolve("notices"));
		Path theirs = Files.writeString(this.directory.resolve("theirs"), "{\"name\":\"theirs\"}\n");
		Files.createSymbolicLink(this.log, theirs);
		Files.createSymbolicLink(this.home.resolve("ids.jsonl"), theirs);
		Files.createSymbolicLink(this.home.resolve("notices/x.json"), theirs);
		Map<String, Object> document = export();
		assertThat(text()).doesNotContain("theirs");
		assertThat((Map<String, Object>) document.get("log")).containsEntry("refused",
				List.of("telemetry.log is not ours or cannot be read"));
		assertThat(document).containsEntry("notices", List.of(Map.of("refused", List.of("x.json"))));
	}

	@Test
	void exportHoldsTheSentencesThatAUserSawUnlessTheyWereChanged() throws Exception {
		ShownNotice first = new ShownNotice("de", "Was aufgezeichnet wird: \u00dcbersicht\n");
		ShownNotice reworded = new ShownNotice("de", "Was gespeichert wird\n");
		ConsentStore store = ConsentStore.file(Home.chosen(this.home), "demo-app");
		store.saveShown(first);
		store.saveShown(reworded);
		store.saveShown(first);
		assertThat(export().get("notices")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactlyInAnyOrder(Map.of("hash", first.hash(), "locale", "de", "text", first.text()),
					Map.of("hash", reworded.hash(), "locale", "de", "text", reworded.text()));
		String name = first.hash().substring("sha256:".length()) + ".de.txt";
		Files.writeString(this.home.resolve("notices").resolve(name), "changed");
		assertThat(export().get("notices")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.contains(Map.of("refused", List.of(name)))
			.hasSize(2);
	}

	@Test
	void exportIsMadeLineByLine() throws Exception {
		Files.createDirectories(this.home);
		Files.writeString(this.log, event(0));
		try (InputStream document = openExport()) {
			byte[] block = document.readNBytes(10);
			assertThat(block).hasSize(10);
			// What is appended after the beginning is not part of it
			Files.writeString(this.log, event(0) + event(1), java.nio.file.StandardOpenOption.APPEND);
			assertThat(new String(document.readAllBytes(), StandardCharsets.UTF_8)).endsWith("}\n");
		}
		Files.writeString(this.log, IntStream.range(0, 50_000).mapToObj(this::event).collect(Collectors.joining()));
		try (InputStream document = openExport()) {
			byte[] block = new byte[1 << 20];
			int longest = 0;
			for (int read = document.read(block); read >= 0; read = document.read(block)) {
				longest = Math.max(longest, read);
			}
			assertThat(longest).as("most that was made at once").isLessThan(4096);
		}
	}

	private void decide() {
		ConsentGate gate = ConsentGate.builder(this.store).tool("demo-app").build();
		gate.enable(ConsentScope.LOCAL, null, "command");
		gate.disable("command");
	}

	private String event(int number) {
		return "{\"name\":\"e" + number + "\",\"attrs\":{\"n\":1}}\n";
	}

	private InputStream openExport() throws IOException {
		return new PersonalDataExport("demo-app", MachineIdMode.ROTATING, Home.chosen(this.home), this.store,
				List.of(this.log), NOW, this.sent)
			.open();
	}

	private String text() throws IOException {
		try (InputStream document = openExport()) {
			return new String(document.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> export() throws IOException {
		return new JsonMapper().readValue(text(), Map.class);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> lines(Map<String, Object> document, String name) {
		return (List<Map<String, Object>>) ((Map<String, Object>) document.get(name)).get("lines");
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(this.home)) {
			return files.sorted().toList();
		}
	}

}
