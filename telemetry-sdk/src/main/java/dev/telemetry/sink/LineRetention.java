package dev.telemetry.sink;

import java.time.Duration;
import java.util.Objects;

import dev.telemetry.Internal;

/**
 * How long a local log stores the events of one name.
 *
 * @param age how old a line may become
 * @param archived whether it is moved to the archive then, instead of being erased
 */
@Internal
public record LineRetention(Duration age, boolean archived) {

	public LineRetention {
		Objects.requireNonNull(age, "'age' must not be null");
	}

}
