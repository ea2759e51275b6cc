package dev.telemetry.consent.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.gate.Inputs;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Tests for {@link FileConsentStore} and {@link ConsentRecordFormat}. */
class FileConsentStoreTests {

	@TempDir
	Path directory;

	private Path file;

	private FileConsentStore store;

	@BeforeEach
	void createStore() {
		this.file = this.directory.resolve("home/consent.json");
		this.store = store("demo");
	}

	@Test
	void readWhenThereIsNothingCreatesNothing() {
		assertThat(this.store.read()).isEqualTo(Found.NOTHING);
		assertThat(this.store.unusable()).isNull();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void writeWhenYesWritesExactlyThis() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		String body = "{\"v\":1,\"seq\":1,\"decision\":\"granted\",\"scope\":\"export\",\"notice\":\"sha256:today\","
				+ "\"grantId\":\"0123456789abcdef0123456789abcdef\",\"asOf\":\"2026-11-21T03:00:00Z\","
				+ "\"channel\":\"actuator\",\"tool\":\"demo\"}";
		assertThat(this.file).hasContent(body.substring(0, body.length() - 1) + ",\"checksum\":\""
				+ ConsentRecordFormat.checksum(body) + "\"}\n");
		assertThat(this.store.read()).isEqualTo(Inputs.found(Inputs.yes(ConsentScope.EXPORT)));
	}

	@Test
	void writeWhenGrantTookAnotherOverWritesVersion2() throws Exception {
		String before = "sha256:" + "a".repeat(64);
		this.store.write(Inputs.yes(ConsentScope.EXPORT).withGrant(Inputs.GRANT_ID, before));
		String body = "{\"v\":2,\"seq\":1,\"decision\":\"granted\",\"scope\":\"export\",\"notice\":\"sha256:today\","
				+ "\"grantId\":\"0123456789abcdef0123456789abcdef\",\"continues\":\"" + before
				+ "\",\"asOf\":\"2026-11-21T03:00:00Z\",\"channel\":\"actuator\",\"tool\":\"demo\"}";
		assertThat(this.file).hasContent(body.substring(0, body.length() - 1) + ",\"checksum\":\""
				+ ConsentRecordFormat.checksum(body) + "\"}\n");
		assertThat(store("demo").read().record()).isNotNull().extracting(ConsentRecord::continues).isEqualTo(before);
	}

	@Test
	void writeWhenNoWritesExactlyThis() throws Exception {
		this.store.write(Inputs.no(true));
		assertThat(Files.readString(this.file))
			.startsWith("{\"v\":1,\"seq\":1,\"decision\":\"denied\",\"grantedBefore\":true,"
					+ "\"asOf\":\"2026-11-21T03:00:00Z\",\"channel\":\"command\",\"tool\":\"demo\",\"checksum\":\"sha256:");
		assertThat(this.store.read()).isEqualTo(Inputs.found(Inputs.no(true)));
	}

	@Test
	void checksumIsSha256() {
		assertThat(ConsentRecordFormat.checksum("abc"))
			.isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	}

	@Test
	void writeMakesPrivateFilesInPrivateHome() throws Exception {
		this.store.write(Inputs.no(false));
		this.store.appendReceipt(ConsentReceipt.of(Inputs.no(false)));
		assertThat(mode(this.directory.resolve("home"))).isEqualTo("rwx------");
		for (String name : new String[] { "consent.json", "consent.json.lock", "consent-receipts.jsonl" }) {
			assertThat(mode(this.directory.resolve("home").resolve(name))).as(name).isEqualTo("rw-------");
		}
		assertThat(this.directory.resolve("home").toFile().list()).hasSize(3);
	}

	@Test
	void writeCountsAcrossStoresOfOneHome() throws Exception {
		FileConsentStore other = store("demo");
		assertThat(this.store.write(Inputs.yes(ConsentScope.LOCAL)).seq()).isEqualTo(1);
		assertThat(other.write(Inputs.no(true)).seq()).isEqualTo(2);
		this.store.read();
		assertThat(this.store.write(Inputs.yes(ConsentScope.LOCAL)).seq()).isEqualTo(3);
		assertThat(other.read()).isEqualTo(this.store.read());
	}

