package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The modes of what we create: 0600 for files, 0700 for directories. They are given at
 * creation, so that no moment exists in which a file is open to others; a umask can only
 * take bits away.
 */
final class PrivateModes {

	private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.OTHERS_READ,
			PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

	private PrivateModes() {
	}

	static FileAttribute<?>[] forFile(Path file) {
		return forNew(file, "rw-------");
	}

	static FileAttribute<?>[] forDirectory(Path directory) {
		return forNew(directory, "rwx------");
	}

	private static FileAttribute<?>[] forNew(Path path, String permissions) {
		if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) };
	}

	/**
	 * Take from others what an earlier tool may have granted on a file of ours. Group
	 * bits stay: an operator or a volume may have set them on purpose.
	 */
	static void closeToOthers(Path file) throws IOException {
		@Nullable PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class,
				LinkOption.NOFOLLOW_LINKS);
		if (view == null) {
			return;
		}
		Set<PosixFilePermission> permissions = EnumSet.copyOf(view.readAttributes().permissions());
		if (permissions.removeAll(OTHERS)) {
			view.setPermissions(permissions);
		}
	}

}
