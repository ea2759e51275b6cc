package dev.telemetry.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The identifier that the operating system assigns to a machine, never shown as it is:
 * only salted hashes of it leave this class. They are what the {@code rtb} tools compute:
 * SHA-256 over the bytes of the salt followed by the bytes of the identifier, as 64
 * lower-case hexadecimal digits. Safe for use by several threads.
 */
public final class MachineId {

	private final String raw;

	/**
	 * Create from an identifier.
	 * @param raw the identifier, or {@code null} when the operating system has none
	 * @param random replaces a missing identifier, so that every run looks like another
	 * machine
	 */
	public MachineId(@Nullable String raw, Supplier<UUID> random) {
		this.raw = (raw != null) ? raw : random.get().toString();
	}

	/**
	 * Derive an identifier that cannot be traced back, nor linked to that of another
	 * salt.
	 * @param salt for example {@code demo-app.telemetry.v1}
	 * @return 64 lower-case hexadecimal digits, the same for the same salt
	 */
	public String derive(String salt) {
		MessageDigest digest = sha256();
		digest.update(salt.getBytes(StandardCharsets.UTF_8));
		digest.update(this.raw.getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
