package dev.telemetry.actuate;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

import dev.telemetry.command.CommandAction;
import dev.telemetry.command.CommandRequest;
import dev.telemetry.command.TelemetryCommandRunner;
import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeDescriptions;
import dev.telemetry.consent.notice.NoticeLanguages;
import dev.telemetry.consent.notice.NoticeRenderer;
import dev.telemetry.consent.notice.NoticeStatements;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.DeletionSettings;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.ExampleEvents;
import dev.telemetry.sdk.Golden;
import dev.telemetry.sent.SentLog;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the command line answers with {@code --telemetry.output=json} is as it was. */
class FrozenCommandAnswersTests {

	private final ScriptedGate gate = new ScriptedGate();

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	@ParameterizedTest
	@EnumSource
	void answerIsAsItWasByteByByte(CommandAction action) {
		this.gate.grant();
		assertThat(runner().run(new CommandRequest(action, null, null, true), out())).isZero();
		Golden.assertSame("command/" + action.name().toLowerCase(Locale.ROOT) + ".json", this.printed.toByteArray());
	}

	private PrintStream out() {
		return new PrintStream(this.printed, true, StandardCharsets.UTF_8);
	}

	private TelemetryCommandRunner runner() {
		FakeTelemetrySdk sdk = new FakeTelemetrySdk(this.gate.gate);
		ConsentStore store = ConsentStore.memory();
		StoredNotices notices = new StoredNotices(store);
		notices.publish(Notice.builder("demo-app").metadata(List.of("region")).machineId("rotating").build());
		DeletionRequests requests = new DeletionRequests(new DeletionSettings("demo-app", null, null, null), null,
				() -> null, new Problems(), DeliveryRuntime.system());
		TelemetryReset reset = new TelemetryReset(this.gate.gate::reset, new EndpointApplication.FakeSentIds(),
				List.of(), requests);
		return new TelemetryCommandRunner(new TelemetryEndpoint(sdk, reset, TelemetryCommandRunner.CHANNEL),
				new PersonalDataExport("demo-app", MachineIdMode.NONE, null, store, List.of(),
						InstantSource.fixed(Instant.parse("2026-11-21T03:00:00Z")), SentLog.OFF),
				new NoticeView(notices,
						new ExampleEvents("1.0.0", new TelemetrySpecRegistry(List.of()), InstantSource.system()),
						this.gate.gate,
						new NoticeRenderer(new NoticeLanguages(getClass().getClassLoader(), (problem) -> {
						}), NoticeStatements.NONE), () -> NoticeDescriptions.NONE),
				new LocalLogReader(null), List.of());
	}

}