	@Test
	void readWhenOlderRecordIsBackIsFault() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		byte[] old = Files.readAllBytes(this.file);
		this.store.write(Inputs.no(true));
		Files.write(this.file, old);
		assertThat(this.store.read().fault()).isEqualTo("it is older than one seen before");
		assertThat(store("demo").read().record()).as("another process has not seen the newer one").isNotNull();
		assertThat(this.store.write(Inputs.no(true)).seq()).isEqualTo(3);
	}

	@Test
	void readWhenRecordIsOfAnotherToolIsFault() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		Found found = store("other").read();
		assertThat(found.record()).isNull();
		assertThat(found.fault()).isEqualTo("this consent was given to 'demo', and this application is 'other'");
		assertThat(found.action()).startsWith("set telemetry.home to a directory of its own");
	}

	@Test
	void readWhenWritableByOthersIsFaultAndByGroupIsNot() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("rw-rw----"));
		assertThat(this.store.read().fault()).isNull();
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("rw-rw-rw-"));
		assertThat(this.store.read().fault()).isNotNull();
		assertThat(this.store.read().record()).isNull();
	}

	@Test
	void readWhenLinkIsFault() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		Path target = Files.move(this.file, this.directory.resolve("target.json"));
		Files.createSymbolicLink(this.file, target);
		assertThat(this.store.read().fault()).isNotNull();
		this.store.setAside();
		this.store.write(Inputs.no(false));
		assertThat(Files.readString(target)).as("the link was not followed").contains("granted");
	}

	@Test
	void readWhenTooLargeOrDirectoryIsFault() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		Files.writeString(this.file, Files.readString(this.file) + " ".repeat(64 * 1024));
		assertThat(this.store.read().fault()).contains("larger than 65536 bytes");
		Files.delete(this.file);
		Files.createDirectory(this.file);
		assertThat(this.store.read().fault()).isNotNull();
		this.store.setAside();
		assertThat(this.store.write(Inputs.no(false)).seq()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{}", "[]", "null", "true", "{\"v\":1}", "{\"v\":2}" })
	void readWhenNotARecordIsFault(String content) throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		Files.writeString(this.file, content);
		assertThat(this.store.read().fault()).isNotBlank();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"seq\":1~\"seq\":0", "\"seq\":1~\"seq\":-1", "\"seq\":1~\"seq\":9223372036854775807",
			"\"seq\":1~\"seq\":\"1\"", "\"seq\":1~\"seq\":1.0", "\"granted\"~\"Granted\"", "\"granted\"~\"unset\"",
			"\"export\"~\"EXPORT\"", "\"export\"~\"none\"", "\"export\"~\"local\"", "\"tool\"~\"extra\":{},\"tool\"",
			"\"tool\"~\"extra\":1,\"tool\"", "\"v\":1,~\"v\":1,\"v\":1,", ",\"channel\"~, \"channel\"",
			"2026-11-21~2036-11-21", "2026-11-21T03:00:00Z~2026-11-21T03:00:00.000Z", "sha256:today~sha256:todaz" })
	void readWhenOneThingIsChangedIsFault(String change) throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		String[] parts = change.split("~", 2);
		String text = Files.readString(this.file);
		assertThat(text).contains(parts[0]);
		Files.writeString(this.file, text.replace(parts[0], parts[1]));
		assertThat(this.store.read().fault()).isNotBlank();
	}

	@Test
	void readWhenNumberLeavesNoRoomIsFaultEvenWithChecksum() throws Exception {
		byte[] bytes = ConsentRecordFormat.write(Inputs.yes(ConsentScope.EXPORT).withSeq(Long.MAX_VALUE));
		assertThatIOException().isThrownBy(() -> ConsentRecordFormat.read(bytes));
		byte[] fine = ConsentRecordFormat.write(Inputs.yes(ConsentScope.EXPORT).withSeq(1L << 40));
		assertThat(ConsentRecordFormat.read(fine).seq()).isEqualTo(1L << 40);
	}

	@Test
	void setAsideKeepsTheDamagedRecord() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		Files.writeString(this.file, "damaged");
		ConsentGate gate = ConsentGate.builder(this.store).tool("demo").build();
		assertThat(gate.refresh().state()).isEqualTo(ConsentState.FAULT);
		assertThat(gate.disable("command").outcome()).isEqualTo(ConsentAnswer.Outcome.DONE);
		assertThat(this.directory.resolve("home/consent.json.damaged")).hasContent("damaged");
		assertThat(this.store.read().record()).isNotNull().satisfies((record) -> {
			assertThat(record.granted()).isFalse();
			assertThat(record.seq()).as("still counts on").isEqualTo(2);
		});
	}

	@Test
	void writeWhenThreadIsInterruptedWritesAndKeepsTheInterrupt() throws Exception {
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>(new AssertionError("did not run"));
		Thread thread = new Thread(() -> {
			Thread.currentThread().interrupt();
			try {
				this.store.write(Inputs.no(true));
				this.store.appendReceipt(ConsentReceipt.of(Inputs.no(true)));
				failure.set(Thread.currentThread().isInterrupted() ? null : new AssertionError("interrupt lost"));
			}
			catch (Exception | Error ex) {
				failure.set(ex);
			}
		});
		thread.start();
		thread.join(30_000);
		assertThat(failure.get()).isNull();
		assertThat(this.store.read().record()).isNotNull();
		assertThat(Files.readString(this.directory.resolve("home/consent-receipts.jsonl"), StandardCharsets.UTF_8))
			.hasLineCount(1);
	}

	private FileConsentStore store(String tool) {
		return new FileConsentStore(Home.chosen(this.directory.resolve("home")), tool);
	}

	@Test
	void writeWhenAnotherProcessHoldsTheLockForLongSaysSoInsteadOfWaiting() {
		AtomicInteger pauses = new AtomicInteger();
		ConsentStore held = new FileConsentStore(Home.chosen(this.directory.resolve("home")), "demo", (channel) -> null,
				pauses::incrementAndGet);
		assertThatIOException().isThrownBy(() -> held.write(Inputs.no(true)))
			.withMessage("another process holds consent.json.lock");
		assertThat(pauses).hasValue(200);
		assertThat(this.file).doesNotExist();
	}

	@Test
	void writeWhenAnotherProcessLetsGoOfTheLockWrites() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		ConsentStore held = new FileConsentStore(Home.chosen(this.directory.resolve("home")), "demo",
				(channel) -> (attempts.incrementAndGet() < 3) ? null : channel.tryLock(), () -> {
				});
		assertThat(held.write(Inputs.no(true)).seq()).isEqualTo(1);
		assertThat(attempts).hasValue(3);
	}

	private static String mode(Path path) throws Exception {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
