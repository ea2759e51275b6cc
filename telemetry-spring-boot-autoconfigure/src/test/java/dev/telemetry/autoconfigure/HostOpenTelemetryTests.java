package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.sink.MemorySink;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/** The application's own OpenTelemetry is as it would be without us. */
@Tag("T-15")
class HostOpenTelemetryTests {

	private static final AutoConfigurations BOOTS = AutoConfigurations.of(bootsClasses());

	@TempDir
	Path home;

	private ApplicationContextRunner host;

	@BeforeEach
	void createRunner() {
		LogRecordExporter exporter = mock(LogRecordExporter.class);
		when(exporter.shutdown()).thenReturn(CompletableResultCode.ofSuccess());
		when(exporter.flush()).thenReturn(CompletableResultCode.ofSuccess());
		this.host = new ApplicationContextRunner().withConfiguration(BOOTS)
			.withBean("hostExporter", LogRecordExporter.class, () -> exporter);
	}

	@Test
	void beansOfOpenTelemetryWhenOurSinkWorksAreThoseOfTheHost() throws Exception {
		Map<String, String> without = new TreeMap<>();
		this.host.run((context) -> without.putAll(openTelemetryBeans(context)));
		assertThat(without).containsKey("hostExporter").containsValue(SdkLoggerProvider.class.getName());
		try (Receiver receiver = new Receiver()) {
			ours("telemetry.endpoint=" + receiver.address()).run((context) -> {
				assertThat(context).hasNotFailed();
				TestApplication.telemetry(context).context().record("order.placed");
				TestApplication.delivered(context);
				assertThat(receiver.requests()).containsExactly("/v1/logs");
				assertThat(openTelemetryBeans(context)).isEqualTo(without);
				assertThat(GlobalOpenTelemetry.isSet()).isFalse();
			});
		}
	}

	@Test
	void ambientSettingsWhenThereHaveNoEffect() throws Exception {
		try (Receiver receiver = new Receiver(); Receiver ambient = new Receiver()) {
			ours("telemetry.endpoint=" + receiver.address())
				.withSystemProperties("otel.exporter.otlp.endpoint=" + ambient.address(),
						"otel.exporter.otlp.logs.endpoint=" + ambient.address(), "otel.sdk.disabled=true",
						"otel.service.name=someone-else")
				.withPropertyValues("OTEL_EXPORTER_OTLP_ENDPOINT=" + ambient.address(), "OTEL_SDK_DISABLED=true")
				.run((context) -> {
					TestApplication.telemetry(context).context().record("order.placed");
					TestApplication.delivered(context);
					assertThat(receiver.requests()).containsExactly("/v1/logs");
					assertThat(ambient.requests()).isEmpty();
					assertThat(receiver.body()).contains("demo-app").doesNotContain("someone-else");
				});
		}
	}

	@Test
	void endpointWhenOnlyAmbientIsNone() throws Exception {
		try (Receiver ambient = new Receiver()) {
			ours().withSystemProperties("otel.exporter.otlp.endpoint=" + ambient.address())
				.withPropertyValues("OTEL_EXPORTER_OTLP_ENDPOINT=" + ambient.address())
				.run((context) -> {
					TestApplication.telemetry(context).context().record("order.placed");
					assertThat(TestApplication.deliveredNames(context)).containsExactly("order.placed");
					assertThat(TestApplication.sinkNames(context)).doesNotContain("otlp");
					assertThat(ambient.requests()).isEmpty();
				});
		}
	}

	private ApplicationContextRunner ours(String... settings) {
		return this.host.withConfiguration(TestApplication.OURS)
			.withPropertyValues(TestApplication.properties(this.home))
			.withPropertyValues(TestApplication.YES, "telemetry.compression=none")
			.withPropertyValues(settings)
			.withBean(MemorySink.class);
	}

	/** Boot's auto-configurations for OpenTelemetry, as its own list names them. */
	private static Class<?>[] bootsClasses() {
		return ImportCandidates.load(AutoConfiguration.class, HostOpenTelemetryTests.class.getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("org.springframework.boot.opentelemetry."))
			.map((name) -> ClassUtils.resolveClassName(name, null))
			.toArray(Class<?>[]::new);
	}

	private static Map<String, String> openTelemetryBeans(ApplicationContext context) {
		Map<String, String> beans = new TreeMap<>();
		for (String name : context.getBeanDefinitionNames()) {
			Class<?> type = context.getType(name);
			if (type != null
					&& (type.getName().startsWith("io.opentelemetry.") || ClassUtils.getAllInterfacesForClassAsSet(type)
						.stream()
						.anyMatch((face) -> face.getName().startsWith("io.opentelemetry.")))) {
				beans.put(name, ClassUtils.getUserClass(type).getName());
			}
		}
		return beans;
	}

}
