package dev.telemetry.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.insight.JsonDocument;
import dev.telemetry.storage.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Records a denial. An application that runs obeys it at its next look at the record. */
@Command(name = "disable", description = "Record that consent is denied; a running application obeys within seconds",
		exitCodeList = { "0:recorded", "1:the denial could not be recorded",
				"2:the command cannot be understood, or there is no home that can be used" })
final class ConsentDisableCommand extends CliCommand {

	@Mixin
	@SuppressWarnings("FieldMayBeFinal") // set by picocli
	private RecordedConsent recorded = new RecordedConsent();

	ConsentDisableCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		Home home = this.recorded.home(world());
		try (ConsentGate gate = RecordedConsent.gate(home, this.recorded.tool(home), world().host())) {
			return answer(gate.disable(RecordedConsent.CHANNEL));
		}
	}

	private int answer(ConsentAnswer answer) {
		String reason = answer.reason();
		boolean done = answer.outcome() == ConsentAnswer.Outcome.DONE
				|| answer.outcome() == ConsentAnswer.Outcome.UNCHANGED;
		if (json()) {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("recorded", done);
			json.put("reason", reason);
			world().print(JsonDocument.write(json));
		}
		else {
			world().print(done ? "Recorded: consent is denied" : "The denial could not be recorded: " + reason);
		}
		return done ? DONE : FOUND;
	}

}
