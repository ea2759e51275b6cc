package dev.telemetry.delivery;

import dev.telemetry.Internal;

/** What happens to events that cannot be sent yet when the process ends. */
@Internal
public enum DeliveryMode {

	/** They are stored on disk before they are sent, and are sent later. */
	AT_LEAST_ONCE,

	/** They are lost; nothing is written in order to be sent. */
	AT_MOST_ONCE

}
