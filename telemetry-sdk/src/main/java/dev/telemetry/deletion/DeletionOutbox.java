package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/*
 * One lock guards the files against the other threads of this process. Another process of
 * the same home may store, and send, at the same time: what it has taken away is gone at
 * the next look, and what both send has one request id.
 *
 * Done with a request is noted first, its file erased then. A crash in between leaves a
 * file that the note names: it is erased at the next look, and not sent again.
 */
/**
 * Keeps requests for deletion on disk until they are done with: one private file each in
 * {@code deletion}, numbered in the order of their storing. Nothing is read, made or
 * counted before the first call that asks for it. Safe for use by several threads and
 * processes.
 */
final class DeletionOutbox {

	static final String DIRECTORY = "deletion";

	static final String RESULT = "result.json";

	/** More than the journal of identifiers has room for. */
	private static final int MAX_REQUESTS = 10_000;

	private static final int MAX_BYTES = 16 * 1024;

	/** Any decimal digits: version 0.1.0 wrote those of the default locale. */
	private static final Pattern NAME = Pattern.compile("(\\p{Nd}{8})-[0-9a-f-]{36}\\.json");

	private final @Nullable Home home;

	private final InstantSource clock;

	private final Supplier<UUID> requestIds;

	private final Problems problems;

	private final Object lock = new Object();

	/** What was found when we last looked: so that status need not look. */
	private volatile int pending;

	private volatile @Nullable DeletionResult result;

	DeletionOutbox(@Nullable Home home, InstantSource clock, Supplier<UUID> requestIds, Problems problems) {
		this.home = home;
		this.clock = clock;
		this.requestIds = requestIds;
		this.problems = problems;
	}

	/** Look whether there can be anything; all that is read of a home without one. */
	boolean exists() {
		return this.home != null && Files.exists(directory(this.home), LinkOption.NOFOLLOW_LINKS);
	}

	int pending() {
		return this.pending;
	}

	@Nullable DeletionResult result() {
		return this.result;
	}

	/**
	 * Store a request for each identifier that no request names yet, and look what else
	 * there is. They are on the disk when this returns.
	 * @param machineIds the identifiers
	 * @param tool the name of the tool
	 * @throws IOException if not all could be stored
	 */
	void store(Collection<String> machineIds, String tool) throws IOException {
		synchronized (this.lock) {
			List<Waiting> waiting = list();
			Set<String> missing = new LinkedHashSet<>(machineIds);
			waiting.forEach((known) -> missing.remove(known.request().machineId()));
			if (waiting.size() + missing.size() > MAX_REQUESTS) {
				throw new IOException("there are more than " + MAX_REQUESTS + " already");
			}
			if (!missing.isEmpty()) {
				write(missing, tool, waiting);
			}
		}
	}

	@GuardedBy("lock")
	private void write(Set<String> machineIds, String tool, List<Waiting> waiting) throws IOException {
		if (this.home == null) {
			throw new IOException("there is no home to keep them in");
		}
		Path directory = this.home.createDirectory(DIRECTORY);
		int number = waiting.isEmpty() ? 0 : waiting.get(waiting.size() - 1).number();
		int stored = waiting.size();
		for (String machineId : machineIds) {
			number++;
			write(directory, number, new DeletionRequest(machineId, this.requestIds.get(), tool));
			stored++;
			this.pending = stored;
		}
		if (waiting.isEmpty()) {
			// What is counted there belongs to an earlier reset
			PrivateFile.erase(directory.resolve(RESULT));
			PrivateFile.syncDirectory(directory);
			this.result = null;
		}
	}

	private static void write(Path directory, int number, DeletionRequest request) throws IOException {
		String name = String.format(Locale.ROOT, "%08d-%s.json", number, request.requestId());
		PrivateFile.write(directory.resolve(name), DeletionFormat.write(request));
	}

