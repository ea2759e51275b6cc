package dev.telemetry.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.consent.notice.NoticeDifference.Kind;
import dev.telemetry.insight.JsonDocument;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.diff.SpecChange;
import dev.telemetry.spec.diff.SpecDiff;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says whether specs collect more than before. */
@Command(name = "diff",
		description = "Say what changed between two states of specs or manifests, and whether it needs a new yes",
		exitCodeList = { "0:the same or less is collected", "1:more is collected: it needs a new yes",
				"2:the command or a file cannot be read" })
final class DiffCommand extends CliCommand {

	@Parameters(index = "0", paramLabel = "OLD",
			description = "A spec, a directory with specs, a manifest or an archive, as it was")
	private String before = "";

	@Parameters(index = "1", paramLabel = "NEW", description = "The same, as it is now")
	private String after = "";

	DiffCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		boolean manifests = ManifestFile.isOne(this.before) && ManifestFile.isOne(this.after);
		List<SpecChange> changes = manifests
				? SpecDiff.between(ManifestFile.read(world(), this.before), ManifestFile.read(world(), this.after))
				: changes(SpecFiles.specs(world(), List.of(this.before)),
						SpecFiles.specs(world(), List.of(this.after)));
		@Nullable Kind most = SpecDiff.most(changes);
		String result = (most != null) ? Words.lower(most) : "same";
		if (json()) {
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("result", result);
			answer.put("changes", changes.stream().map(DiffCommand::json).toList());
			world().print(JsonDocument.write(answer));
		}
		else {
			changes.forEach((change) -> world().print(change.toString()));
			world().print(sentence(most));
		}
		return (most == Kind.WIDER) ? FOUND : DONE;
	}

	private List<SpecChange> changes(List<TelemetrySpec> old, List<TelemetrySpec> now) {
		try {
			return SpecDiff.between(old, now);
		}
		catch (IllegalArgumentException ex) {
			throw new UserException("The specs contradict each other: " + ex.getMessage(), "'lint' shows where");
		}
	}

	private static String sentence(@Nullable Kind most) {
		if (most == null) {
			return "The same is collected";
		}
		return switch (most) {
			case WIDER -> "More is collected: it needs a new yes";
			case NARROWER -> "Less is collected";
			case REWORDED -> "The same is collected, in other words";
		};
	}

	private static Map<String, Object> json(SpecChange change) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("kind", Words.lower(change.kind()));
		json.put("event", change.event().isEmpty() ? null : change.event());
		json.put("property", change.property().isEmpty() ? null : change.property());
		json.put("text", change.text());
		return json;
	}

}
