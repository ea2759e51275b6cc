package dev.telemetry.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.insight.JsonDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what is wrong in the home of a tool. Opens no connection and shows no secret. */
@Command(name = "doctor", description = "Look at the home of a tool, without changing anything or showing secrets",
		exitCodeList = { "0:nothing has to be fixed", "1:something has to be fixed",
				"2:the command cannot be understood, or there is no such home" })
final class DoctorCommand extends CliCommand {

	@Parameters(paramLabel = "HOME", description = "The home of the tool, such as ~/.acme")
	private String home = "";

	DoctorCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		Path path = world().path(this.home);
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			throw new UserException("'" + path + "' does not exist",
					"name the home: 'telemetry.home', by default ~/.<name of the tool>");
		}
		List<HealthCheck> checks = new ArrayList<>(new HomeHealth(path, world().host()).look());
		environment(checks);
		boolean wrong = checks.stream().anyMatch((check) -> check.action() != null);
		if (json()) {
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("healthy", !wrong);
			answer.put("checks", checks.stream().map(DoctorCommand::json).toList());
			world().print(JsonDocument.write(answer));
		}
		else {
			checks.forEach((check) -> world()
				.print(check.part() + ": " + check.text() + ((check.action() != null) ? "; " + check.action() : "")));
			world().print(wrong ? "Something has to be fixed" : "Nothing has to be fixed here; what the application"
					+ " makes of it, --telemetry.command=status says");
		}
		return wrong ? FOUND : DONE;
	}

	/**
	 * What stands in the environment of this command need not stand in the application's.
	 */
	private void environment(List<HealthCheck> checks) {
		for (ConsentInput input : ConsentSource.environment(world()::variable, (name) -> null).read()) {
			if (input.origin() != null) {
				checks.add(HealthCheck.fine(input.origin(), input.shown()));
			}
		}
		List<String> ours = new TreeSet<>(world().variables()).stream()
			.filter((name) -> name.startsWith("TELEMETRY_"))
			.toList();
		if (!ours.isEmpty()) {
			checks.add(HealthCheck.fine("environment", "sets " + String.join(", ", ours)));
		}
	}

	private static Map<String, Object> json(HealthCheck check) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("part", check.part());
		json.put("text", check.text());
		json.put("action", check.action());
		return json;
	}

}
