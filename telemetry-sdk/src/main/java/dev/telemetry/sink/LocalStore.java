package dev.telemetry.sink;

import java.io.IOException;
import java.time.Instant;

/**
 * Stores events on this machine, and can erase them. Everything that stores events at
 * rest implements it, so that a reset never misses one.
 */
public interface LocalStore {

	/**
	 * Erase everything that is stored.
	 * @throws IOException if something could not be erased
	 */
	void erase() throws IOException;

	/**
	 * Erase what is older than a point in time.
	 * @param limit events before it go
	 * @throws IOException if something could not be erased
	 */
	void eraseBefore(Instant limit) throws IOException;

}
