package dev.telemetry.sink.otlp;

import java.util.Objects;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import org.jspecify.annotations.Nullable;

/**
 * What events of one resource have in common. What was recorded before a restart and is
 * sent again is of another session than what is recorded now, so one request may hold
 * events of several.
 *
 * @param tool {@code tool.name}
 * @param toolVersion {@code tool.version}
 * @param machineId {@code machine.id}, or {@code null}
 * @param sessionId {@code session.id}, or {@code null}
 */
record EventSource(String tool, String toolVersion, @Nullable String machineId, @Nullable String sessionId) {

	static EventSource of(Event event) {
		EventOrigin origin = event.origin();
		return new EventSource(origin.tool(), origin.toolVersion(), origin.machineId(), origin.sessionId());
	}

	/** Return whether an event is of this source, without making another one. */
	boolean isOf(Event event) {
		EventOrigin origin = event.origin();
		return this.tool.equals(origin.tool()) && this.toolVersion.equals(origin.toolVersion())
				&& Objects.equals(this.machineId, origin.machineId())
				&& Objects.equals(this.sessionId, origin.sessionId());
	}

}
