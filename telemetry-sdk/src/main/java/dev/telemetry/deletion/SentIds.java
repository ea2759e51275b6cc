package dev.telemetry.deletion;

import java.io.IOException;
import java.util.List;

import dev.telemetry.Internal;
import dev.telemetry.machine.IdJournal;

/**
 * The ids under which something was sent from this installation: what a request for
 * deletion has to name.
 */
@Internal
public interface SentIds {

	/** For an installation without a home: nothing is known about what was sent. */
	SentIds NONE = new SentIds() {

		@Override
		public List<String> ids() {
			return List.of();
		}

		@Override
		public void erase() {
		}

	};

	/**
	 * Return the ids of a journal.
	 * @param journal the journal
	 * @return its ids
	 */
	static SentIds of(IdJournal journal) {
		return new SentIds() {

			@Override
			public List<String> ids() throws IOException {
				return List.copyOf(journal.ids());
			}

			@Override
			public void erase() throws IOException {
				journal.erase();
			}

		};
	}

	/**
	 * Return every id ever sent, the oldest first.
	 * @return the ids; empty if nothing was ever sent
	 * @throws IOException if they could not be read
	 */
	List<String> ids() throws IOException;

	/**
	 * Forget the ids.
	 * @throws IOException if they could not be erased
	 */
	void erase() throws IOException;

}
