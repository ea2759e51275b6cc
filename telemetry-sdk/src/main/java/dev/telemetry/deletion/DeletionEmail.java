package dev.telemetry.deletion;

import java.util.List;
import java.util.Objects;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A request for deletion that the person has to send: we open no mail program.
 *
 * @param ids the identifiers it names
 * @param text its body
 * @param link the same as a {@code mailto:} link, or {@code null} when no address is
 * configured or there are too many identifiers for a link
 */
@Internal
public record DeletionEmail(List<String> ids, String text, @Nullable String link) {

	public DeletionEmail {
		ids = List.copyOf(ids);
		Objects.requireNonNull(text, "'text' must not be null");
	}

}
