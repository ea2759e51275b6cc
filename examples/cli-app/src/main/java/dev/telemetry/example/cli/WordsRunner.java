package dev.telemetry.example.cli;

import picocli.CommandLine;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.stereotype.Component;

/** Executes the command, and ends the application with its exit code. */
@Component
class WordsRunner implements CommandLineRunner, ExitCodeGenerator {

	private final CommandLine commandLine;

	private int exitCode;

	WordsRunner(CommandLine commandLine) {
		this.commandLine = commandLine;
	}

	@Override
	public void run(String... arguments) {
		this.exitCode = this.commandLine.execute(arguments);
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

}
