package dev.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * An operator's wish for an event, or for all events below a prefix. It can only narrow
 * what is collected.
 *
 * @param enabled whether the event may be recorded at all
 * @param samplingRate the largest share that may be kept, from 0 to 1, or {@code null}
 */
public record EventOverride(boolean enabled, @Nullable Double samplingRate) {

	public EventOverride {
		if (samplingRate != null && !(samplingRate >= 0 && samplingRate <= 1)) {
			throw new IllegalArgumentException("'samplingRate' must be between 0 and 1");
		}
	}

}
