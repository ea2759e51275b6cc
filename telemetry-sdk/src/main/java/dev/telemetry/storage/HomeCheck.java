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

	/** Read only when there is a home: before that, the process owner is not needed. */
	private final Supplier<ProcessOwner> owner;

	HomeCheck(Path path, boolean chosen) {
		this(path, chosen, ProcessOwner::current);
	}

	HomeCheck(Path path, boolean chosen, Supplier<ProcessOwner> owner) {
		this.path = path;
		this.chosen = chosen;
		this.owner = owner;
	}

	@Nullable Refusal refusal() {
		try {
			return Files.exists(this.path, LinkOption.NOFOLLOW_LINKS) ? existing() : missing();
		}
		catch (IOException ex) {
			return new Refusal("the directory cannot be looked at (" + ex.getClass().getSimpleName() + ")");
		}
	}

	private @Nullable Refusal existing() throws IOException {
		FileFacts facts = FileFacts.of(this.path);
		if (facts.kind() == FileFacts.Kind.LINK) {
			return new Refusal("the path is a symbolic link");
		}
		if (facts.kind() != FileFacts.Kind.DIRECTORY) {
			return new Refusal("the path is not a directory");
		}
		ProcessOwner us = this.owner.get();
		boolean writable = isWritable(this.path);
		if (us.differs(facts.uid()) && !(us.trusts(facts.uid()) && writable)) {
			ForeignOwner foreign = new ForeignOwner("the directory", facts.uid(), us.uid());
			return new Refusal(foreign.problem(), foreign.action());
		}
		if (!writable) {
			return new Refusal("the directory is not writable");
		}
		return (!this.chosen && holdsFilesOfOthers()) ? new Refusal("the directory holds files of others already")
				: null;
	}

	private @Nullable Refusal missing() {
		@Nullable Path ancestor = this.path.getParent();
		while (ancestor != null && !Files.exists(ancestor)) {
			ancestor = ancestor.getParent();
		}
		if (ancestor == null || !Files.isDirectory(ancestor)) {
			return new Refusal("a directory above it is missing or a file");
		}
		return isWritable(ancestor) ? null : new Refusal("the directory above it is not writable");
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

	/**
	 * Why a directory cannot be a home.
	 *
	 * @param reason the reason
	 * @param action what to do about it
	 */
	record Refusal(String reason, String action) {

		Refusal(String reason) {
			this(reason, "set telemetry.home to a directory of its own");
		}

	}

}
