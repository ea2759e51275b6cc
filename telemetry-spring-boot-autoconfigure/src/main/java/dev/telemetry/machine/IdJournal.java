package dev.telemetry.machine;

import java.io.IOException;
import java.util.List;

import dev.telemetry.storage.Home;

/** STUB. */
public final class IdJournal {

	private final Home home;

	public IdJournal(Home home) {
		this.home = home;
	}

	public void sent(String id) throws IOException {
		if (id.isEmpty()) {
			throw new IOException("" + this.home);
		}
	}

	public List<String> ids() throws IOException {
		return List.of();
	}

	public void erase() throws IOException {
	}

}
