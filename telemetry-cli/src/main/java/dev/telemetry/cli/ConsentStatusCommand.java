package dev.telemetry.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.insight.JsonDocument;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what is recorded about consent. */
@Command(name = "status", description = "Show the recorded decision; vetoes and a changed notice are not judged",
		exitCodeList = { "0:shown", "1:the record cannot be read: nothing is collected until that is fixed",
				"2:the command cannot be understood, or there is no home that can be used" })
final class ConsentStatusCommand extends CliCommand {

	@Mixin
	@SuppressWarnings("FieldMayBeFinal") // set by picocli
	private RecordedConsent recorded = new RecordedConsent();

	ConsentStatusCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		Home home = this.recorded.home(world());
		ConsentStore.Found found = this.recorded.store(home).read();
		Map<String, Object> answer = answer(found.record(), found.fault());
		if (json()) {
			world().print(JsonDocument.write(answer));
		}
		else {
			answer.forEach((name, value) -> world().print(name + ": " + value));
			world().print("This is the recorded decision only: what the application makes of it,"
					+ " --telemetry.command=status says");
		}
		return (found.fault() != null) ? FOUND : DONE;
	}

	private static Map<String, Object> answer(@Nullable ConsentRecord record, @Nullable String fault) {
		Map<String, Object> answer = new LinkedHashMap<>();
		if (fault != null) {
			answer.put("recorded", "unreadable");
			answer.put("reason", fault);
		}
		else if (record == null) {
			answer.put("recorded", "no decision");
		}
		else {
			describe(record, answer);
		}
		return answer;
	}

	private static void describe(ConsentRecord record, Map<String, Object> answer) {
		answer.put("recorded", record.granted() ? "granted" : record.grantedBefore() ? "withdrawn" : "denied");
		if (record.granted()) {
			answer.put("scope", Words.lower(record.scope()));
		}
		answer.put("at", record.asOf().toString());
		answer.put("channel", record.channel());
		answer.put("tool", record.tool());
		if (record.notice() != null) {
			answer.put("notice", record.notice());
		}
	}

}
