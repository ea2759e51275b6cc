package dev.telemetry.sink.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import dev.telemetry.event.EventOrigin;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tests for {@link OtlpSinkFactory} and {@link OtlpSettings}. */
class OtlpSinkFactoryTests {

	private static final URI ENDPOINT = URI.create("https://collector.example.com/v1/logs?token=SECRET-9f3");

	@Test
	void factorySaysWhereEventsWouldGoWithoutTheQuery() {
		OtlpSinkFactory factory = new OtlpSinkFactory(
				OtlpSettings.of(ENDPOINT, OtlpSignal.LOGS, OtlpResource.of("demo")), TlsSource.JAVA);
		assertThat(factory.name()).isEqualTo("otlp");
		assertThat(factory.target()).isEqualTo("https://collector.example.com/v1/logs");
		assertThat(factory.remote()).isTrue();
	}

	@Test
	void createMakesASinkAndAsksHowConsentWasGiven() throws TelemetryException {
		try (FakeCollector collector = new FakeCollector()) {
			TelemetrySink sink = new OtlpSinkFactory(
					OtlpSettings.of(collector.uri("/v1/logs"), OtlpSignal.LOGS, OtlpResource.of("demo")),
					TlsSource.JAVA)
				.create(new SinkSession(EventOrigin.of("demo", "1"), "env"));
			sink.emit(OtlpFixture.event("a").build());
			sink.close();
			assertThat(collector.requests().get(0).logs().toString()).contains("telemetry.opt_in_source", "\"env\"");
		}
	}

	@Test
	void factoryLoadsNeitherOpenTelemetryNorAnHttpClientBeforeCreate() throws Exception {
		BarrenClassLoader loader = new BarrenClassLoader();
		Object factory = factory(loader);
		assertThat(call(factory, "name")).isEqualTo("otlp");
		assertThat(call(factory, "target")).isEqualTo("https://collector.example.com/v1/logs");
		assertThat(call(factory, "remote")).isEqualTo(true);
		assertThat(loader.refused).isEmpty();
	}

	@Test
	void createWithoutOpenTelemetryNamesWhatToAdd() throws Exception {
		Object factory = factory(new BarrenClassLoader());
		InvocationTargetException failure = catchThrowableOfType(InvocationTargetException.class,
				() -> create(factory));
		assertThat(failure.getCause().getClass().getName()).isEqualTo(TelemetryException.class.getName());
		assertThat(failure.getCause()).hasMessageContaining("io.opentelemetry:opentelemetry-exporter-otlp");
	}

	@Test
	void createWhenOpenTelemetryIsOfAnotherVersionNamesItAndThePropertyThatRaisesIt() throws Exception {
		Object factory = factory(new OlderClassLoader());
		InvocationTargetException failure = catchThrowableOfType(InvocationTargetException.class,
				() -> create(factory));
		assertThat(failure.getCause()).hasMessageContaining("1.55.0").hasMessageContaining("1.62.0");
		assertThat(failure.getCause().getMessage()).doesNotContain("io.opentelemetry:opentelemetry-exporter-otlp");
		assertThat(call(failure.getCause(), "action")).asString()
			.contains("'opentelemetry.version'", OpenTelemetryLibrary.REQUIRED);
	}

	@Test
	void versionThatIsNamedIsTheOneOfTheBuild() throws IOException {
		Properties properties = new Properties();
		try (InputStream in = getClass().getResourceAsStream("/io/opentelemetry/sdk/common/version.properties")) {
			properties.load(in);
		}
		assertThat(properties).containsEntry("sdk.version", OpenTelemetryLibrary.REQUIRED);
	}

