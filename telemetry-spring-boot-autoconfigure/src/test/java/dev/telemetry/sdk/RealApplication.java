package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.deletion.ResetAnswer;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An auto-configured application with a home and a collector, so that what lies on disk
 * is what users find there.
 *
 * @param context the application
 * @param home its home
 */
record RealApplication(ApplicationContext context, Path home) {

	static final List<String> ERASED_BY_RESET = List.of("telemetry.log", "telemetry.log.1", "install-secret",
			"ids.jsonl");

	static final List<String> KEPT_BY_RESET = List.of("consent.json", "consent.json.lock", "consent-receipts.jsonl",
			"telemetry.log.lock", "notices");

	static void run(Path home, FakeCollector collector, Visitor visitor, String... more) {
		run(home, collector, Fault.NONE, visitor, more);
	}

	static void run(Path home, FakeCollector collector, Fault fault, Visitor visitor, String... more) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class))
			.with(fault::application)
			.withPropertyValues("spring.application.name=demo-app", "telemetry.home=" + home,
					"telemetry.endpoint=" + collector.uri("/v1/logs"), "telemetry.file.max-size=1KB",
					// Rotated files age by the clock of the disk, which need not be that
					// of this build
					"telemetry.file.max-age=36500d", "telemetry.consent.detect-test-environment=false",
					"telemetry.consent.detect-ci=false")
			.withPropertyValues(more)
			.run((context) -> visitor.visit(new RealApplication(context, home)));
	}

	/** Say yes and record until every file there can be is there. */
	String recordUntilRotated() {
		enable();
		for (int i = 0; i < 5; i++) {
			record();
		}
		String id = machineId();
		assertThat(id).isNotNull();
		return id;
	}

	void enable() {
		assertThat(telemetry().gate().enable(ConsentScope.EXPORT, null, "command").decision().scope())
			.isEqualTo(ConsentScope.EXPORT);
	}

	void record() {
		telemetry().context().record("order.placed");
		assertThat(telemetry().flush(Installation.PATIENCE)).isTrue();
	}

	ConsentDecision consent() {
		return telemetry().status().consent();
	}

	ConsentDecision refresh() {
		return telemetry().gate().refresh();
	}

	@Nullable String machineId() {
		return telemetry().status().machineId();
	}

	ResetAnswer reset() {
		return this.context.getBean(TelemetryReset.class).reset("command");
	}

	List<String> names() {
		return Installation.files(this.home)
			.stream()
			.map((file) -> this.home.relativize(file).getName(0).toString())
			.toList();
	}

	static String mode(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

	static TelemetrySinkFactory otlp(FakeCollector collector) {
		return new OtlpSinkFactory(OtlpSettings.of(collector.uri("/v1/logs"), OtlpSignal.LOGS,
				new OtlpResource("demo-app", "shop", "1.0.0", "production", null, null, null)), TlsSource.JAVA);
	}

	private TelemetrySdk telemetry() {
		return this.context.getBean(TelemetrySdk.class);
	}

	/** Looks at the application while it runs. */
	interface Visitor {

		void visit(RealApplication application) throws Exception;

	}

}
