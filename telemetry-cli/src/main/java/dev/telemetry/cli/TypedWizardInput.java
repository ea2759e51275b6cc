package dev.telemetry.cli;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Answers that are typed, or piped in, one a line. A user at a terminal is asked again
 * when an answer is not valid; piped input cannot be corrected, so an invalid answer is
 * an error.
 */
final class TypedWizardInput implements WizardInput {

	private final CommandEnvironment world;

	TypedWizardInput(CommandEnvironment world) {
		this.world = world;
	}

	@Override
	public String ask(Question question) {
		while (true) {
			boolean hasStandard = question.standard() != null && !question.standard().isEmpty();
			this.world.prompt(question.text() + (hasStandard ? " [" + question.standard() + "]" : "") + ": ");
			String answer = readLine(question).trim();
			String problem = question.problem(answer);
			if (problem == null) {
				return question.meant(answer);
			}
			if (!this.world.terminal()) {
				throw new UserException("'" + answer + "' will not do for '" + question.text() + "': " + problem,
						"nothing was written");
			}
			this.world.error("'" + answer + "' will not do: " + problem);
		}
	}

	private String readLine(Question question) {
		@Nullable String line;
		try {
			line = this.world.in().readLine();
		}
		catch (IOException ex) {
			line = null;
		}
		if (line == null) {
			throw new UserException("The input ended at '" + question.text() + "'",
					"answer every question; nothing was written");
		}
		return line;
	}

	@Override
	public boolean any(String list, Question wanted) {
		return yes(wanted);
	}

	@Override
	public boolean more(String list, int index, Question another) {
		return index == 0 || yes(another);
	}

	@Override
	public WizardInput entry(String list, int index) {
		return this;
	}

	@Override
	public void close() {
		// Input that is left is not for the wizard
	}

}