	/**
	 * Return what waits.
	 * @return the requests, the oldest first
	 * @throws IOException if the outbox cannot be read
	 */
	List<DeletionRequest> waiting() throws IOException {
		synchronized (this.lock) {
			return list().stream().map(Waiting::request).toList();
		}
	}

	/**
	 * Note that a request is done with, and take it away.
	 * @param request the request
	 * @param outcome {@code ACKNOWLEDGED}, or {@code REQUESTED} when it was handed over
	 * @throws IOException if that could not be noted; it then waits still
	 */
	void done(DeletionRequest request, DeletionOutcome outcome) throws IOException {
		synchronized (this.lock) {
			Path directory = directory(Objects.requireNonNull(this.home, "'home' must not be null"));
			@Nullable DeletionResult before = this.result;
			boolean handedOver = outcome == DeletionOutcome.REQUESTED
					|| (before != null && before.outcome() == DeletionOutcome.REQUESTED);
			DeletionResult now = new DeletionResult(
					handedOver ? DeletionOutcome.REQUESTED : DeletionOutcome.ACKNOWLEDGED, this.clock.instant(),
					((before != null) ? before.count() : 0) + 1, request.requestId());
			PrivateFile.write(directory.resolve(RESULT), now.toBytes());
			this.result = now;
			list();
		}
	}

	@GuardedBy("lock")
	private List<Waiting> list() throws IOException {
		if (this.home == null) {
			return List.of();
		}
		Path directory = directory(this.home);
		byte @Nullable [] noted = PrivateFile.read(directory.resolve(RESULT), MAX_BYTES).bytes();
		@Nullable DeletionResult last = (noted != null) ? DeletionResult.read(noted) : null;
		List<Waiting> waiting = new ArrayList<>();
		boolean erased = false;
		for (String name : names(directory)) {
			@Nullable DeletionRequest request = read(directory.resolve(name));
			if (request != null && last != null && request.requestId().equals(last.last())) {
				PrivateFile.erase(directory.resolve(name));
				erased = true;
			}
			else if (request != null) {
				waiting.add(new Waiting(number(name), request));
			}
		}
		waiting.sort(Comparator.comparingInt(Waiting::number));
		if (erased) {
			PrivateFile.syncDirectory(directory);
		}
		this.result = last;
		this.pending = waiting.size();
		return waiting;
	}

	private static SortedSet<String> names(Path directory) throws IOException {
		SortedSet<String> names = new TreeSet<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			files.forEach((file) -> names.add(String.valueOf(file.getFileName())));
		}
		catch (NoSuchFileException ex) {
			return names;
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
		names.removeIf((name) -> !NAME.matcher(name).matches());
		return names;
	}

	private static int number(String name) {
		Matcher matcher = NAME.matcher(name);
		return matcher.matches()
				? matcher.group(1).codePoints().reduce(0, (n, digit) -> 10 * n + Character.digit(digit, 10)) : 0;
	}

	private @Nullable DeletionRequest read(Path file) throws IOException {
		PrivateFile.Content content = PrivateFile.read(file, MAX_BYTES);
		if (content.isAbsent()) {
			return null;
		}
		byte @Nullable [] bytes = content.bytes();
		@Nullable DeletionRequest request = (bytes != null) ? DeletionFormat.read(bytes) : null;
		boolean whole = request != null && String.valueOf(file.getFileName()).contains(request.requestId().toString());
		if (!whole) {
			setAside(file, content.refusal());
			return null;
		}
		return request;
	}

	private void setAside(Path file, @Nullable String refusal) throws IOException {
		this.problems.report(new Problem(DIRECTORY + "/" + file.getFileName(), null,
				"a request for deletion cannot be sent: " + ((refusal != null) ? refusal : "it is damaged"),
				"look at the file and ask for deletion yourself, then remove it"));
		if (refusal == null) {
			Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"), StandardCopyOption.ATOMIC_MOVE);
		}
	}

	private static Path directory(Home home) {
		return home.resolve(DIRECTORY);
	}

	/** A request and its place in the queue. */
	private record Waiting(int number, DeletionRequest request) {

	}

}
