package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.telemetry.TelemetryTracker;
import dev.telemetry.TrackResult;
import dev.telemetry.anomaly.Anomaly.Bound;
import dev.telemetry.anomaly.AnomalySignal;
import dev.telemetry.event.Event;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.AnomalyAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/** The source's own example, in a running application. */
class SigilTests {

	private static final String STEP = "sigil.telemetry.workflow_step";

	@TempDir
	private Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home)
			.withPropertyValues(TestApplication.YES,
					"telemetry.specs=classpath:dev/telemetry/spec/sigil.telemetry.yaml")
			.withBean(MemorySink.class)
			.withBean(Listener.class);
	}

	@Test
	void userIsRedactedAndASlowStepRaisesOneAnomaly() {
		this.runner.run((context) -> {
			for (int i = 0; i < 9; i++) {
				step(context, 2100);
			}
			step(context, 2100);
			step(context, 2200);
			Listener listener = context.getBean(Listener.class);
			AnomalySignal alert = listener.next();
			assertThat(alert.action()).isEqualTo(AnomalyAction.ALERT);
			assertThat(alert.anomaly().event()).isEqualTo(STEP);
			assertThat(alert.anomaly().metric()).isEqualTo("durationMs");
			assertThat(alert.anomaly().bound()).isEqualTo(Bound.MAX);
			assertThat(alert.anomaly().value()).isEqualTo(2100);
			assertThat(alert.anomaly().limit()).isEqualTo(1500);
			assertThat(listener.next().action()).isEqualTo(AnomalyAction.TRIGGER_REGEN);
			// Had the next one been told of, it would have come before the recovery
			step(context, 100);
			assertThat(listener.next().anomaly().recovered()).isTrue();
			assertThat(TestApplication.delivered(context)).hasSize(12)
				.extracting(Event::attributes)
				.first()
				.isEqualTo(Map.of("workflow", "deploy", "step", "build", "durationMs", 2100L, "userId", "[redacted]"));
			assertThat(TestApplication.problems(context)).singleElement()
				.satisfies((problem) -> assertThat(problem.problem()).contains("provider 'posthog'"));
		});
	}

	@Test
	void nobodyLooksWhenItIsTurnedOff() {
		this.runner.withPropertyValues("telemetry.anomaly.enabled=false").run((context) -> {
			for (int i = 0; i < 20; i++) {
				step(context, 2100);
			}
			assertThat(TestApplication.delivered(context)).hasSize(20);
			assertThat(TestApplication.threads()).noneMatch((thread) -> thread.getName().equals("telemetry-anomaly"));
			assertThat(context.getBean(Listener.class).signals).isEmpty();
		});
	}

	@Test
	void cooldownIsASetting() {
		this.runner.withPropertyValues("telemetry.anomaly.cooldown=0").run((context) -> {
			for (int i = 0; i < 11; i++) {
				step(context, 2100);
			}
			Listener listener = context.getBean(Listener.class);
			for (int i = 0; i < 4; i++) {
				assertThat(listener.next().anomaly().recovered()).isFalse();
			}
		});
	}

	private static void step(ApplicationContext context, int millis) {
		Map<String, Object> properties = Map.of("workflow", "deploy", "step", "build", "durationMs", millis, "userId",
				"Canary-47");
		assertThat(context.getBean(TelemetryTracker.class).track(STEP, "1.0.0", properties))
			.isEqualTo(TrackResult.ACCEPTED);
	}

	static class Listener {

		private final BlockingQueue<AnomalySignal> signals = new LinkedBlockingQueue<>();

		@EventListener
		void on(AnomalySignal signal) {
			this.signals.add(signal);
		}

		AnomalySignal next() throws InterruptedException {
			AnomalySignal signal = this.signals.poll(20, TimeUnit.SECONDS);
			assertThat(signal).isNotNull();
			return signal;
		}

	}

}
