package dev.telemetry.deletion;

import java.io.IOException;
import java.util.List;

/**
 * The ids under which something was sent from this installation: what a request for
 * deletion has to name.
 */
public interface SentIds {

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
