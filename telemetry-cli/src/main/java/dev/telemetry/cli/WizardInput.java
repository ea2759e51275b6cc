package dev.telemetry.cli;

import java.util.Arrays;
import java.util.List;

/** Where the wizard's answers come from. */
interface WizardInput {

	/**
	 * Ask a question.
	 * @param question what is asked
	 * @return an answer that will do; empty when there is none and none is needed
	 * @throws UserException if there is no answer that will do
	 */
	String ask(Question question);

	/**
	 * Whether a list that may be empty has an entry.
	 * @param list what it is called
	 * @param wanted asks for one; answered yes or no
	 * @return whether there is one
	 */
	boolean any(String list, Question wanted);

	/**
	 * Whether a list has one more entry.
	 * @param list what it is called
	 * @param index how many it has so far
	 * @param another asks for one more; answered yes or no
	 * @return whether there is one more
	 */
	boolean more(String list, int index, Question another);

	/**
	 * Return where the answers about an entry come from.
	 * @param list what the list is called
	 * @param index the number of the entry, from 0
	 * @return the answers about it
	 */
	WizardInput entry(String list, int index);

	/**
	 * Say that nothing more will be asked.
	 * @throws UserException if there is an answer to a question that was not asked
	 */
	void close();

	default boolean yes(Question question) {
		return Words.plain(ask(question)).equals("yes");
	}

	default List<String> list(Question question) {
		return Arrays.stream(ask(question).split(",")).map(String::trim).filter((text) -> !text.isEmpty()).toList();
	}

}
