package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.telemetry.consent.StoredNotices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the sinks of vendors in an application. */
class VendorSinkTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner(String... pairs) {
		return TestApplication.runner(this.directory.resolve("home"))
			.withPropertyValues("telemetry.compression=none")
			.withPropertyValues(pairs);
	}

	@ParameterizedTest
	@CsvSource({ "posthog, api-key, /batch/, distinct_id", "segment, write-key, /v1/batch, anonymousId" })
	void eventArrivesBesideTheLocalLogAndTheNoticeNamesTheReceiver(String vendor, String key, String path,
			String identity) throws IOException {
		try (Receiver receiver = new Receiver()) {
			runner("telemetry." + vendor + ".host=" + receiver.address(),
					"telemetry." + vendor + "." + key + "=SECRET-9f3", TestApplication.YES)
				.run((context) -> {
					TestApplication.telemetry(context).record("order.placed");
					assertThat(TestApplication.telemetry(context).flush(TestApplication.LONG)).isTrue();
					assertThat(TestApplication.sinkNames(context)).containsExactly("file", vendor);
					assertThat(TestApplication.problems(context)).isEmpty();
					assertThat(TestApplication.telemetry(context).status().toString()).doesNotContain("SECRET");
					assertThat(context.getBean(StoredNotices.class).today()).isNotNull()
						.satisfies((notice) -> assertThat(notice.destinations()).singleElement()
							.hasToString(vendor + " at " + receiver.address()));
				});
			assertThat(receiver.requests()).containsExactly(path);
			assertThat(receiver.body()).contains("\"event\":\"order.placed\"", "\"" + identity + "\":\"");
		}
	}

	@Test
	void nothingIsSentWithoutAYes() throws IOException {
		try (Receiver receiver = new Receiver()) {
			runner("telemetry.posthog.host=" + receiver.address(), "telemetry.posthog.api-key=phc_a",
					"telemetry.segment.host=" + receiver.address(), "telemetry.segment.write-key=a")
				.run((context) -> {
					TestApplication.telemetry(context).record("order.placed");
					TestApplication.telemetry(context).flush(Duration.ofSeconds(1));
					assertThat(TestApplication.telemetry(context).isCollecting()).isFalse();
				});
			assertThat(receiver.requests()).isEmpty();
		}
	}

}
