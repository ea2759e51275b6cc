package dev.telemetry.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What a process prints, line by line. Who reads it waits no longer for a line than
 * {@link Patience#LIMIT}.
 */
public final class ProcessOutput {

	private static final int AHEAD = 1024;

	private static final int SHOWN = 40;

	private final String what;

	private final Process process;

	/** Empty at the end of the output. */
	private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(AHEAD);

	private boolean ended;

	/**
	 * Read what a process prints.
	 * @param what what the process does, for the message when it says nothing
	 * @param process the process
	 */
	public ProcessOutput(String what, Process process) {
		this.what = what;
		this.process = process;
		Thread reader = new Thread(this::read, "output of " + what);
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		try {
			readLines();
			this.lines.put(Optional.empty());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void readLines() throws InterruptedException {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				this.lines.put(Optional.of(line));
			}
		}
		catch (IOException ex) {
			// It was killed: what it printed before has been read
		}
	}

	/**
	 * Wait for the next line.
	 * @return the line, or {@code null} when it prints no more
	 */
	public @Nullable String line() {
		if (this.ended) {
			return null;
		}
		try {
			Optional<String> line = this.lines.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
			if (line == null) {
				kill();
				throw Patience.overdue("a line of " + this.what);
			}
			this.ended = line.isEmpty();
			return line.orElse(null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for a line of " + this.what, ex);
		}
	}

	/**
	 * Wait for the next line that begins as told; others are passed over, and the last of
	 * them shown if no such line comes.
	 * @param start how it begins
	 * @return the line without that, or {@code null} when it prints no more
	 */
	public @Nullable String lineAfter(String start) {
		Deque<String> others = new ArrayDeque<>();
		String line = line();
		while (line != null && !line.startsWith(start)) {
			others.addLast(line);
			if (others.size() > SHOWN) {
				others.removeFirst();
			}
			line = line();
		}
		if (line == null && !others.isEmpty()) {
			System.out.println("The output of " + this.what + " ended with:\n" + String.join("\n", others));
		}
		return (line != null) ? line.substring(start.length()) : null;
	}

	/**
	 * Wait for all lines until the end.
	 * @return the lines
	 */
	public List<String> rest() {
		List<String> rest = new ArrayList<>();
		for (String line = line(); line != null; line = line()) {
			rest.add(line);
		}
		return rest;
	}

	/**
	 * Wait for the end of the process.
	 * @return its exit code
	 * @throws InterruptedException if the thread is interrupted
	 */
	public int exit() throws InterruptedException {
		return Patience.exit(this.what, this.process);
	}

	/**
	 * Kill the process, and wait until it is gone. What it has printed can still be read.
	 */
	public void kill() {
		// Destroying the process itself would close its streams
		this.process.toHandle().destroyForcibly();
		Patience.until("the end of " + this.what, () -> !this.process.isAlive());
	}

}
