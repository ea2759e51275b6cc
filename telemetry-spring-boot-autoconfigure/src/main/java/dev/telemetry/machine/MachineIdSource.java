package dev.telemetry.machine;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** STUB. */
public interface MachineIdSource {

	@Nullable String get() throws IOException;

	void forget() throws IOException;

	static MachineIdSource none() {
		return new MachineIdSource() {

			@Override
			public @Nullable String get() {
				return null;
			}

			@Override
			public void forget() {
			}
		};
	}

}
