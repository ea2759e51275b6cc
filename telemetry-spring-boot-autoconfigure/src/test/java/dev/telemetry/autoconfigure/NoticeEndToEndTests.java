package dev.telemetry.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.actuate.TelemetryViews;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.notice.NoticeEvent;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One home, several starts: what a recorded yes is worth when the application changes.
 */
class NoticeEndToEndTests {

	@TempDir
	private Path directory;

	private Path home;

	private FakeCollector collector;

	private ApplicationContextRunner runner;

	@BeforeEach
	void agree() {
		this.home = this.directory.resolve("home");
		this.collector = new FakeCollector();
		this.runner = TestApplication.runner(this.home)
			.withPropertyValues("management.endpoints.jmx.exposure.include=telemetry", "spring.jmx.enabled=true",
					"telemetry.endpoint=" + this.collector.uri("/v1/logs"), "telemetry.file.max-age=10d",
					"telemetry.metadata.team=blue");
	}

	@AfterEach
	void stopCollector() {
		this.collector.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.metadata.region=north", "telemetry.file.max-age=11d",
			"telemetry.machine-id.mode=derived", "telemetry.endpoint=https://collector.example.com/v1/logs",
			"telemetry.notice.controller=Example Ltd" })
	void startWhenConfigurationWidensIsStaleAndSendsNothing(String wider) {
		enable(this.runner.withBean(EventDefinition.class, () -> placed().build()));
		start(this.runner.withBean(EventDefinition.class, () -> placed().build()).withPropertyValues(wider),
				this::assertStale);
		assertThat(this.collector.requests()).isEmpty();
		start(this.runner.withBean(EventDefinition.class, () -> placed().build()), this::assertSends);
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.runtime-fields=false", "telemetry.file.max-age=9d",
			"telemetry.machine-id.mode=none", "telemetry.file.max-size=1MB", "telemetry.undeclared=drop",
			"telemetry.events.order.placed.sampling-rate=0.999", "telemetry.headers.x-team=blue",
			"telemetry.batch-size=7", "telemetry.metadata.team=red", "telemetry.tool.version=9",
			"telemetry.endpoint=http://localhost:9/v1/logs", "telemetry.notice.contact=privacy@example.com" })
	void startWhenConfigurationNarrowsOrRewordsStaysGranted(String other) {
		enable(this.runner.withBean(EventDefinition.class, () -> placed().build()));
		start(this.runner.withBean(EventDefinition.class, () -> placed().build()).withPropertyValues(other),
				(context) -> assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED));
	}

	@Test
	void startWhenOneMorePropertyIsDeclaredIsStale() {
		enable(this.runner.withBean(EventDefinition.class, () -> placed().build()));
		start(this.runner.withBean(EventDefinition.class,
				() -> placed().property("coupon", PropertyType.STRING).build()), this::assertStale);
		assertThat(this.collector.requests()).isEmpty();
	}

	@Test
	void startWhenAnnotationDeclaresMoreIsStaleAndRenewedYesCounts() {
		enable(this.runner);
		ApplicationContextRunner wider = this.runner.withBean(Orders.class);
		start(wider, (context) -> {
			assertStale(context);
			assertThat(enable(context, today(context)).decision().state()).isEqualTo(ConsentState.GRANTED);
		});
		start(wider, (context) -> assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED));
		start(this.runner, (context) -> assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED));
	}

	@Test
	void startWhenDescriptionChangesStaysGranted() {
		enable(this.runner.withBean(EventDefinition.class, () -> described("a number").build()));
		start(this.runner.withBean(EventDefinition.class, () -> described("how many").build()),
				(context) -> assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED));
	}

	@Test
	void startWhenTextOfTheNoticeIsGoneIsStaleOnlyIfSomethingChanged() throws Exception {
		enable(this.runner);
		try (Stream<Path> texts = Files.list(this.home.resolve("notices"))) {
			Files.delete(texts.toList().get(0));
		}
		start(this.runner, (context) -> assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED));
		start(this.runner.withPropertyValues("telemetry.runtime-fields=false"), this::assertStale);
	}

	@Test
	void noticeShowsTodaysExamplesAndWhatChangedWithoutCreatingAnything() {
		start(this.runner.withBean(Orders.class), (context) -> {
			NoticeDescriptor notice = context.getBean(TelemetryViews.class).notice(null);
			assertThat(notice.current()).isEqualTo(today(context)).startsWith("sha256:");
			assertThat(notice.accepted()).isNull();
			assertThat(notice.differences()).isNull();
			assertThat(notice.changes()).isNull();
			assertThat(notice.text().lines())
				.anyMatch((line) -> line.strip().startsWith("order.placed: items, duration"));
			assertThat(notice.notice()).containsKeys("undeclared", "events", "destinations");
			assertThat(notice.examples()).singleElement()
				.asString()
				.contains("\"name\":\"order.placed\"", "\"type\":\"feature.used\"", "\"items\":3");
		});
		assertThat(this.home).doesNotExist();
		enable(this.runner);
		start(this.runner.withBean(Orders.class), (context) -> {
			NoticeDescriptor notice = context.getBean(TelemetryViews.class).notice(null);
			assertThat(notice.accepted()).isNotNull().isNotEqualTo(notice.current());
			assertThat(notice.differences()).singleElement().satisfies((difference) -> {
				assertThat(difference.kind()).isEqualTo("wider");
				assertThat(difference.text()).isEqualTo("the event order.placed is collected");
			});
			assertThat(notice.changes()).singleElement()
				.asString()
				.matches(
						"New since you agreed on \\d+ \\p{L}+ \\d{4}: the event order.placed \\(purpose: not stated\\)\\.");
		});
	}

	@Test
	void enableWhenNoticeIsRequiredNeedsTodays() {
		start(this.runner.withPropertyValues("telemetry.consent.require-notice=perhaps"), (context) -> {
			assertThat(enable(context, null).outcome()).isEqualTo(Outcome.NOTICE_MISMATCH);
			assertThat(enable(context, "sha256:" + "0".repeat(64)).outcome()).isEqualTo(Outcome.NOTICE_MISMATCH);
			assertThat(this.home).doesNotExist();
			assertThat(enable(context, today(context)).outcome()).isEqualTo(Outcome.DONE);
		});
	}

	@Test
	void configurationWhenItNamesANoticeCountsWhileThatCoversTodays() {
		String[] hash = new String[1];
		start(this.runner, (context) -> hash[0] = today(context));
		ApplicationContextRunner pinned = this.runner.withPropertyValues(TestApplication.YES,
				"telemetry.consent.notice=" + hash[0]);
		start(pinned, (context) -> {
			assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED);
			assertThat(decision(context).notice().accepted()).isEqualTo(hash[0]);
		});
		start(pinned.withBean(Orders.class), (context) -> {
			assertThat(decision(context).state()).isEqualTo(ConsentState.STALE);
			assertThat(decision(context).rule()).isEqualTo(10);
		});
	}

	@Test
	void configurationThatNamesTheNoticeOfAnEarlierVersionCountsAndIsAProblem() {
		String[] hash = new String[2];
		ApplicationContextRunner limited = this.runner.withBean(EventDefinition.class, () -> limited(3.0));
		start(limited, (context) -> {
			hash[0] = context.getBean(StoredNotices.class).today().inFirstFormat().hash();
			hash[1] = today(context);
		});
		start(limited.withPropertyValues(TestApplication.YES, "telemetry.consent.notice=" + hash[0]), (context) -> {
			assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED);
			assertThat(TestApplication.problems(context)).singleElement().satisfies((problem) -> {
				assertThat(problem.property()).isEqualTo("telemetry.consent.notice");
				assertThat(problem.origin()).isNotBlank();
				assertThat(problem.action()).isEqualTo("set it to " + hash[1]);
			});
			assertThat(this.home.resolve("consent-receipts.jsonl")).doesNotExist();
		});
		start(limited.withPropertyValues(TestApplication.YES, "telemetry.consent.notice=" + hash[1]),
				(context) -> assertThat(TestApplication.problems(context)).isEmpty());
		start(this.runner.withBean(EventDefinition.class, () -> limited(4.0))
			.withPropertyValues(TestApplication.YES, "telemetry.consent.notice=" + hash[1]),
				(context) -> assertThat(decision(context).state()).isEqualTo(ConsentState.STALE));
		start(limited.withPropertyValues(TestApplication.YES, "telemetry.consent.notice=" + hash[0],
				"telemetry.metadata.region=north"), (context) -> {
					assertThat(decision(context).state()).isEqualTo(ConsentState.STALE);
					assertThat(TestApplication.problems(context)).isEmpty();
				});
	}

	private static EventDefinition limited(double max) {
		return EventDefinition.builder("order.placed")
			.property(PropertyDefinition.builder("items", PropertyType.NUMBER).range(null, max).build())
			.build();
	}

	@Test
	void enumThatBecomesAnyTextIsWiderAndNothingElseIsRecordedOfIt() {
		ApplicationContextRunner application = this.runner
			.withPropertyValues("telemetry.undeclared=drop", "telemetry.endpoint=")
			.withBean(MemorySink.class);
		enable(application.withBean(Parcels.class));
		start(application.withBean(Parcels.class), (context) -> {
			context.getBean(Parcels.class).send(Size.SMALL);
			TestApplication.telemetry(context).context().record("parcel.sent", Map.of("size", "gigantic"));
			assertThat(TestApplication.delivered(context)).extracting((event) -> event.attribute("size"))
				.containsExactly("SMALL", null);
			assertThat(TestApplication.telemetry(context).status().dropped()).containsEntry("undeclared", 1L);
		});
		start(application.withBean(TextParcels.class),
				(context) -> assertThat(decision(context).state()).isEqualTo(ConsentState.STALE));
	}

	@Test
	void annotationWhenFoundAfterTheNoticeIsAProblemAndNotInIt() {
		start(this.runner.withUserConfiguration(HiddenOrders.class), (context) -> {
			assertThat(context.getBean(StoredNotices.class).today().events()).extracting(NoticeEvent::name).isEmpty();
			context.getBean("hidden");
			assertThat(TestApplication.problems(context)).singleElement().satisfies((problem) -> {
				assertThat(problem.property()).isEqualTo("event order.placed");
				assertThat(problem.problem()).contains("counts as undeclared");
			});
		});
	}

	@Test
	void startWhenASinkCannotSayItsTargetIsAProblemAndIsNotPartOfWhatIsAgreedTo() {
		start(this.runner.withBean(TelemetrySinkFactory.class, MuteFactory::new), (context) -> {
			assertThat(TestApplication.problems(context)).singleElement()
				.satisfies((problem) -> assertThat(problem.problem()).contains("it is left out"));
			assertThat(context.getBean(StoredNotices.class).today().destinations()).isNotEmpty()
				.noneMatch((destination) -> destination.toString().contains("mute"));
			assertThat(enable(context, null).outcome()).isEqualTo(Outcome.DONE);
		});
	}

	private void enable(ApplicationContextRunner application) {
		start(application,
				(context) -> assertThat(enable(context, null).decision().state()).isEqualTo(ConsentState.GRANTED));
	}

	private static ConsentAnswer enable(ApplicationContext context, String notice) {
		return TestApplication.telemetry(context).gate().enable(ConsentScope.EXPORT, notice, "command");
	}

	private static void start(ApplicationContextRunner application, Consumer<ApplicationContext> visitor) {
		application.run((context) -> {
			assertThat(context).hasNotFailed();
			visitor.accept(context);
		});
	}

	private void assertStale(ApplicationContext context) {
		ConsentDecision decision = decision(context);
		assertThat(decision.state()).isEqualTo(ConsentState.STALE);
		assertThat(decision.recordedScope()).isEqualTo(ConsentScope.EXPORT);
		assertThat(decision.notice().current()).isNotEqualTo(decision.notice().accepted());
		TelemetrySdk telemetry = TestApplication.telemetry(context);
		telemetry.context().record("order.placed");
		assertThat(telemetry.context().isCollecting()).isFalse();
		assertThat(telemetry.flush(TestApplication.LONG)).isTrue();
	}

	private void assertSends(ApplicationContext context) {
		TelemetrySdk telemetry = TestApplication.telemetry(context);
		telemetry.context().record("order.placed");
		assertThat(telemetry.flush(TestApplication.LONG)).isTrue();
		assertThat(this.collector.requests()).isNotEmpty();
	}

	private static ConsentDecision decision(ApplicationContext context) {
		return TestApplication.telemetry(context).status().consent();
	}

	private static String today(ApplicationContext context) {
		return context.getBean(StoredNotices.class).current();
	}

	private static EventDefinition.Builder placed() {
		return EventDefinition.builder("order.placed").property("items", PropertyType.NUMBER);
	}

	private static EventDefinition.Builder described(String description) {
		return EventDefinition.builder("order.placed")
			.property(PropertyDefinition.builder("items", PropertyType.NUMBER)
				.privacy(PrivacyLevel.INTERNAL)
				.description(description)
				.build());
	}

	/** Declares an event by annotation. */
	static class Orders {

		@TelemetryEvent("order.placed")
		void place(@TelemetryAttribute("items") int items) {
		}

	}

	/** Records an enum. */
	static class Parcels {

		@TelemetryEvent("parcel.sent")
		void send(@TelemetryAttribute("size") Size size) {
		}

	}

	/** The same event with any text. */
	static class TextParcels {

		@TelemetryEvent("parcel.sent")
		void send(@TelemetryAttribute("size") String size) {
		}

	}

	enum Size {

		SMALL, LARGE

	}

	/** A bean whose class nobody knows before it is made. */
	@Configuration(proxyBeanMethods = false)
	static class HiddenOrders {

		@Bean
		@Lazy
		Object hidden() {
			return new Orders();
		}

	}

	/** Fails when asked where it sends. */
	private record MuteFactory() implements TelemetrySinkFactory {

		@Override
		public String name() {
			return "mute";
		}

		@Override
		public String target() {
			throw new IllegalStateException("no target");
		}

		@Override
		public boolean remote() {
			return true;
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			throw new AssertionError("not without consent");
		}

	}

}
