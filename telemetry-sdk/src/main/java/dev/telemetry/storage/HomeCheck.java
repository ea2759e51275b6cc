package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Finds out whether a directory can be a home, by looking only. */
final class HomeCheck {

	private final Path path;

	private final boolean chosen;

	/** Asked only when there is a home: before that nobody needs to know who we are. */
	private final Supplier<ProcessOwner> owner;

	HomeCheck(Path path, boolean chosen) {
		this(path, chosen, ProcessOwner::current);
	}

	HomeCheck(Path path, boolean chosen, Supplier<ProcessOwner> owner) {
		this.path = path;
		this.chosen = chosen;
		this.owner = owner;
	}

	@Nullable String reason() {
		try {
			return Files.exists(this.path, LinkOption.NOFOLLOW_LINKS) ? existing() : missing();
		}
		catch (IOException ex) {
			return "the directory cannot be looked at (" + ex.getClass().getSimpleName() + ")";
		}
	}

	private @Nullable String existing() throws IOException {
		FileFacts facts = FileFacts.of(this.path);
		if (facts.kind() == FileFacts.Kind.LINK) {
			return "the path is a symbolic link";
		}
		if (facts.kind() != FileFacts.Kind.DIRECTORY) {
			return "the path is not a directory";
		}
		if (!this.owner.get().trusts(facts.uid())) {
			return "the directory belongs to another user";
		}
		if (!isWritable(this.path)) {
			return "the directory is not writable";
		}
		return (!this.chosen && holdsFilesOfOthers()) ? "the directory holds files of others already" : null;
	}

	private @Nullable String missing() {
		@Nullable Path ancestor = this.path.getParent();
		while (ancestor != null && !Files.exists(ancestor)) {
			ancestor = ancestor.getParent();
		}
		if (ancestor == null || !Files.isDirectory(ancestor)) {
			return "a directory above it is missing or a file";
		}
		return isWritable(ancestor) ? null : "the directory above it is not writable";
	}

	private static boolean isWritable(Path directory) {
		return Files.isWritable(directory) && Files.isExecutable(directory);
	}

	private boolean holdsFilesOfOthers() throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.path)) {
			for (Path entry : entries) {
				if (!HomeNames.isOurs(String.valueOf(entry.getFileName()))) {
					return true;
				}
			}
			return false;
		}
	}

}
