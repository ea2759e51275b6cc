package dev.telemetry.insight;

/** Is told how far logs have been read. */
@FunctionalInterface
public interface ReportProgress {

	/** Tells nothing. */
	ReportProgress NONE = (read, size) -> {
	};

	/**
	 * Take how far it is.
	 * @param read how many bytes have been read; less than before when a log is read
	 * again
	 * @param size how many there are, of all files together
	 */
	void at(long read, long size);

}
