package dev.telemetry.setting;

/** As what events are sent. */
public enum OtlpSignal {

	/** One log record for each event. */
	LOGS,

	/** One root span for each event. */
	TRACES

}
