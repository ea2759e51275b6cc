package dev.telemetry.cli;

import dev.telemetry.spec.reader.TelemetrySpecReader;
import picocli.CommandLine.Command;

/** Writes the JSON Schema of specs, with which editors complete and check them. */
@Command(name = "schema", description = "Write the JSON Schema of specs to standard output",
		exitCodeList = { "0:written", "2:the command cannot be understood" })
final class SchemaCommand extends CliCommand {

	SchemaCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		world().print(PackagedText.read(TelemetrySpecReader.class, "/dev/telemetry/telemetry-spec.schema.json"));
		return DONE;
	}

}
