package dev.telemetry.storage;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A directory on the real disk, and notes of everything done in it that matters when the
 * power is cut: what was created, renamed and deleted, and what was synced, in order. It
 * needs nothing of the machine, unlike a power cut.
 */
public final class NotedDisk {

	private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

	private final Path root;

	private final NotedFileSystem fileSystem;

	private final AtomicReference<@Nullable Runnable> afterOpening = new AtomicReference<>();

	/**
	 * Note what is done in a directory.
	 * @param root the directory
	 */
	public NotedDisk(Path root) {
		this.root = root;
		this.fileSystem = new NotedFileSystem(root.getFileSystem());
	}

	/**
	 * Return the directory; what is done by way of this path is noted.
	 * @return the path
	 */
	public Path path() {
		return wrap(this.root);
	}

	/**
	 * Return the notes so far, and forget them. What is random in a name is a star.
	 * @return for example {@code sync a}, {@code rename a.*.tmp to a}
	 */
	public List<String> notes() {
		synchronized (this.notes) {
			List<String> notes = List.copyOf(this.notes);
			this.notes.clear();
			return notes;
		}
	}

	/**
	 * Let another process come between: do something once the next file is open, before
	 * the thread that opened it goes on.
	 * @param interference what is done, by way of the real paths
	 */
	void afterOpening(Runnable interference) {
		this.afterOpening.set(interference);
	}

	void note(String what, Path path) {
		this.notes.add(what + " " + name(path));
	}

	private void noteRename(Path from, Path to) {
		this.notes.add("rename " + name(from) + " to " + name(to));
	}

	private String name(Path path) {
		String name = this.root.relativize(path).toString();
		return (name.isEmpty() ? "." : name).replaceAll("[0-9a-f]{32}", "*").replaceAll("[0-9]{20}", "*");
	}

	private Path wrap(Path path) {
		return (Path) Proxy.newProxyInstance(NotedDisk.class.getClassLoader(), new Class<?>[] { NotedPath.class },
				(proxy, method, arguments) -> call(path, method, arguments));
	}

	private @Nullable Object call(Path path, Method method, Object @Nullable [] arguments) throws Throwable {
		switch (method.getName()) {
			case "real":
				return path;
			case "getFileSystem":
				return this.fileSystem;
			case "equals":
				return arguments != null && arguments[0] instanceof NotedPath other && path.equals(other.real());
			default:
		}
		Object[] real = (arguments != null) ? arguments.clone() : new Object[0];
		for (int i = 0; i < real.length; i++) {
			real[i] = (real[i] instanceof NotedPath noted) ? noted.real() : real[i];
		}
		try {
			Object result = method.invoke(path, real);
			return (result instanceof Path one) ? wrap(one) : result;
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static Path real(Path path) {
		return (path instanceof NotedPath noted) ? noted.real() : path;
	}

	/** A path that knows the one it stands for. */
	private interface NotedPath extends Path {

		Path real();

	}

	/** Gives its paths to the provider that notes. */
	private final class NotedFileSystem extends FileSystem {

		private final FileSystem real;

		private final NotedProvider provider;

		NotedFileSystem(FileSystem real) {
			this.real = real;
			this.provider = new NotedProvider(real.provider());
		}

		@Override
		public FileSystemProvider provider() {
			return this.provider;
		}

		@Override
		public void close() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public boolean isReadOnly() {
			return false;
		}

		@Override
		public String getSeparator() {
			return this.real.getSeparator();
		}

		@Override
		public Iterable<Path> getRootDirectories() {
			return this.real.getRootDirectories();
		}

		@Override
		public Iterable<FileStore> getFileStores() {
			return this.real.getFileStores();
		}

		@Override
		public Set<String> supportedFileAttributeViews() {
			return this.real.supportedFileAttributeViews();
		}

		@Override
		public Path getPath(String first, String... more) {
			return wrap(this.real.getPath(first, more));
		}

		@Override
		public PathMatcher getPathMatcher(String pattern) {
			PathMatcher matcher = this.real.getPathMatcher(pattern);
			return (path) -> matcher.matches(real(path));
		}

		@Override
		public UserPrincipalLookupService getUserPrincipalLookupService() {
			return this.real.getUserPrincipalLookupService();
		}

		@Override
		public WatchService newWatchService() throws IOException {
			return this.real.newWatchService();
		}

	}

	/** Does what it is asked to, and notes it. */
	private final class NotedProvider extends FileSystemProvider {

		private final FileSystemProvider real;

		NotedProvider(FileSystemProvider real) {
			this.real = real;
		}

		@Override
		public String getScheme() {
			return "noted";
		}

		@Override
		public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileSystem getFileSystem(URI uri) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Path getPath(URI uri) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
				throws IOException {
			boolean there = Files.exists(real(path), LinkOption.NOFOLLOW_LINKS);
			FileChannel channel = this.real.newFileChannel(real(path), options, attributes);
			if (!there) {
				note("create", real(path));
			}
			@Nullable Runnable interference = NotedDisk.this.afterOpening.getAndSet(null);
			if (interference != null) {
				interference.run();
			}
			return new NotedChannel(channel, () -> note("sync", real(path)));
		}

		@Override
		public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
				FileAttribute<?>... attributes) throws IOException {
			return this.real.newByteChannel(real(path), options, attributes);
		}

		@Override
		public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
				throws IOException {
			DirectoryStream<Path> stream = this.real.newDirectoryStream(real(directory),
					(entry) -> filter.accept(wrap(entry)));
			return new DirectoryStream<>() {

				@Override
				public Iterator<Path> iterator() {
					List<Path> entries = new ArrayList<>();
					stream.forEach((entry) -> entries.add(wrap(entry)));
					return entries.iterator();
				}

				@Override
				public void close() throws IOException {
					stream.close();
				}

			};
		}

		@Override
		public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
			this.real.createDirectory(real(directory), attributes);
			note("create", real(directory));
		}

		@Override
		public void delete(Path path) throws IOException {
			this.real.delete(real(path));
			note("delete", real(path));
		}

		@Override
		public void copy(Path source, Path target, CopyOption... options) throws IOException {
			this.real.copy(real(source), real(target), options);
		}

		@Override
		public void move(Path source, Path target, CopyOption... options) throws IOException {
			this.real.move(real(source), real(target), options);
			noteRename(real(source), real(target));
		}

		@Override
		public boolean isSameFile(Path path, Path other) throws IOException {
			return this.real.isSameFile(real(path), real(other));
		}

		@Override
		public boolean isHidden(Path path) throws IOException {
			return this.real.isHidden(real(path));
		}

		@Override
		public FileStore getFileStore(Path path) throws IOException {
			return this.real.getFileStore(real(path));
		}

		@Override
		public void checkAccess(Path path, AccessMode... modes) throws IOException {
			this.real.checkAccess(real(path), modes);
		}

		@Override
		public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
			return this.real.getFileAttributeView(real(path), type, options);
		}

		@Override
		public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
				throws IOException {
			return this.real.readAttributes(real(path), type, options);
		}

		@Override
		public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
				throws IOException {
			return this.real.readAttributes(real(path), attributes, options);
		}

		@Override
		public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
			this.real.setAttribute(real(path), attribute, value, options);
		}

	}

}
