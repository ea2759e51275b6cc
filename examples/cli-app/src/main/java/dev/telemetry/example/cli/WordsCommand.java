package dev.telemetry.example.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import dev.telemetry.command.TelemetryCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code words}: it has subcommands only, telemetry's own among them. */
@Command(name = "words", description = "Knows something about texts", mixinStandardHelpOptions = true,
		subcommands = TelemetryCommand.class)
final class WordsCommand {

	@Command(name = "count", aliases = "wc", description = "Print how many words there are")
	void count(@Parameters(paramLabel = "WORD") List<String> words) {
		System.out.println(words.size());
	}

	/** Fails where there is no such file, with picocli's exit code for exceptions. */
	@Command(name = "longest", description = "Print the longest word of a file")
	void longest(@Parameters(paramLabel = "FILE") Path file) throws IOException {
		String[] words = Files.readString(file).strip().split("\\s+");
		System.out.println(Arrays.stream(words).max(Comparator.comparingInt(String::length)).orElse(""));
	}

}
