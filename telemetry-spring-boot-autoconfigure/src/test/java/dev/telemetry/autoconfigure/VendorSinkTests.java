package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.telemetry.consent.notice.NoticeDestination;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.sink.TelemetrySink;
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
	@CsvSource({ "posthog, host, api-key, /batch/, distinct_id", "segment, host, write-key, /v1/batch, anonymousId",
			"datadog, site, api-key, /api/v2/logs, anonymous_id" })
	void eventArrivesBesideTheLocalLogAndTheNoticeNamesTheReceiver(String vendor, String host, String key, String path,
			String identity) throws IOException {
		try (Receiver receiver = new Receiver()) {
			runner("telemetry." + vendor + "." + host + "=" + receiver.address(),
					"telemetry." + vendor + "." + key + "=SECRET-9f3", TestApplication.YES)
				.run((context) -> {
					TestApplication.telemetry(context).context().record("order.placed");
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
	void specThatNamesAReceiverSendsItsEventsThereAloneAndTheNoticeStillNamesAll() throws IOException {
		Files.writeString(this.directory.resolve("shop.telemetry.yaml"), """
				meta: { key: shop, version: 1, owners: [x] }
				config: { providers: [ { type: segment }, { type: internal } ] }
				events:
				  - { key: order.placed, semantics: { what: An order was placed }, privacy: internal }
				""");
		List<String> internal = new CopyOnWriteArrayList<>();
		try (Receiver posthog = new Receiver(); Receiver segment = new Receiver()) {
			runner("telemetry.posthog.host=" + posthog.address(), "telemetry.posthog.api-key=phc_a",
					"telemetry.segment.host=" + segment.address(), "telemetry.segment.write-key=a", TestApplication.YES,
					"telemetry.undeclared=record", "telemetry.specs=file:" + this.directory + "/*.telemetry.yaml")
				.withBean("internal", TelemetrySink.class, () -> (event) -> internal.add(event.name()))
				.run((context) -> {
					TestApplication.telemetry(context).context().record("order.placed");
					TestApplication.telemetry(context).context().record("page.seen");
					assertThat(TestApplication.telemetry(context).flush(TestApplication.LONG)).isTrue();
					assertThat(TestApplication.problems(context)).isEmpty();
					assertThat(context.getBean(StoredNotices.class).today()).isNotNull()
						.satisfies((notice) -> assertThat(notice.destinations()).extracting(NoticeDestination::protocol)
							.containsExactly("internal", "posthog", "segment"));
				});
			assertThat(posthog.body()).contains("page.seen").doesNotContain("order.placed");
			assertThat(segment.body()).contains("page.seen", "order.placed");
			assertThat(internal).containsExactly("order.placed", "page.seen");
			assertThat(Files.readString(this.directory.resolve("home/telemetry.log"))).contains("page.seen",
					"order.placed");
		}
	}

	@Test
	void nothingIsSentWithoutAYes() throws IOException {
		try (Receiver receiver = new Receiver()) {
			runner("telemetry.posthog.host=" + receiver.address(), "telemetry.posthog.api-key=phc_a",
					"telemetry.segment.host=" + receiver.address(), "telemetry.segment.write-key=a")
				.run((context) -> {
					TestApplication.telemetry(context).context().record("order.placed");
					TestApplication.telemetry(context).flush(Duration.ofSeconds(1));
					assertThat(TestApplication.telemetry(context).context().isCollecting()).isFalse();
				});
			assertThat(receiver.requests()).isEmpty();
		}
	}

}
