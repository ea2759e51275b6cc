package dev.telemetry.actuate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.actuate.TelemetryEndpoint.ResetDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.StatusDescriptor;
import dev.telemetry.consent.notice.NoticeDescriptions;
import dev.telemetry.consent.notice.NoticeLanguages;
import dev.telemetry.consent.notice.NoticeRenderer;
import dev.telemetry.consent.notice.NoticeStatements;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.deletion.DeletionAnswer;
import dev.telemetry.deletion.DeletionOutcome;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.DeletionSettings;
import dev.telemetry.deletion.Erasure;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.ExampleEvents;
import dev.telemetry.sent.SentLog;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
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

	private final List<Erasure> erasures = new ArrayList<>();

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

	/** Nobody may be told that everything is forgotten while it is not. */
	@Test
	void resetThatCouldNotEraseAnswers500AndSaysWhatIsLeft() {
		this.erasures.add(new Erasure("local log", () -> {
			throw new IOException("the disk is read-only");
		}));
		TelemetryEndpoint endpoint = endpoint((request) -> DeletionAnswer.acknowledged(), null);
		List<WebEndpointResponse<?>> answers = List.of(web(endpoint).reset(), web(endpoint).command("reset"),
				web(endpoint).command("reset", null, null, null));
		assertThat(answers).allSatisfy((answer) -> {
			assertThat(answer.getStatus()).isEqualTo(500);
			assertThat(answer.getBody()).isInstanceOfSatisfying(ResetDescriptor.class, (body) -> {
				assertThat(body.refused().code()).isEqualTo("not-erased");
				assertThat(body.refused().reason()).isEqualTo("local log: the disk is read-only");
				assertThat(body.deletion().outcome()).as("what was possible").isEqualTo(DeletionOutcome.ACKNOWLEDGED);
			});
		});
		this.erasures.clear();
		assertThat(web(endpoint((request) -> DeletionAnswer.acknowledged(), null)).reset().getStatus())
			.as("the control")
			.isEqualTo(200);
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
		return new TelemetryEndpoint(new FakeTelemetrySdk(this.gate.gate),
				new TelemetryReset(this.gate.gate::reset, ids(), this.erasures, requests));
	}

	private TelemetryEndpointWebExtension web(TelemetryEndpoint endpoint) {
		LocalLogReader log = new LocalLogReader(this.directory.resolve("telemetry.log"));
		NoticeView notice = new NoticeView(new StoredNotices(ConsentStore.memory()),
				new ExampleEvents("1.0.0", new TelemetrySpecRegistry(List.of()), InstantSource.system()),
				this.gate.gate, new NoticeRenderer(new NoticeLanguages(getClass().getClassLoader(), (problem) -> {
				}), NoticeStatements.NONE), () -> NoticeDescriptions.NONE);
		return new TelemetryEndpointWebExtension(endpoint,
				new TelemetryViews(log, notice, mock(PersonalDataExport.class), new SentView(SentLog.OFF)),
				new BrowserGuard("/actuator/telemetry", "/actuator/telemetryconsole", List.of(), "voucher"),
				() -> null);
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
