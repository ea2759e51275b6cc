package dev.telemetry.actuate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.ExampleEvents;
import dev.telemetry.actuate.TelemetryEndpoint.ResetDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.StatusDescriptor;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.consent.StoredNotices;
import dev.telemetry.deletion.DeletionAnswer;
import dev.telemetry.deletion.DeletionOutcome;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.DeletionSettings;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.problem.Problems;
import dev.telemetry.spec.TelemetrySpecRegistry;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/** What the endpoint answers to each outcome of a reset, and shows in status later. */
class TelemetryEndpointDeletionTests {

	private static final String ID = "a".repeat(64);

	private final ScriptedGate gate = new ScriptedGate();

	private final List<String> sent = new ArrayList<>(List.of(ID));

	private final List<DeletionRequests> started = new ArrayList<>();

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.started.forEach(DeletionRequests::stop);
	}

	@Test
	void resetWhenRequestedAnswers202AndStatusShowsProgressWithoutIds() {
		TelemetryEndpoint endpoint = endpoint((request) -> DeletionAnswer.later("down", null), null);
		WebEndpointResponse<ResetDescriptor> answer = web(endpoint).reset();
		assertThat(answer.getStatus()).isEqualTo(202);
		assertThat(answer.getBody().deletion().outcome()).isEqualTo(DeletionOutcome.REQUESTED);
		assertThat(answer.getBody().deletion().ids()).isNull();
		StatusDescriptor status = endpoint.status();
		assertThat(status.deletion().progress().pending()).isEqualTo(1);
		assertThat(status.deletion().progress().lastAttempt()).isNotNull();
		assertThat(status.deletion().progress().lastError()).isEqualTo("down");
		assertThat(status.withoutIds().deletion().toString()).doesNotContain(ID);
	}

	@Test
	void resetWhenAcknowledgedAnswers200AndStatusSaysWhen() {
		TelemetryEndpoint endpoint = endpoint((request) -> DeletionAnswer.acknowledged(), null);
		WebEndpointResponse<ResetDescriptor> answer = web(endpoint).reset();
		assertThat(answer.getStatus()).isEqualTo(200);
		assertThat(answer.getBody().deletion().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
		assertThat(endpoint.status().deletion().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
		assertThat(endpoint.status().deletion().progress().done()).isEqualTo(1);
		assertThat(endpoint.status().deletion().progress().doneAt()).isNotNull();
	}

	@Test
	void resetWhenPreparedAnswers200WithTextAndLinkThatStatusDoesNotShow() {
		TelemetryEndpoint endpoint = endpoint(null, "privacy@example.com");
		WebEndpointResponse<ResetDescriptor> answer = web(endpoint).reset();
		assertThat(answer.getStatus()).isEqualTo(200);
		assertThat(answer.getBody().deletion().outcome()).isEqualTo(DeletionOutcome.PREPARED);
		assertThat(answer.getBody().deletion().text()).contains(ID);
		assertThat(answer.getBody().deletion().link()).startsWith("mailto:privacy@example.com?").contains(ID);
		assertThat(endpoint.status().deletion().toString()).contains("PREPARED").doesNotContain(ID);
	}

	@Test
	void statusWhenNothingWasEverToBeDeletedShowsNone() {
		this.sent.clear();
		TelemetryEndpoint endpoint = endpoint(null, null);
		assertThat(endpoint.reset().deletion().outcome()).isEqualTo(DeletionOutcome.NOT_NEEDED);
		assertThat(endpoint.reset().deletion().progress()).isNull();
		assertThat(endpoint.status().deletion()).isNull();
	}

	private TelemetryEndpoint endpoint(@Nullable DeletionRequestor requestor, @Nullable String address) {
		DeletionRequests requests = new DeletionRequests(new DeletionSettings("demo-app", requestor, address, null),
				Home.chosen(this.directory), () -> null, new Problems(), DeliveryRuntime.system());
		this.started.add(requests);
		return new TelemetryEndpoint(new FakeTelemetryContext(this.gate.gate),
				new TelemetryReset(this.gate.gate::disable, ids(), List.of(), requests));
	}

	private TelemetryEndpointWebExtension web(TelemetryEndpoint endpoint) {
		LocalLogReader log = new LocalLogReader(this.directory.resolve("telemetry.log"));
		NoticeView notice = new NoticeView(new StoredNotices(ConsentStore.memory()),
				new ExampleEvents("1.0.0", new TelemetrySpecRegistry(List.of())), this.gate.gate);
		return new TelemetryEndpointWebExtension(endpoint,
				new TelemetryViews(log, notice, mock(PersonalDataExport.class)),
				new BrowserGuard("/actuator/telemetry", "/actuator/telemetryconsole", List.of(), "voucher"));
	}

	private SentIds ids() {
		return new SentIds() {

			@Override
			public List<String> ids() {
				return List.copyOf(TelemetryEndpointDeletionTests.this.sent);
			}

			@Override
			public void erase() {
				TelemetryEndpointDeletionTests.this.sent.clear();
			}

		};
	}

}
