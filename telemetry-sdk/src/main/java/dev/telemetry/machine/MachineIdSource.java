package dev.telemetry.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/*
 * The operating system is asked once, when an identifier is first needed, because that
 * can mean starting a process. The secret is read each time, so that a reset in another
 * process counts from the next session on. One lock guards both; a caller that asks while
 * another one waits for the operating system waits too, at most two seconds.
 */
/**
 * Provides the identifier of this installation. Nothing is read, made or derived before
 * {@link #get()}, which only a granted session calls. Safe for use by several threads.
 * <p>
 * In the mode {@link MachineIdMode#ROTATING} it is HMAC-SHA-256, keyed with the secret of
 * this installation, over the length of the salt in bytes (4 bytes, big-endian), the salt
 * in UTF-8, and the operating system's identifier in UTF-8 (empty when there is none). In
 * the mode {@link MachineIdMode#DERIVED} it is {@link MachineId#derive}.
 * <p>
 * What pseudonyms are keyed with is HMAC-SHA-256 with the same secret over four bytes of
 * ones and the salt.
 */
public final class MachineIdSource {

	private static final String ALGORITHM = "HmacSHA256";

	/** No salt is as long: what is keyed for pseudonyms is never an identifier. */
	private static final int NO_LENGTH = -1;

	private final MachineIdMode mode;

	private final String salt;

	private final InstallSecret secret;

	private final MachineSignals signals;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private @Nullable String raw;

	@GuardedBy("lock")
	private @Nullable MachineId machineId;

	/**
	 * Create a source for the machine we run on.
	 * @param mode how the identifier comes about
	 * @param salt keeps the identifiers of different tools apart, not blank
	 * @param home where the secret of this installation is stored
	 */
	public MachineIdSource(MachineIdMode mode, String salt, Home home) {
		this(mode, salt, home, MachineSignals.ofThisMachine(), new SecureRandom());
	}

	MachineIdSource(MachineIdMode mode, String salt, Home home, MachineSignals signals, RandomGenerator random) {
		this.mode = Objects.requireNonNull(mode, "'mode' must not be null");
		if (salt.isBlank()) {
			throw new IllegalArgumentException("'salt' must not be blank");
		}
		this.salt = salt;
		this.secret = new InstallSecret(home, random);
		this.signals = signals;
	}

	/**
	 * Return the identifier, making the secret of this installation when it is missing.
	 * @return 64 lower-case hexadecimal digits, or {@code null} in the mode
	 * {@link MachineIdMode#NONE}
	 * @throws IOException if the secret can be neither read nor made
	 */
	public @Nullable String get() throws IOException {
		synchronized (this.lock) {
			return switch (this.mode) {
				case NONE -> null;
				case DERIVED -> machineId().derive(this.salt);
				case ROTATING -> rotating(this.secret.getOrCreate());
			};
		}
	}

	/**
	 * Return what the pseudonyms of this installation and tool are keyed with, making the
	 * secret of this installation when it is missing.
	 * @return 32 bytes that never leave the machine, or {@code null} in the mode
	 * {@link MachineIdMode#NONE}
	 * @throws IOException if the secret can be neither read nor made
	 */
	public byte @Nullable [] pseudonymKey() throws IOException {
		synchronized (this.lock) {
			return (this.mode != MachineIdMode.NONE) ? hmac(this.secret.getOrCreate(), NO_LENGTH, "") : null;
		}
	}

	/**
	 * Erase the secret of this installation. The next identifier in the mode
	 * {@link MachineIdMode#ROTATING} is another one, and the old one can no longer be
	 * computed.
	 * @throws IOException if it is still there
	 */
	public void forget() throws IOException {
		synchronized (this.lock) {
			this.secret.erase();
		}
	}

	@GuardedBy("lock")
	private MachineId machineId() {
		@Nullable MachineId known = this.machineId;
		if (known == null) {
			known = new MachineId(this.signals.find(), UUID::randomUUID);
			this.machineId = known;
		}
		return known;
	}

	@GuardedBy("lock")
	private String raw() {
		@Nullable String known = this.raw;
		if (known == null) {
			known = Objects.requireNonNullElse(this.signals.find(), "");
			this.raw = known;
		}
		return known;
	}

	@GuardedBy("lock")
	private String rotating(byte[] key) {
		return HexFormat.of().formatHex(hmac(key, this.salt.getBytes(StandardCharsets.UTF_8).length, raw()));
	}

	private byte[] hmac(byte[] key, int length, String last) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
			mac.update(this.salt.getBytes(StandardCharsets.UTF_8));
			mac.update(last.getBytes(StandardCharsets.UTF_8));
			return mac.doFinal();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has " + ALGORITHM, ex);
		}
	}

}
