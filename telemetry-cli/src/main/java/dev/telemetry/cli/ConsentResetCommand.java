package dev.telemetry.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.DeletionSettings;
import dev.telemetry.deletion.HomeErasures;
import dev.telemetry.deletion.ResetAnswer;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.RejectedFiles;
import dev.telemetry.delivery.Spill;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.insight.JsonDocument;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.storage.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Denies consent and erases what lies in the home. Requests for deletion of what was sent
 * are stored there: only the application knows who is to be asked, and asks when it next
 * starts.
 */
@Command(name = "reset",
		description = "Record that consent is denied, erase what was recorded in the home, and prepare requests for"
				+ " deletion of what was sent",
		exitCodeList = { "0:denied and erased", "1:something could not be recorded or erased",
				"2:the command cannot be understood, or there is no home that can be used" })
final class ConsentResetCommand extends CliCommand {

	@Mixin
	@SuppressWarnings("FieldMayBeFinal") // set by picocli
	private RecordedConsent recorded = new RecordedConsent();

	ConsentResetCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		Home home = this.recorded.home(world());
		String tool = this.recorded.tool(home);
		Clock clock = world().host().clock();
		try (ConsentGate gate = RecordedConsent.gate(home, tool, world().host())) {
			// The mode says how an id is made, not what is erased
			TelemetryReset reset = new TelemetryReset(gate::reset, SentIds.of(new IdJournal(home, clock)),
					HomeErasures.of(List.of(home.resolve("telemetry.log")), new Spill(home, SpillSettings.DEFAULTS),
							new RejectedFiles(home, LogRotation.DEFAULT.maxAge(), clock),
							new MachineIdSource(MachineIdMode.ROTATING, tool, home)),
					new DeletionRequests(new DeletionSettings(tool, null, null, null), home, () -> null, new Problems(),
							DeliveryRuntime.system()));
			return answer(reset.reset(RecordedConsent.CHANNEL));
		}
	}

	private int answer(ResetAnswer reset) {
		List<String> failures = new ArrayList<>(reset.failures());
		if (reset.consent().outcome() == Outcome.NOT_PERSISTED) {
			failures.add("the denial could not be recorded: " + reset.consent().reason());
		}
		int waiting = reset.deletion().pending();
		if (json()) {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("erased", failures.isEmpty());
			json.put("failures", failures);
			json.put("deletionRequests", waiting);
			json.put("ids", reset.ids());
			world().print(JsonDocument.write(json));
		}
		else {
			failures.forEach((failure) -> world().print("Not done: " + failure));
			world().print(failures.isEmpty() ? "Recorded: consent is denied. What was recorded here is erased"
					: "Recorded here is still what is named above");
			if (waiting > 0) {
				world().print(waiting + " requests for deletion of what was sent wait: the application passes them on"
						+ " when it next starts, if a destination for them is configured");
			}
		}
		return failures.isEmpty() ? DONE : FOUND;
	}

}
