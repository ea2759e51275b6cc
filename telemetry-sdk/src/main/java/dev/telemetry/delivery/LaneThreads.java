package dev.telemetry.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The threads of a lane: daemons, named after its sink.
 */
final class LaneThreads {

	private final String sink;

	private final DeliveryRuntime runtime;

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	LaneThreads(String sink, DeliveryRuntime runtime) {
		this.sink = sink;
		this.runtime = runtime;
	}

	/**
	 * Start all threads, or none that does anything.
	 * @param worker runs on a thread
	 * @param sender runs on another one, unless it is the same
	 * @return {@code false} if the system does not provide them
	 */
	boolean start(Runnable worker, Runnable sender) {
		CompletableFuture<Boolean> complete = new CompletableFuture<>();
		List<Thread> started = new ArrayList<>();
		try {
			started.add(start(worker, "", complete));
			if (sender != worker) {
				started.add(start(sender, "-sender", complete));
			}
			this.threads.addAll(started);
			return complete.complete(true);
		}
		catch (OutOfMemoryError ex) {
			complete.complete(false);
			return false;
		}
	}

	private Thread start(Runnable task, String suffix, CompletableFuture<Boolean> complete) {
		Thread thread = this.runtime.threads().newThread(() -> {
			if (complete.join()) {
				task.run();
			}
		});
		thread.setName("telemetry-" + this.sink + suffix);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/** Return whether threads were started, though they may have ended since. */
	boolean isRunning() {
		return !this.threads.isEmpty();
	}

	void interrupt() {
		this.threads.forEach(Thread::interrupt);
	}

	/**
	 * Wait until all have ended. A thread of a lane does not wait, since it would wait
	 * for itself.
	 * @param deadline until when
	 * @return whether all have ended
	 */
	boolean join(long deadline) {
		boolean ended = true;
		for (Thread thread : this.threads) {
			ended &= join(thread, deadline);
		}
		return ended;
	}

	private boolean join(Thread thread, long deadline) {
		long millis = (deadline - this.runtime.nanoTime().getAsLong()) / 1_000_000;
		if (millis > 0 && !DeliveryWorker.isInside()) {
			try {
				thread.join(millis);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return !thread.isAlive();
	}

}
