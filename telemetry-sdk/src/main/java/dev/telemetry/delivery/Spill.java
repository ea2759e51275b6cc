package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

import dev.telemetry.Internal;
import dev.telemetry.consent.gate.ConsentGrant;
import dev.telemetry.delivery.SpillFormat.Header;
import dev.telemetry.event.Event;
import dev.telemetry.storage.AgeClock;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/**
 * What waits on disk to be sent: {@code <home>/spill}, with a directory for each sink.
 * Nothing is read or written until a lane does, but for {@link #erase}.
 */
@Internal
public final class Spill {

	private static final int ERASE_ATTEMPTS = 3;

	private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

	private final Home home;

	private final SpillSettings settings;

	/**
	 * Create the spill of an application.
	 * @param home where it is stored
	 * @param settings what may wait there
	 */
	public Spill(Home home, SpillSettings settings) {
		this.home = Objects.requireNonNull(home, "'home' must not be null");
		this.settings = Objects.requireNonNull(settings, "'settings' must not be null");
	}

	/**
	 * Erase everything that waits, of every sink and process. A process that is still
	 * running goes on without what it had there.
	 * @throws IOException if something remains
	 */
	public void erase() throws IOException {
		Path directory = this.home.resolve("spill");
		for (int attempt = 1;; attempt++) {
			try {
				PrivateFile.eraseTree(directory);
				return;
			}
			catch (IOException ex) {
				// Another process may be writing until it notices the same no
				if (attempt == ERASE_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Look at what waits for a sink. A lane that lives may move on meanwhile.
	 * @param sink the name of the sink
	 * @return what was found
	 * @throws IOException if it cannot be told
	 */
	public SpilledEvents look(String sink) throws IOException {
		Path root = this.home.resolve("spill").resolve(directoryName(sink));
		SpillFormat format = new SpillFormat();
		Set<UUID> ids = new HashSet<>();
		boolean alive = false;
		for (Path directory : SpillInstance.all(root)) {
			alive |= SpillInstance.isOwned(directory);
			for (Path file : SpillInstance.files(directory)) {
				read(file, format).forEach((event) -> ids.add(event.id()));
			}
		}
		return new SpilledEvents(ids, alive);
	}

	/** What is gone was sent meanwhile, what is damaged is never sent. */
	private static List<Event> read(Path file, SpillFormat format) throws IOException {
		PrivateFile.Content content = PrivateFile.read(file, SpillFormat.MAX_FILE);
		byte[] bytes = content.bytes();
		if (bytes == null && !content.isAbsent()) {
			throw new IOException("a file in the spill cannot be read: " + content.refusal());
		}
		Header header = (bytes != null) ? SpillFormat.header(bytes) : null;
		return (bytes != null && header != null) ? format.read(bytes, header.grantId()::equals) : List.of();
	}

	/**
	 * Return the storage of a lane on disk, or {@code null} if it may store nothing
	 * there.
	 * @param sink the name of the sink
	 * @param grant returns the grant that its events are based on
	 * @param runtime the clocks
	 */
	@Nullable SpillStore store(String sink, Supplier<ConsentGrant> grant, DeliveryRuntime runtime) {
		boolean wanted = this.settings.mode() == DeliveryMode.AT_LEAST_ONCE && SpillFormat.canName(grant.get().id());
		return wanted ? new SpillStore(this.home, directoryName(sink), grant, this.settings,
				AgeClock.of(runtime.clock()), runtime.nanoTime()) : null;
	}

	/** Two sinks never share a directory, even if the file system ignores case. */
	private static String directoryName(String sink) {
		if (PLAIN.matcher(sink).matches()) {
			return sink;
		}
		CRC32C crc = new CRC32C();
		crc.update(sink.getBytes(StandardCharsets.UTF_8));
		String slug = Objects.requireNonNullElse(Home.slug(sink), "sink");
		return (slug.length() > 48 ? slug.substring(0, 48) : slug) + "."
				+ String.format(Locale.ROOT, "%08x", crc.getValue());
	}

}
