package dev.telemetry.storage;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Carries file operations through interrupts. A channel closes itself when its thread is
 * interrupted, be it before or during the operation; a decision about consent must not be
 * lost because the thread that carries it was interrupted. The interrupt flag is set
 * again afterwards.
 */
public final class UninterruptibleIo {

	private static final int MAX_ATTEMPTS = 3;

	private UninterruptibleIo() {
	}

	/**
	 * Run an operation, again from its start when an interrupt closed its channel.
	 * @param <T> the result's type
	 * @param operation what to do; must be fit to be begun again
	 * @return what it returned
	 * @throws IOException if it failed
	 */
	public static <T> T call(Operation<T> operation) throws IOException {
		boolean interrupted = Thread.interrupted();
		try {
			for (int attempt = 1;; attempt++) {
				try {
					return operation.run();
				}
				catch (ClosedByInterruptException ex) {
					interrupted = true;
					if (attempt == MAX_ATTEMPTS) {
						throw ex;
					}
					Thread.interrupted();
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Something that can be begun again from the start.
	 *
	 * @param <T> the result
	 */
	@FunctionalInterface
	public interface Operation<T> {

		/**
		 * Do it.
		 * @return the result
		 * @throws IOException if it failed
		 */
		T run() throws IOException;

	}

}
