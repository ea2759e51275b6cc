package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.event.Event;

/** A file that a dead lane left, for tests that damage it and let it be sent. */
public final class FuzzedSpill {

	/** Where the file lies in a home. */
	public static final String FILE = String.format(Locale.ROOT, "spill/fake/%s/%020d.batch", "a".repeat(32),
			LaneFixture.NOW.toEpochMilli() * 1000);

	private static final int EVENTS = 1;

	private final Set<String> lines = new HashSet<>();

	/**
	 * Leave a file that is in order.
	 * @param home the home it lies in
	 * @throws IOException if it cannot be written
	 */
	public void write(Path home) throws IOException {
		List<Event> events = SpillFixture.events(EVENTS);
		this.lines.clear();
		this.lines.addAll(SpillFixture.lines(events));
		makeDirectory(home);
		Files.write(home.resolve(FILE),
				Objects.requireNonNull(new SpillFormat().write(SpillFixture.GRANT, events, 0).content()));
	}

	/**
	 * Let the next lane find the file. Nothing but its events may be sent, and the lane
	 * must account for all.
	 * @param home the home it lies in
	 * @throws IOException if the file cannot be put back afterwards
	 */
	public void replay(Path home) throws IOException {
		SpillFixture fixture = new SpillFixture(home);
		DeliveryLane lane = fixture.lane();
		lane.runOnce();
		lane.close(Duration.ofSeconds(2));
		if (!this.lines.containsAll(fixture.sent()) || !lane.status().balanced()) {
			throw new IllegalStateException(fixture.sent() + " of " + lane.status());
		}
		makeDirectory(home);
	}

	private static void makeDirectory(Path home) throws IOException {
		Files.createDirectories(home.resolve(FILE).getParent(),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
	}

}
