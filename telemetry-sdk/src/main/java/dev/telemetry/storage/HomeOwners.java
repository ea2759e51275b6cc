package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Finds what in a home belongs to another user, so that this process cannot use it. Looks
 * into directories as deep as the spill is, and at no more than there usually is.
 */
final class HomeOwners {

	private static final int MAX_DEPTH = 4;

	private static final int MAX_ENTRIES = 1000;

	private final Path home;

	private final ProcessOwner us;

	/** By the number of the user, the names in the home. */
	private final Map<Integer, List<String>> foreign = new TreeMap<>();

	private int entries;

	HomeOwners(Path home, ProcessOwner us) {
		this.home = home;
		this.us = us;
	}

	@Nullable Problem problem() {
		for (Path entry : list(this.home)) {
			String name = String.valueOf(entry.getFileName());
			Integer owner = HomeNames.isOurs(name) ? foreignOwner(entry, 1) : null;
			if (owner != null) {
				this.foreign.computeIfAbsent(owner, (uid) -> new ArrayList<>()).add(name);
			}
		}
		return this.foreign.entrySet().stream().findFirst().map((first) -> {
			List<String> names = first.getValue().stream().sorted().toList();
			ForeignOwner owner = new ForeignOwner("what is in " + String.join(", ", names), first.getKey(),
					this.us.uid());
			return new Problem("telemetry.home", this.home.toString(), owner.problem(), owner.action());
		}).orElse(null);
	}

	/**
	 * Root's files may be used where they can be: an operator may have put them there.
	 */
	private @Nullable Integer foreignOwner(Path entry, int depth) {
		this.entries++;
		try {
			FileFacts facts = FileFacts.of(entry);
			boolean usable = this.us.trusts(facts.uid()) && Files.isReadable(entry);
			if (this.us.differs(facts.uid()) && !usable) {
				return facts.uid();
			}
			return (facts.kind() == FileFacts.Kind.DIRECTORY && depth < MAX_DEPTH) ? foreignOwnerIn(entry, depth + 1)
					: null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	private @Nullable Integer foreignOwnerIn(Path directory, int depth) {
		for (Path entry : list(directory)) {
			Integer owner = (this.entries < MAX_ENTRIES) ? foreignOwner(entry, depth) : null;
			if (owner != null) {
				return owner;
			}
		}
		return null;
	}

	private static List<Path> list(Path directory) {
		List<Path> entries = new ArrayList<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
			found.forEach(entries::add);
		}
		catch (IOException | DirectoryIteratorException ex) {
			// What cannot be listed is told by who wants to use it
		}
		return entries;
	}

}
