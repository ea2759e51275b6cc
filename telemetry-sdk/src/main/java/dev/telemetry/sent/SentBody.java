package dev.telemetry.sent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;

/**
 * The body of one request: how large it was, its hash, and what of it may be shown. Takes
 * the bytes as they are, so they must not be changed.
 */
public final class SentBody {

	/** Known to exist, but handed over where this log cannot see it. */
	public static final SentBody UNSEEN = new SentBody(Form.UNSEEN, null, -1, null, SentText.PLAIN);

	private final Form form;

	private final byte @Nullable [] bytes;

	private final int size;

	private final @Nullable String sha256;

	private final SentText text;

	private SentBody(Form form, byte @Nullable [] bytes, int size, @Nullable String sha256, SentText text) {
		this.form = form;
		this.bytes = bytes;
		this.size = size;
		this.sha256 = sha256;
		this.text = text;
	}

	/**
	 * A body without any secret.
	 * @param wire the bytes as they go over the wire
	 * @param gzip whether they are compressed
	 * @param text reads what was compressed
	 * @return the body
	 */
	public static SentBody of(byte[] wire, boolean gzip, SentText text) {
		return new SentBody(gzip ? Form.WIRE_GZIP : Form.WIRE, wire, wire.length, sha256(wire), text);
	}

	/**
	 * A body with a secret of ours in it, of which only the hash and the size are
	 * remembered as they are.
	 * @param wire the bytes as they go over the wire
	 * @param shown the body before compression, with asterisks in place of the secret
	 * @param gzip whether the bytes on the wire are compressed
	 * @param text reads the body
	 * @return the body
	 */
	public static SentBody masked(byte[] wire, byte[] shown, boolean gzip, SentText text) {
		return new SentBody(gzip ? Form.MASKED_UNZIPPED : Form.MASKED, shown, wire.length, sha256(wire), text);
	}

	/** Return the same without its bytes. */
	SentBody withoutBytes() {
		return (this.bytes != null) ? new SentBody(Form.NOT_KEPT, null, this.size, this.sha256, this.text) : this;
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	/**
	 * Return what the bytes are.
	 * @return the form
	 */
	public Form form() {
		return this.form;
	}

	/**
	 * Return the bytes that may be shown.
	 * @return a copy, or {@code null} if there are none
	 */
	public byte @Nullable [] bytes() {
		return (this.bytes != null) ? this.bytes.clone() : null;
	}

	/** Return how many bytes are remembered. */
	int length() {
		return (this.bytes != null) ? this.bytes.length : 0;
	}

	/**
	 * Return how many bytes went over the wire.
	 * @return the number, or -1 if that is not known
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return the hash of the bytes that went over the wire, secrets included.
	 * @return SHA-256 in hexadecimal digits, or {@code null} if they are not known
	 */
	public @Nullable String sha256() {
		return this.sha256;
	}

	/**
	 * Return the body for people.
	 * @return JSON, or {@code null} if there are no bytes
	 * @throws IOException if it cannot be decompressed
	 */
	public @Nullable String text() throws IOException {
		byte[] shown = this.bytes;
		if (shown == null) {
			return null;
		}
		if (this.form != Form.WIRE_GZIP) {
			return this.text.read(shown);
		}
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(shown))) {
			return this.text.read(in.readAllBytes());
		}
	}

	/** What is remembered of a body. */
	public enum Form {

		/** The bytes as they went over the wire. */
		WIRE,

		/** The bytes as they went over the wire, compressed with gzip. */
		WIRE_GZIP,

		/** The bytes as they went over the wire, with asterisks in place of a secret. */
		MASKED,

		/**
		 * The bytes before gzip, with asterisks in place of a secret: what went over the
		 * wire would show it.
		 */
		MASKED_UNZIPPED,

		/** Nothing: it is larger than the whole log. */
		NOT_KEPT,

		/** Nothing: it was handed over by a sink that this log cannot look into. */
		UNSEEN;

		/**
		 * Return whether the bytes are exactly what went over the wire.
		 * @return whether their hash is that of the body
		 */
		public boolean isExact() {
			return this == WIRE || this == WIRE_GZIP;
		}

	}

}
