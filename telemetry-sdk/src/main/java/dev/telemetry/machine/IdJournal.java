package dev.telemetry.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import dev.telemetry.storage.UninterruptibleIo;
import org.jspecify.annotations.Nullable;

/*
 * One lock guards what we remember. Another process may append meanwhile (one write, in
 * append mode) or erase the file. What we remember counts only as long as the file is as
 * we left it: after an erasure by another process an identifier is written down
 * anew. Erased between our look and our return, the identifier is lost from the journal;
 * the reset that erased it closed the gates first, and asked for its deletion already.
 */
/**
 * Remembers every identifier that was ever sent to a remote sink, so that a reset can ask
 * for the deletion of all of them: {@code ids.jsonl}, one line
 * {@code {"id":"…","first_sent":"…"}} for each. Lines that cannot be read are skipped.
 * Safe for use by several threads and processes.
 */
public final class IdJournal {

	private static final String NAME = "ids.jsonl";

	/** Room for some 9000 identifiers; an installation has a handful. */
	private static final int MAX_BYTES = 1024 * 1024;

	private final Home home;

	private final InstantSource clock;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private final Set<String> known = new LinkedHashSet<>();

	/** What the file looked like when it held just what is known. */
	@GuardedBy("lock")
	private List<Object> knownState = List.of();

	/**
	 * Create a journal; nothing is touched.
	 * @param home where the journal is stored
	 * @param clock tells when an identifier was first sent
	 */
	public IdJournal(Home home, InstantSource clock) {
		this.home = home;
		this.clock = clock;
	}

	/**
	 * Return whether something can be an identifier.
	 * @param id what may be one
	 * @return {@code true} for 1 to 128 letters, digits, hyphens and underscores
	 */
	public static boolean isId(String id) {
		return IdJournalLine.isId(id);
	}

	/**
	 * Write down that an identifier is about to be sent. It is on the disk when this
	 * returns. Called again with the same identifier it only looks whether the journal is
	 * still there.
	 * @param id the identifier: 1 to 128 letters, digits, hyphens and underscores
	 * @throws IOException if it could not be written down; then it must not be sent
	 */
	public void sent(String id) throws IOException {
		requireId(id);
		synchronized (this.lock) {
			if (!state().equals(this.knownState)) {
				this.known.clear();
				this.known.addAll(read());
			}
			if (!this.known.contains(id)) {
				append(id);
				this.known.add(id);
			}
			this.knownState = state();
		}
	}

	/**
	 * Return every identifier that was ever sent.
	 * @return the identifiers, the first one first; unmodifiable
	 * @throws IOException if the journal is there and cannot be read
	 */
	public Set<String> ids() throws IOException {
		synchronized (this.lock) {
			return Collections.unmodifiableSet(read());
		}
	}

	/**
	 * Erase the journal.
	 * @throws IOException if it is still there
	 */
	public void erase() throws IOException {
		synchronized (this.lock) {
			this.known.clear();
			this.knownState = List.of();
			PrivateFile.erase(path());
			try {
				PrivateFile.syncDirectory(this.home.path());
			}
			catch (NoSuchFileException ex) {
				// no home, no journal
			}
		}
	}

	private Set<String> read() throws IOException {
		PrivateFile.Content content = PrivateFile.read(path(), MAX_BYTES);
		@Nullable String refusal = content.refusal();
		if (refusal != null) {
			throw new IOException(NAME + " cannot be used: " + refusal);
		}
		byte @Nullable [] bytes = content.bytes();
		Set<String> ids = new LinkedHashSet<>();
		if (bytes != null) {
			new String(bytes, StandardCharsets.UTF_8).lines().map(IdJournalLine::parse).forEach((id) -> {
				if (id != null) {
					ids.add(id);
				}
			});
		}
		return ids;
	}

	private void append(String id) throws IOException {
		this.home.create();
		String line = IdJournalLine.write(id, this.clock.instant()) + "\n";
		UninterruptibleIo.call(() -> appendDurably(endsTorn() ? "\n" + line : line));
	}

	/** A crash left a line without its end, which must not swallow the next one. */
	private boolean endsTorn() throws IOException {
		try (FileChannel channel = PrivateFile.openForRead(path())) {
			ByteBuffer last = ByteBuffer.allocate(1);
			return channel.size() > 0 && !(channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	private Path appendDurably(String line) throws IOException {
		Path path = path();
		try (FileChannel channel = PrivateFile.openForAppend(path)) {
			ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
		PrivateFile.syncDirectory(this.home.path());
		return path;
	}

	/** Changes whenever the file does; its key alone would not, inodes are used again. */
	private List<Object> state() throws IOException {
		try {
			BasicFileAttributes attributes = Files.readAttributes(path(), BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			return List.of(String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	private Path path() {
		return this.home.resolve(NAME);
	}

	private static void requireId(String id) {
		if (!IdJournalLine.isId(id)) {
			throw new IllegalArgumentException("'id' must be 1 to 128 letters, digits, hyphens or underscores");
		}
	}

}
