package dev.telemetry.cli;

import dev.telemetry.insight.ReportProgress;

/**
 * Shows a person at a terminal how far a large log has been read, on one line that is
 * gone afterwards.
 */
final class ProgressLine implements ReportProgress, AutoCloseable {

	/** A smaller log is read before anyone has read the line. */
	private static final long LARGE = 16 * 1024 * 1024;

	private static final int WIDTH = 30;

	private final CommandEnvironment world;

	private long shown = -1;

	ProgressLine(CommandEnvironment world) {
		this.world = world;
	}

	@Override
	public void at(long read, long size) {
		if (this.world.terminal() && size >= LARGE) {
			long percent = read * 100 / size;
			if (percent != this.shown) {
				int bar = (int) (read * WIDTH / size);
				this.world.overwrite("reading [" + "#".repeat(bar) + " ".repeat(WIDTH - bar) + "] " + percent + " %");
				this.shown = percent;
			}
		}
	}

	@Override
	public void close() {
		if (this.shown >= 0) {
			this.world.overwrite(" ".repeat(WIDTH + 16));
			this.world.overwrite("");
		}
	}

}
