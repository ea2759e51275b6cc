package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/** The outbox and the sender of one process, driven by hand. */
final class DeletionFixture {

	static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

	final Problems problems = new Problems();

	final AtomicLong nanos = new AtomicLong(-5);

	final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

	final DeletionOutbox outbox;

	final DeletionSender sender;

	private final DeliveryRuntime runtime = new DeliveryRuntime(() -> NOW, this.nanos::get, new SplittableRandom(1),
			this::newThread);

	private final Path home;

	@Nullable String hold;

	DeletionFixture(Path home, DeletionRequestor requestor) {
		this.home = home;
		this.outbox = new DeletionOutbox(Home.chosen(home), this.runtime.clock(), UUID::randomUUID, this.problems);
		this.sender = new DeletionSender(this.outbox, requestor, () -> this.hold, this.problems, this.runtime);
	}

	DeletionFixture store(String... ids) throws IOException {
		this.outbox.store(List.of(ids), "demo-app");
		return this;
	}

	/** The same as the front of it, with a worker. */
	DeletionRequests requests(DeletionRequestor requestor) {
		return new DeletionRequests(new DeletionSettings("demo-app", requestor, null, null), this.outbox,
				() -> this.hold, this.problems, this.runtime);
	}

	void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	List<String> waiting() throws IOException {
		return this.outbox.waiting().stream().map(DeletionRequest::machineId).toList();
	}

	/** The files of the outbox by name. */
	List<Path> files() throws IOException {
		Path directory = this.home.resolve(DeletionOutbox.DIRECTORY);
		if (!Files.exists(directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(directory)) {
			return files.sorted().toList();
		}
	}

	private Thread newThread(Runnable task) {
		Thread thread = new Thread(task);
		this.threads.add(thread);
		return thread;
	}

}
