package dev.telemetry.sdk;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Who is responsible for what is collected, as a notice names them.
 *
 * @param controller who controls the data, or {@code null} when it is not stated
 * @param contact whom to ask, or {@code null} when it is not stated
 */
@Internal
public record NoticeParties(@Nullable String controller, @Nullable String contact) {

	/** No controller and no contact is stated. */
	public static final NoticeParties NONE = new NoticeParties(null, null);

}
