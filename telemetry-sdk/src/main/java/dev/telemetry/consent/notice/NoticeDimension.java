package dev.telemetry.consent.notice;

/** In what two notices can differ. */
public enum NoticeDimension {

	/** What becomes of what nothing declares. */
	UNDECLARED,

	/** How long that is stored. */
	UNDECLARED_RETENTION,

	/** Which tool collects. */
	TOOL,

	/** Who controls the data. */
	CONTROLLER,

	/** Whom to ask. */
	CONTACT,

	/** Where events go. */
	DESTINATION,

	/** How the identifier of the installation is made. */
	MACHINE_ID,

	/** How deletion can be requested. */
	DELETION,

	/** The attributes of every event. */
	METADATA,

	/** What every event says about where it was recorded. */
	RUNTIME_FIELD,

	/** Which events are collected. */
	EVENT,

	/** What an event is collected for. */
	PURPOSE,

	/** The version of an event. */
	VERSION,

	/** How personal an event is. */
	EVENT_PRIVACY,

	/** Which destinations an event is meant for. */
	EVENT_DESTINATIONS,

	/** How many of such events are sampled. */
	SAMPLING,

	/** What must be true of an event for it to be stored. */
	CONDITION,

	/** How long an event is stored. */
	RETENTION,

	/** Until when an event is collected. */
	EXPIRY,

	/** Which properties an event has. */
	PROPERTY,

	/** The type of a property. */
	TYPE,

	/** How personal a property is. */
	PRIVACY,

	/** What is redacted of a property. */
	REDACTION,

	/** Whether a property must be there. */
	REQUIRED,

	/** What a property may be. */
	VALUES,

	/** The least a property may be. */
	MIN,

	/** The most a property may be. */
	MAX

}