	private static Object factory(ClassLoader loader) throws ReflectiveOperationException {
		Class<?> resource = loader.loadClass(OtlpResource.class.getName());
		Class<?> signal = loader.loadClass(OtlpSignal.class.getName());
		Class<?> settings = loader.loadClass(OtlpSettings.class.getName());
		Object configured = settings.getMethod("of", URI.class, signal, resource)
			.invoke(null, ENDPOINT, signal.getEnumConstants()[0],
					resource.getMethod("of", String.class).invoke(null, "demo"));
		Class<?> tls = loader.loadClass(TlsSource.class.getName());
		return loader.loadClass(OtlpSinkFactory.class.getName())
			.getConstructor(settings, tls)
			.newInstance(configured, tls.getField("JAVA").get(null));
	}

	private static Object create(Object factory) throws ReflectiveOperationException {
		ClassLoader loader = factory.getClass().getClassLoader();
		Class<?> origin = loader.loadClass(EventOrigin.class.getName());
		Class<?> session = loader.loadClass(SinkSession.class.getName());
		Object opened = session.getConstructor(origin, String.class)
			.newInstance(origin.getMethod("of", String.class, String.class).invoke(null, "demo", "1"), "env");
		return factory.getClass().getMethod("create", session).invoke(factory, opened);
	}

	private static Object call(Object target, String method) throws ReflectiveOperationException {
		return target.getClass().getMethod(method).invoke(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://example.com/", "/v1/logs", "http:///v1/logs", "mailto:a@example.com" })
	void settingsRefuseWhatIsNoHttpAddress(String endpoint) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OtlpSettings.of(URI.create(endpoint), OtlpSignal.LOGS, OtlpResource.of("demo")))
			.withMessageContaining("'endpoint'");
	}

	@Test
	void settingsRefuseUserInfoWithoutShowingIt() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OtlpSettings.of(URI.create("https://user:SECRET@example.com/"), OtlpSignal.LOGS,
					OtlpResource.of("demo")))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("SECRET"));
	}

	@Test
	void settingsRefuseATimeoutOfZero() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HttpSettings(ENDPOINT, HttpHeaders.NONE, true, Duration.ZERO, "telemetry.endpoint"))
			.withMessageContaining("'exportTimeout'");
	}

	@Test
	void settingsShowNoSecret() {
		HttpHeaders headers = HttpHeaders.of(java.util.Map.of("Authorization", "Bearer SECRET-9f3"));
		assertThat(new OtlpSettings(OtlpProtocol.HTTP_PROTOBUF,
				new HttpSettings(ENDPOINT, headers, true, Duration.ofSeconds(1), "telemetry.endpoint"), OtlpSignal.LOGS,
				OtlpResource.of("demo"))
			.toString()).doesNotContain("SECRET").contains("Authorization");
	}

	/** Has an OpenTelemetry without what we hand our senders in by, as 1.55 is. */
	private static final class OlderClassLoader extends BarrenClassLoader {

		OlderClassLoader() {
			super("io.opentelemetry.sdk.common.export.");
		}

		@Override
		public InputStream getResourceAsStream(String name) {
			return name.endsWith("/version.properties")
					? new ByteArrayInputStream("sdk.version=1.55.0".getBytes(StandardCharsets.ISO_8859_1))
					: super.getResourceAsStream(name);
		}

	}

	/** Loads our classes anew and knows neither OpenTelemetry nor the HTTP client. */
	private static class BarrenClassLoader extends ClassLoader {

		private final List<String> refused = new ArrayList<>();

		private final String absent;

		BarrenClassLoader() {
			this("io.opentelemetry.");
		}

		BarrenClassLoader(String absent) {
			this.absent = absent;
		}

		@Override
		public URL getResource(String name) {
			return name.startsWith(this.absent.replace('.', '/')) ? null : super.getResource(name);
		}

		@Override
		public InputStream getResourceAsStream(String name) {
			return name.startsWith(this.absent.replace('.', '/')) ? null : super.getResourceAsStream(name);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith(this.absent) || name.startsWith("java.net.http.")) {
				this.refused.add(name);
				throw new ClassNotFoundException(name);
			}
			if (!name.startsWith("dev.telemetry.")) {
				return super.loadClass(name, resolve);
			}
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream in = OtlpSinkFactoryTests.class.getClassLoader()
				.getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = in.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
