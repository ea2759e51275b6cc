package dev.telemetry.deletion;

import java.util.Objects;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Where requests for deletion are sent.
 *
 * @param tool the name of the tool that recorded
 * @param requestor passes requests on, or {@code null} if there is none
 * @param address whom a person can write to, or {@code null}; used without a requestor
 * @param note what no request can reach, for people, or {@code null}
 */
@Internal
public record DeletionSettings(String tool, @Nullable DeletionRequestor requestor, @Nullable String address,
		@Nullable String note) {

	public DeletionSettings {
		Objects.requireNonNull(tool, "'tool' must not be null");
	}

}
