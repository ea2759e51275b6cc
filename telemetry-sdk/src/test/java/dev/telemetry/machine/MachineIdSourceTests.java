package dev.telemetry.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for {@link MachineIdSource}. */
@Tag("T-20")
class MachineIdSourceTests {

	private static final String SALT = "mytool.telemetry.v1";

	private static final String RAW = "0123456789abcdef0123456789abcdef";

	@TempDir
	Path directory;

	private final AtomicInteger questions = new AtomicInteger();

	@Test
	void createAsksAndMakesNothing() {
		source(MachineIdMode.ROTATING, RAW);
		source(MachineIdMode.DERIVED, RAW);
		assertThat(this.questions).hasValue(0);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void getWhenNoneIsNothingAndAsksNothing() throws Exception {
		assertThat(source(MachineIdMode.NONE, RAW).get()).isNull();
		assertThat(this.questions).hasValue(0);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void getWhenDerivedAgreesWithRtbAndMakesNoSecret() throws Exception {
		MachineIdSource source = source(MachineIdMode.DERIVED, RAW);
		assertThat(source.get()).isEqualTo("0e5455e72b847158cea376ff72bedeb1be2f180e97ffff7f1de39ee5b5081c8e");
		source.forget();
		assertThat(source.get()).isEqualTo("0e5455e72b847158cea376ff72bedeb1be2f180e97ffff7f1de39ee5b5081c8e");
		assertThat(this.directory).isEmptyDirectory();
	}

	// Computed apart from this code: Python's hmac.new(bytes(range(32)),
	// struct.pack(">I", len(salt)) + salt + raw, "sha256")
	@Test
	void getWhenRotatingIsKeyedHash() throws Exception {
		secret(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
		assertThat(source(MachineIdMode.ROTATING, RAW).get())
			.isEqualTo("da683e7c1f4308c8691c603c45e30f09daa5d031e6efd629737ab90e053a1bf0");
		assertThat(source(MachineIdMode.ROTATING, null).get())
			.isEqualTo("9425aa30745e3fc081515c72314bba78521759655db1adec25c473d190ec0b3b");
	}

	@Test
	void getWhenRotatingMakesPrivateSecretOnceAndAsksOnce() throws Exception {
		MachineIdSource source = source(MachineIdMode.ROTATING, RAW);
		String id = source.get();
		assertThat(id).matches("[0-9a-f]{64}").isEqualTo(source.get());
		assertThat(this.questions).hasValue(1);
		assertThat(source(MachineIdMode.ROTATING, RAW).get()).isEqualTo(id);
		assertThat(Files.readAllBytes(secretFile())).hasSize(32);
		assertThat(Files.getPosixFilePermissions(secretFile())).hasSize(2);
	}

	// Computed apart from this code: Python's hmac.new(bytes(range(32)),
	// b"\xff" * 4 + salt, "sha256")
	@Test
	void pseudonymKeyIsOfTheSecretAndTheToolAndNotTheIdentifier() throws Exception {
		secret(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
		byte[] key = source(MachineIdMode.ROTATING, RAW).pseudonymKey();
		assertThat(HexFormat.of().formatHex(key))
			.isEqualTo("0c8565454f404b23f8d1288b8a26e3104cac10a409c9b0bce5c552b470d2b3c4");
		assertThat(source(MachineIdMode.DERIVED, RAW).pseudonymKey()).isEqualTo(key);
		assertThat(this.questions).hasValue(0);
	}

	@Test
	void pseudonymKeyWhenThereMayBeNoIdentifierIsNone() throws Exception {
		assertThat(source(MachineIdMode.NONE, RAW).pseudonymKey()).isNull();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void forgetChangesThePseudonymKey() throws Exception {
		MachineIdSource source = source(MachineIdMode.DERIVED, RAW);
		byte[] before = source.pseudonymKey();
		source.forget();
		assertThat(source.pseudonymKey()).isNotEqualTo(before);
	}

	@Test
	void forgetChangesTheRotatingIdentifier() throws Exception {
		MachineIdSource source = source(MachineIdMode.ROTATING, RAW);
		String before = source.get();
		Files.writeString(secretFile().resolveSibling("install-secret.0123456789abcdef0123456789abcdef.tmp"), "left");
		source.forget();
		assertThat(this.directory.resolve("home")).isEmptyDirectory();
		assertThat(source.get()).isNotEqualTo(before);
	}

	@Test
	void forgetWhenNothingIsThereCreatesNothing() throws Exception {
		source(MachineIdMode.ROTATING, RAW).forget();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void getWhenSecretIsDamagedMakesAnother() throws Exception {
		secret(new byte[31]);
		String id = source(MachineIdMode.ROTATING, RAW).get();
		assertThat(Files.readAllBytes(secretFile())).hasSize(32);
		assertThat(source(MachineIdMode.ROTATING, RAW).get()).isEqualTo(id);
	}

	@Test
	void getWhenSecretIsLinkFails() throws Exception {
		Path victim = Files.write(this.directory.resolve("victim"), new byte[32]);
		Files.createDirectories(secretFile().resolveSibling("."));
		Files.createSymbolicLink(secretFile(), victim);
		assertThatIOException().isThrownBy(() -> source(MachineIdMode.ROTATING, RAW).get())
			.withMessage("install-secret cannot be used: it is a symbolic link");
	}

	@Test
	void createWhenSaltIsBlankNamesIt() {
		Home home = Home.chosen(this.directory);
		assertThatIllegalArgumentException().isThrownBy(() -> new MachineIdSource(MachineIdMode.NONE, " ", home))
			.withMessage("'salt' must not be blank");
	}

	private MachineIdSource source(MachineIdMode mode, String raw) {
		MachineSignals signals = new MachineSignals("FreeBSD", this.directory.resolve("none"), (command) -> {
			this.questions.incrementAndGet();
			return raw;
		});
		return new MachineIdSource(mode, SALT, Home.chosen(this.directory.resolve("home")), signals, new Random());
	}

	private void secret(byte[] content) throws IOException {
		Files.createDirectories(secretFile().resolveSibling("."));
		Files.write(secretFile(), content);
	}

	private Path secretFile() {
		return this.directory.resolve("home/install-secret");
	}

}
