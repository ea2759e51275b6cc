package dev.telemetry.sink.otlp;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.telemetry.setting.OtlpSignal;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our exporters use our senders alone, whatever else the application has on its class
 * path; beside an exporter that is made as applications make theirs.
 */
@Tag("T-15")
class OnlySenderTests {

	private static final AtomicInteger made = new AtomicInteger();

	private final ClassLoader before = Thread.currentThread().getContextClassLoader();

	private URLClassLoader application;

	@BeforeEach
	void plant(@TempDir Path directory) throws Exception {
		made.set(0);
		Path services = Files.createDirectories(directory.resolve("META-INF/services"));
		for (Class<?> type : List.of(HttpSenderProvider.class, GrpcSenderProvider.class)) {
			Files.writeString(services.resolve(type.getName()), PlantedProvider.class.getName());
		}
		this.application = new URLClassLoader(new URL[] { directory.toUri().toURL() }, this.before);
		Thread.currentThread().setContextClassLoader(this.application);
	}

	@AfterEach
	void remove() throws Exception {
		Thread.currentThread().setContextClassLoader(this.before);
		this.application.close();
	}

	@Test
	void exporterThatIsMadeAsUsualFindsThePlantedSender() {
		ComponentLoader loader = ComponentLoader.forClassLoader(this.application);
		String property = HttpSenderProvider.class.getName();
		System.setProperty(property, PlantedProvider.class.getName());
		try (LogRecordExporter http = OtlpHttpLogRecordExporter.builder().setComponentLoader(loader).build();
				LogRecordExporter grpc = OtlpGrpcLogRecordExporter.builder().setComponentLoader(loader).build()) {
			assertThat(made).as("%s and %s", http, grpc).hasValueGreaterThanOrEqualTo(1);
		}
		finally {
			System.clearProperty(property);
		}
	}

	@ParameterizedTest
	@EnumSource
	void oursFindsNone(OtlpSignal signal) throws Exception {
		try (FakeCollector collector = new FakeCollector()) {
			OtlpSink sink = OtlpFixture.sink(collector, signal, true);
			sink.emit(OtlpFixture.event("a").build());
			sink.close();
			assertThat(collector.requests()).singleElement()
				.satisfies((request) -> assertThat(request.headers().getFirst("User-Agent"))
					.isEqualTo("telemetry-spring-boot-starter"));
		}
		assertThat(made).hasValue(0);
	}

	/** A sender that an application might bring. */
	public static final class PlantedProvider implements HttpSenderProvider, GrpcSenderProvider {

		@Override
		public HttpSender createSender(HttpSenderConfig config) {
			made.incrementAndGet();
			return new HttpSender() {

				@Override
				public void send(MessageWriter message, Consumer<HttpResponse> onResponse,
						Consumer<Throwable> onError) {
					onError.accept(new IllegalStateException("planted"));
				}

				@Override
				public CompletableResultCode shutdown() {
					return CompletableResultCode.ofSuccess();
				}

			};
		}

		@Override
		public GrpcSender createSender(GrpcSenderConfig config) {
			made.incrementAndGet();
			return new GrpcSender() {

				@Override
				public void send(MessageWriter message, Consumer<GrpcResponse> onResponse,
						Consumer<Throwable> onError) {
					onError.accept(new IllegalStateException("planted"));
				}

				@Override
				public CompletableResultCode shutdown() {
					return CompletableResultCode.ofSuccess();
				}

			};
		}

	}

}
