package dev.telemetry.cli;

/** Why a line of a log is not sent. */
enum ReplaySkip {

	/** It is no event: torn by a crash, cut off, or not ours. */
	DAMAGED("no events"),

	/** It is of another tool than the grant. */
	OTHER_TOOL("of another tool"),

	/** It is older than the grant, or of the second in which consent was granted. */
	BEFORE_THE_GRANT("from before the grant, or its very second"),

	/** The notice that was agreed to sends such events elsewhere only. */
	OTHER_DESTINATION("of events that are meant for other destinations"),

	/** It is of a time to come. */
	IN_THE_FUTURE("from the future"),

	/** It is not from the time that was asked for. */
	OTHER_TIME("not from the time asked for"),

	/** It is not of the events that were asked for. */
	OTHER_EVENT("not of the events asked for"),

	/** It waits on disk, and the application will send it. */
	WAITS("waiting for the application to send them");

	private final String words;

	ReplaySkip(String words) {
		this.words = words;
	}

	/** Return what such lines are, for people. */
	String words() {
		return this.words;
	}

}
