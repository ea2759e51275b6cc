package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What one look at a path tells, without following a link and without opening anything.
 *
 * @param kind what is there
 * @param key identifies the file as long as it exists, or {@code null} when the file
 * system has no such thing
 * @param uid the number of the owner, or -1 when there is none
 * @param mode the permission bits, or 0 when there are none
 * @param links how many names the file has
 */
record FileFacts(Kind kind, @Nullable Object key, int uid, int mode, int links) {

	private static final int OTHERS_WRITE = 0002;

	/**
	 * File systems whose modes are the same made-up value for every file: a mode says
	 * nothing there.
	 */
	private static final Set<String> WITHOUT_MODES = Set.of("vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk",
			"cifs", "smb3", "smbfs", "9p", "drvfs");

	static FileFacts of(Path path) throws IOException {
		BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
			return new FileFacts(Kind.of(basic), basic.fileKey(), -1, 0, 1);
		}
		Map<String, Object> unix = Files.readAttributes(path, "unix:uid,mode,nlink", LinkOption.NOFOLLOW_LINKS);
		return new FileFacts(Kind.of(basic), basic.fileKey(), number(unix, "uid"), number(unix, "mode"),
				number(unix, "nlink"));
	}

	private static int number(Map<String, Object> attributes, String name) {
		return (attributes.get(name) instanceof Number number) ? number.intValue() : 0;
	}

	/**
	 * Say why a file at this path cannot be relied on.
	 * @param path the path, looked at again only when its mode is in doubt
	 * @param owner who we are
	 * @return the reason in one clause, or {@code null}
	 * @throws IOException if the file system cannot be asked
	 */
	@Nullable String refusal(Path path, ProcessOwner owner) throws IOException {
		if (this.kind == Kind.LINK) {
			return "it is a symbolic link";
		}
		if (this.kind != Kind.FILE) {
			return "it is not a regular file";
		}
		if (!owner.trusts(this.uid)) {
			return new ForeignOwner("it", this.uid, owner.uid()).problem();
		}
		return (isWritableByOthers() && hasModes(path)) ? "it is writable by others" : null;
	}

	private boolean isWritableByOthers() {
		return (this.mode & OTHERS_WRITE) != 0;
	}

	private static boolean hasModes(Path path) throws IOException {
		return !WITHOUT_MODES.contains(Files.getFileStore(path).type());
	}

	boolean isSameFileAs(FileFacts other) {
		return (this.key != null) ? this.key.equals(other.key) : other.key == null;
	}

	/** What a path leads to. */
	enum Kind {

		FILE, DIRECTORY, LINK, OTHER;

		private static Kind of(BasicFileAttributes attributes) {
			if (attributes.isSymbolicLink()) {
				return LINK;
			}
			if (attributes.isDirectory()) {
				return DIRECTORY;
			}
			return attributes.isRegularFile() ? FILE : OTHER;
		}

	}

}
