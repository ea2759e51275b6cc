package dev.telemetry.command;

import java.util.List;

/** What a yes agrees to, as a command line shows it. */
public interface NoticeText {

	/**
	 * Return the notice as the endpoint shows it.
	 * @return a record, whose components are records, maps, lists and plain values
	 */
	Record document();

	/**
	 * Return the notice for people.
	 * @return its lines
	 */
	List<String> lines();

}
