package dev.telemetry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.telemetry.cli.ArchiveScan.Declared;
import dev.telemetry.insight.JsonDocument;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.SpecFormatter;
import dev.telemetry.spec.dictionary.DataDictionary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what an application would collect, without running any of it. */
@Command(name = "scan", description = "Say what a jar, a war or a directory of classes would collect",
		exitCodeList = { "0:this is all of it", "1:there is something that cannot be told before it runs",
				"2:the command or the archive cannot be read" })
final class ScanCommand extends CliCommand {

	@Parameters(paramLabel = "JAR|WAR|DIR", description = "The application, as it is shipped")
	private String name = "";

	ScanCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		ArchiveScan scan = ArchiveScan.of(world(), this.name);
		if (json()) {
			world().print(JsonDocument.write(json(scan)));
		}
		else {
			print(scan);
		}
		return scan.untold().isEmpty() ? DONE : FOUND;
	}

	private void print(ArchiveScan scan) {
		world().print(scan.specified()
				? "What nothing declares is dropped, since there is a spec, unless telemetry.undeclared says otherwise"
				: "What nothing declares is recorded, since there is no spec, unless telemetry.undeclared says otherwise");
		scan.declared().forEach(this::print);
		scan.untold().forEach((finding) -> world().print("cannot be told: " + finding));
		int events = scan.declared().size();
		world().print(events + ((events == 1) ? " event" : " events") + " declared; the library in it is "
				+ Objects.requireNonNullElse(scan.library(), "not to be seen"));
	}

	private void print(Declared declared) {
		EventDefinition event = declared.event().definition();
		world().print(event.name() + " " + event.version() + ", declared in " + declared.archive() + " by "
				+ String.join(", ", declared.event().places()));
		world().print("  for: " + Objects.requireNonNullElse(event.purpose(), "not stated"));
		world().print("  " + SpecFormatter.word(event.privacy()) + "; " + SpecFormatter.percent(event.samplingRate())
				+ " of it" + conditions(event) + ", kept " + SpecFormatter.retention(event.retention()) + end(event)
				+ receivers(declared));
		event.properties().values().forEach((property) -> world().print("  - " + property(property)));
	}

	private static String conditions(EventDefinition event) {
		return event.samplingConditions().isEmpty() ? "" : ", " + SpecFormatter.conditions(event.samplingConditions());
	}

	private static String end(EventDefinition event) {
		return (event.expires() != null) ? "; collected until " + event.expires() : "";
	}

	private static String receivers(Declared declared) {
		List<String> receivers = declared.event().receivers();
		return receivers.isEmpty() ? "" : "; sent to no receiver but " + String.join(", ", receivers);
	}

	private static String property(PropertyDefinition property) {
		List<String> parts = new ArrayList<>();
		parts.add(SpecFormatter.word(property.type()));
		parts.add(SpecFormatter.word(property.privacy()));
		parts.add(SpecFormatter.kept(property));
		if (!SpecFormatter.values(property).isEmpty()) {
			parts.add("one of " + SpecFormatter.values(property));
		}
		return property.name() + ": " + String.join("; ", parts);
	}

	private static Map<String, Object> json(ArchiveScan scan) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("undeclared", scan.specified() ? "drop" : "record");
		json.put("library", scan.library());
		json.put("events", scan.declared().stream().map((declared) -> {
			Map<String, Object> event = new LinkedHashMap<>(DataDictionary.json(declared.event().definition()));
			event.put("archive", declared.archive());
			event.put("places", declared.event().places());
			event.put("receivers", declared.event().receivers());
			return event;
		}).toList());
		json.put("cannotBeTold", scan.untold());
		return json;
	}

}
