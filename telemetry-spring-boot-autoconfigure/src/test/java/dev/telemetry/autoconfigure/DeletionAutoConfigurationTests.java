package dev.telemetry.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.deletion.DeletionAnswer;
import dev.telemetry.deletion.DeletionOutcome;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.deletion.ResetAnswer;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asking for deletion in a whole application, with one server that takes events and one
 * that takes requests for deletion.
 */
@Tag("T-10")
@Timeout(120)
class DeletionAutoConfigurationTests {

	private final FakeCollector collector = new FakeCollector();

	private final FakeCollector server = new FakeCollector();

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.directory.resolve("home"))
			.withPropertyValues("telemetry.endpoint=" + this.collector.uri("/v1/logs"));
	}

	@AfterEach
	void stop() {
		this.collector.close();
		this.server.close();
	}

	@Test
	void resetAsksTheUrlForEveryIdThatWasSent() {
		AtomicReference<String> id = new AtomicReference<>();
		url().run((context) -> {
			id.set(send(context));
			ResetAnswer answer = reset(context);
			assertThat(answer.outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
			assertThat(answer.deletion().done()).isEqualTo(1);
			assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
		});
		assertThat(this.server.requests()).singleElement()
			.satisfies((request) -> assertThat(text(request)).contains("\"machine_id\":\"" + id.get() + "\"")
				.doesNotContain("demo-app.telemetry.v1"));
		url().run((context) -> {
			assertThat(context.getBean(TelemetryReset.class).status().outcome())
				.isEqualTo(DeletionOutcome.ACKNOWLEDGED);
			assertThat(send(context)).matches("[0-9a-f]{64}").isNotEqualTo(id.get());
		});
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void requestThatCouldNotBeSentIsSentByTheNextRun() {
		this.server.reply((request) -> Reply.status(503));
		url().run((context) -> {
			send(context);
			assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.REQUESTED);
		});
		CountDownLatch arrived = new CountDownLatch(1);
		this.server.reply((request) -> {
			arrived.countDown();
			return Reply.status(200);
		});
		url().run((context) -> Patience.await("the request for deletion", arrived));
		assertThat(this.server.requests().stream().map(DeletionAutoConfigurationTests::text).distinct()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "3, DO_NOT_TRACK, 1", "4, OTEL_SDK_DISABLED, true", "5, TEST_MODE, true", "6, CI, true" })
	void requestWhileTheEnvironmentForbidsWaitsForTheRunWithoutIt(int rule, String name, String value) {
		List<ConsentInput> said = new CopyOnWriteArrayList<>();
		this.runner.run(DeletionAutoConfigurationTests::send);
		ApplicationContextRunner vetoed = url().withBean(ConsentSource.class, () -> () -> said)
			.withPropertyValues("telemetry.consent.detect-" + ((rule == 5) ? "test-environment" : "ci") + "=true");
		Set<Thread> before = TestApplication.threads();
		said.add(new ConsentInput(rule, name, value, "environment " + name, false));
		vetoed.run((context) -> {
			ResetAnswer answer = reset(context);
			assertThat(answer.outcome()).isEqualTo(DeletionOutcome.REQUESTED);
			assertThat(answer.deletion().lastError()).startsWith("held back: ");
			assertThat(context.getBean(TelemetrySdk.class).gate().decision().rule()).isEqualTo(rule);
		});
		vetoed.run((context) -> assertThat(TestApplication.threads()).extracting(Thread::getName)
			.doesNotContain("telemetry-deletion"));
		assertThat(this.server.requests()).isEmpty();
		assertThat(before).extracting(Thread::getName).doesNotContain("telemetry-deletion");
		url().run((context) -> assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED));
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.local-only=true", "telemetry.enabled=false", "telemetry.feature.enabled=false",
			"telemetry.consent.detect-test-environment=true" })
	void requestIsHeldBackBy(String property) {
		this.runner.run(DeletionAutoConfigurationTests::send);
		this.runner.run((context) -> reset(context));
		url().withPropertyValues(property).run((context) -> {
			ResetAnswer answer = reset(context);
			assertThat(answer.outcome()).isEqualTo(DeletionOutcome.REQUESTED);
			assertThat(answer.deletion().lastError()).startsWith("held back: ");
		});
		assertThat(this.server.requests()).isEmpty();
		url().run((context) -> assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void requestorIsTheFirstThatIsThere() {
		List<String> asked = new ArrayList<>();
		ApplicationContextRunner all = url().withPropertyValues("telemetry.deletion.email.address=privacy@example.com",
				"telemetry.deletion.event=true");
		all.withBean(DeletionRequestor.class, () -> (request) -> {
			asked.add(request.machineId());
			return DeletionAnswer.handedOver();
		}).run((context) -> {
			String id = send(context);
			assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.REQUESTED);
			assertThat(asked).containsExactly(id);
		});
		assertThat(this.server.requests()).isEmpty();
		all.run((context) -> {
			send(context);
			assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
		});
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void addressComesBeforeTheEventAndSendsNothing() {
		this.runner
			.withPropertyValues("telemetry.deletion.email.address=privacy@example.com", "telemetry.deletion.event=true")
			.run((context) -> {
				String id = send(context);
				int sent = this.collector.requests().size();
				ResetAnswer answer = reset(context);
				assertThat(answer.outcome()).isEqualTo(DeletionOutcome.PREPARED);
				assertThat(answer.letter().link()).startsWith("mailto:privacy@example.com?").contains(id);
				assertThat(this.collector.requests()).hasSize(sent);
				assertThat(reset(context).ids()).containsExactly(id);
			});
	}

	@Test
	void eventGoesThroughASinkOfItsOwnWhileTheGateStaysClosed() {
		this.runner.withPropertyValues("telemetry.deletion.event=true").run((context) -> {
			String id = send(context);
			int sent = this.collector.logRecords().size();
			assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.REQUESTED);
			assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.REQUESTED);
			assertThat(this.collector.logRecords()).hasSize(sent + 1);
			assertThat(this.collector.requests().get(this.collector.requests().size() - 1).logs().toString())
				.contains("data.deletion_request")
				.contains(id);
			assertThat(context.getBean(TelemetryContext.class).isCollecting()).isFalse();
			assertThat(this.directory.resolve("home/ids.jsonl")).doesNotExist();
		});
	}

	@Test
	void eventWithoutAnythingToCarryItIsAProblem() {
		TestApplication.runner(this.directory.resolve("home"))
			.withPropertyValues("telemetry.deletion.event=true")
			.run((context) -> assertThat(context.getBean(Problems.class).list()).extracting(Problem::property)
				.containsExactly("telemetry.deletion.event"));
	}

	@ParameterizedTest
	@CsvSource({ "http.url, file:///etc/passwd", "http.url, jar:file:x!/y", "http.url, gopher://example.com",
			"http.url, http://169.254.169.254/latest", "http.url, http://example.com/d", "http.url, https://u:p@h/d",
			"http.url, https://h/d?k=v", "http.url, nonsense", "email.address, nonsense",
			"email.address, a@b.example.com?cc=x", "email.address, 'a@example.com,b@example.com'",
			"email.address, A <a@example.com>" })
	void addressThatCannotBeUsedIsAProblemAndNobodyIsAsked(String property, String value) {
		this.runner.withPropertyValues("telemetry.deletion." + property + "=" + value).run((context) -> {
			assertThat(context.getBean(Problems.class).list()).singleElement().satisfies((problem) -> {
				assertThat(problem.property()).isEqualTo("telemetry.deletion." + property);
				assertThat(problem.toString()).doesNotContain(value);
			});
			send(context);
			assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.CANNOT_REQUEST);
		});
	}

	@Test
	void nothingIsMadeWhenNothingWasEverSent() {
		url().run((context) -> {
			assertThat(reset(context).outcome()).isEqualTo(DeletionOutcome.NOT_NEEDED);
			assertThat(context.getBean(TelemetryReset.class).status()).isNull();
			assertThat(this.directory.resolve("home/deletion")).doesNotExist();
			assertThat(TestApplication.threads()).extracting(Thread::getName).doesNotContain("telemetry-deletion");
		});
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void derivedIdIsTheSameAfterAResetAndIsAskedForAgain() {
		url().withPropertyValues("telemetry.machine-id.mode=derived").run((context) -> {
			String id = send(context);
			assertThat(id).matches("[0-9a-f]{64}");
			reset(context);
			assertThat(this.server.requests()).hasSize(1);
			assertThat(send(context)).isEqualTo(id);
			assertThat(this.directory.resolve("home/install-secret")).doesNotExist();
		});
	}

	@Test
	void withoutAnIdNothingIsNotedAndTheAnswerSaysWhatThatMeans() {
		url().withPropertyValues("telemetry.machine-id.mode=none").run((context) -> {
			assertThat(send(context)).isNull();
			assertThat(this.collector.requests()).isNotEmpty()
				.allSatisfy((request) -> assertThat(request.logs().toString()).contains("tool.name")
					.doesNotContain("machine.id"));
			assertThat(this.directory.resolve("home/ids.jsonl")).doesNotExist();
			assertThat(this.directory.resolve("home/install-secret")).doesNotExist();
			ResetAnswer answer = reset(context);
			assertThat(answer.outcome()).isEqualTo(DeletionOutcome.NOT_NEEDED);
			assertThat(answer.note()).contains("without an identifier");
		});
		assertThat(this.server.requests()).isEmpty();
	}

	private ApplicationContextRunner url() {
		return this.runner.withPropertyValues("telemetry.deletion.http.url=" + this.server.uri("/deletion"));
	}

	/** Say yes, send one event, and return the id it bears. */
	private static String send(ApplicationContext context) {
		TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
		assertThat(telemetry.gate().enable(ConsentScope.EXPORT, null, "command").decision().scope())
			.isEqualTo(ConsentScope.EXPORT);
		telemetry.context().record("order.placed");
		assertThat(telemetry.flush(Duration.ofSeconds(30))).isTrue();
		return telemetry.status().machineId();
	}

	private static ResetAnswer reset(ApplicationContext context) {
		return context.getBean(TelemetryReset.class).reset("command");
	}

	private static String text(FakeCollector.Request request) {
		return new String(request.body(), StandardCharsets.UTF_8);
	}

}
