package dev.telemetry.actuate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.insight.ReportQuery;
import dev.telemetry.insight.UsageReport;
import dev.telemetry.sent.SentLog;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** One report at a time. */
class ReportAnswersTests {

	private final CountDownLatch reading = new CountDownLatch(1);

	private final CountDownLatch enough = new CountDownLatch(1);

	private final LocalLogReader log = mock(LocalLogReader.class);

	private final ReportAnswers answers = new ReportAnswers(
			new TelemetryEndpoint(new FakeTelemetrySdk(new ScriptedGate().gate), mock(TelemetryReset.class)),
			new TelemetryViews(this.log, mock(NoticeView.class), mock(PersonalDataExport.class),
					new SentView(SentLog.OFF)));

	@Test
	void aSecondReportIsRefusedWhileOneIsMade() throws Exception {
		UsageReport empty = new LocalLogReader(null).report(ReportQuery.ALL);
		given(this.log.report(any())).willAnswer((call) -> {
			this.reading.countDown();
			assertThat(this.enough.await(20, TimeUnit.SECONDS)).as("the second request was answered").isTrue();
			return empty;
		});
		CompletableFuture<WebEndpointResponse<?>> first = CompletableFuture
			.supplyAsync(() -> this.answers.answer(() -> ReportQuery.ALL));
		assertThat(this.reading.await(20, TimeUnit.SECONDS)).as("the first report is being made").isTrue();
		WebEndpointResponse<?> second = this.answers.answer(() -> ReportQuery.ALL);
		this.enough.countDown();
		assertThat(second.getStatus()).isEqualTo(429);
		assertThat(String.valueOf(second.getBody())).contains("another report is being made");
		assertThat(first.get(20, TimeUnit.SECONDS).getStatus()).isEqualTo(200);
		assertThat(this.answers.answer(() -> ReportQuery.ALL).getStatus()).isEqualTo(200);
	}

}
