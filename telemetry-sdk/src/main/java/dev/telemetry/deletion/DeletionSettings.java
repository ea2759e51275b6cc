package dev.telemetry.deletion;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Who is to be asked for deletion.
 *
 * @param tool the name of the tool that recorded
 * @param requestor passes requests on, or {@code null} if nobody does
 * @param address whom a person can write to, or {@code null}; used without a requestor
 * @param note what no request can reach, for people, or {@code null}
 */
public record DeletionSettings(String tool, @Nullable DeletionRequestor requestor, @Nullable String address,
		@Nullable String note) {

	public DeletionSettings {
		Objects.requireNonNull(tool, "'tool' must not be null");
	}

}
