package dev.telemetry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

import dev.telemetry.insight.JsonDocument;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.storage.PrivateFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a commented {@code telemetry.yaml} in which nothing is active. */
@Command(name = "init", description = "Write a commented telemetry.yaml in which nothing is active",
		exitCodeList = { "0:written", "2:the command cannot be understood, or the file cannot be written" })
final class InitCommand extends CliCommand {

	@Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".",
			description = "The directory, such as the home of the tool; by default this one")
	private String directory = ".";

	@Option(names = "--force", description = "Replace a file that is there")
	private boolean force;

	InitCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		Path path = world().path(this.directory);
		if (!Files.isDirectory(path)) {
			throw new UserException("'" + path + "' is no directory", "name one that exists");
		}
		Path file = path.resolve(TelemetryYaml.NAME);
		String template = PackagedText.read(TelemetryYaml.class, "/dev/telemetry/telemetry.yaml.template");
		try {
			if (!this.force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
				throw new FileAlreadyExistsException(file.toString());
			}
			// For its user alone: headers may be set there
			PrivateFile.write(file, template.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw OutputFile.unwritable(file, ex);
		}
		world().print(json() ? JsonDocument.write(Map.of("file", file.toString())) : "Wrote " + file);
		return DONE;
	}

}
