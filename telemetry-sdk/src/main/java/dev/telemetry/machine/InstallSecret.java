package dev.telemetry.machine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/**
 * 32 random bytes that make the identifier of this installation its own. They never leave
 * the machine.
 * <p>
 * Two processes that make it at the same time: the later rename wins, and each reads back
 * what is there. One that read in between uses the lost secret until its session ends; as
 * every identifier that was sent is in the journal, its events can still be deleted.
 */
final class InstallSecret {

	private static final String NAME = "install-secret";

	private static final int LENGTH = 32;

	private final Home home;

	private final RandomGenerator random;

	InstallSecret(Home home, RandomGenerator random) {
		this.home = home;
		this.random = random;
	}

	byte[] getOrCreate() throws IOException {
		byte @Nullable [] secret = read();
		if (secret == null) {
			create();
			secret = read();
		}
		if (secret == null) {
			throw new IOException(NAME + " vanished after it was written");
		}
		return secret;
	}

	/** The secret, or {@code null} when there is none or it is damaged. */
	private byte @Nullable [] read() throws IOException {
		PrivateFile.Content content = PrivateFile.read(file(), LENGTH);
		@Nullable String refusal = content.refusal();
		if (refusal != null) {
			throw new IOException(NAME + " cannot be used: " + refusal);
		}
		byte @Nullable [] bytes = content.bytes();
		return (bytes != null && bytes.length == LENGTH) ? bytes : null;
	}

	private void create() throws IOException {
		byte[] secret = new byte[LENGTH];
		this.random.nextBytes(secret);
		this.home.create();
		PrivateFile.write(file(), secret);
	}

	void erase() throws IOException {
		PrivateFile.erase(file());
		PrivateFile.eraseUnfinished(file());
		try {
			PrivateFile.syncDirectory(this.home.path());
		}
		catch (NoSuchFileException ex) {
			// no home, no secret
		}
	}

	private Path file() {
		return this.home.resolve(NAME);
	}

}
