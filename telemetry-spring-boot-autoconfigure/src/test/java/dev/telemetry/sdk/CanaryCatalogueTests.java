package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets in forms that no redaction knows, wherever a declaration keeps them out:
 * personal and sensitive properties, and whatever nobody declared.
 */
@Tag("T-14")
class CanaryCatalogueTests {

	private static final EventDefinition PROBE = EventDefinition.builder("probe.sent")
		.purpose("Find what leaks")
		.property("note", PropertyType.STRING)
		.property(PropertyDefinition.of("person", PropertyType.STRING, PrivacyLevel.PII))
		.property(PropertyDefinition.of("sensitive", PropertyType.STRING, PrivacyLevel.SENSITIVE))
		.build();

	static final List<String> SECRETS = Canary.all()
		.stream()
		.map((canary) -> canary.secret().lines().reduce((first, second) -> second).orElseThrow())
		.flatMap(CanaryCatalogueTests::forms)
		.distinct()
		.toList();

	@TempDir
	private Path directory;

	@Test
	void secretsOutsideTheDeclarationAreNowhere() {
		List<String> found = found((telemetry, secret) -> {
			telemetry.event(EventType.of(PROBE))
				.attribute("person", secret)
				.attribute("sensitive", secret)
				.attribute("undeclared", secret)
				.attribute("note", Canary.HARMLESS)
				.record();
			telemetry.record("nobody.declared", Map.of("note", secret, secret, "as a key"));
			telemetry.record(secret);
			MDC.put("user", secret);
			try (EventScope scope = telemetry.start(EventType.of(PROBE))) {
				scope.failed(new IllegalStateException(secret, new IllegalArgumentException(secret)));
			}
			finally {
				MDC.remove("user");
			}
		});
		assertThat(SECRETS).hasSizeGreaterThan(250);
		assertThat(found).isEmpty();
	}

	/** The positive control, and the limit of redaction: declared, they are kept. */
	@Test
	void secretsInAFormNobodyKnowsAreFoundWhenDeclared() {
		List<String> found = found(
				(telemetry, secret) -> telemetry.event(EventType.of(PROBE)).attribute("note", secret).record());
		System.out.println("Canaries: " + found.size() + " of " + SECRETS.size() + " found when declared as free text");
		assertThat(found).hasSizeGreaterThan(150);
	}

	private List<String> found(BiConsumer<TelemetryContext, String> mistake) {
		StringBuilder places = new StringBuilder();
		Path home = this.directory.resolve("home");
		try (FakeCollector collector = new FakeCollector()) {
			runner(home, collector).run((context) -> {
				TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
				telemetry.gate().enable(ConsentScope.EXPORT, null, "command");
				for (String secret : SECRETS) {
					mistake.accept(telemetry.context(), secret);
					assertThat(telemetry.flush(Installation.PATIENCE)).isTrue();
				}
				telemetry.context().event(EventType.of(PROBE)).attribute("note", Canary.HARMLESS).record();
				assertThat(telemetry.flush(Installation.PATIENCE)).isTrue();
				places.append(telemetry.status());
			});
			Installation.files(home).forEach((file) -> places.append(text(file)));
			assertThat(places).contains(Canary.HARMLESS);
			places.append(spilled(collector, mistake));
			collector.requests()
				.forEach((request) -> places.append(new String(request.body(), StandardCharsets.ISO_8859_1)));
		}
		String all = places.toString();
		return SECRETS.stream().filter(all::contains).toList();
	}

	/** What waits on disk after the same mistakes during an outage. */
	private String spilled(FakeCollector collector, BiConsumer<TelemetryContext, String> mistake) {
		Path home = this.directory.resolve("outage");
		collector.reply((request) -> FakeCollector.Reply.status(503));
		runner(home, collector).run((context) -> {
			TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
			telemetry.gate().enable(ConsentScope.EXPORT, null, "command");
			for (String secret : SECRETS) {
				mistake.accept(telemetry.context(), secret);
			}
			telemetry.context().event(EventType.of(PROBE)).attribute("note", Canary.HARMLESS).record();
		});
		StringBuilder spilled = new StringBuilder();
		Installation.files(home.resolve("spill")).forEach((file) -> spilled.append(text(file)));
		assertThat(spilled).contains(Canary.HARMLESS);
		return spilled.toString();
	}

	private static ApplicationContextRunner runner(Path home, FakeCollector collector) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class))
			.withBean(EventDefinition.class, () -> PROBE)
			.withPropertyValues("spring.application.name=demo-app", "telemetry.home=" + home,
					"telemetry.endpoint=" + collector.uri("/v1/logs"), "telemetry.undeclared=drop",
					"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false");
	}

	static String text(Path file) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As it is, and as it looks after somebody has packed it. */
	private static Stream<String> forms(String secret) {
		byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
		return Stream
			.of(secret, Base64.getEncoder().encodeToString(bytes), HexFormat.of().formatHex(bytes),
					URLEncoder.encode(secret, StandardCharsets.UTF_8), new StringBuilder(secret).reverse().toString(),
					secret.toUpperCase(Locale.ROOT))
			.filter((form) -> form.length() > 4);
	}

}
