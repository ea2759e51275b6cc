package dev.telemetry.consent.notice;

import java.util.Collection;

import dev.telemetry.spec.EventDefinition;

/**
 * What decides about a declared event besides its declaration.
 */
public interface NoticeTerms {

	/**
	 * Return the share of such events that is sampled.
	 * @param event the event in one of its versions
	 * @return a number from 0 to 1; at 0 it is not collected
	 */
	double samplingRate(EventDefinition event);

	/**
	 * Return how long such events are stored on this machine.
	 * @param event the event in one of its versions
	 * @return seconds, or {@link NoticeEvent#UNTIL_RESET}
	 */
	long retentionSeconds(EventDefinition event);

	/**
	 * Return the only destinations such events are meant for.
	 * @param event the event in one of its versions
	 * @return the names of sinks, empty for all
	 */
	Collection<String> destinations(EventDefinition event);

}
