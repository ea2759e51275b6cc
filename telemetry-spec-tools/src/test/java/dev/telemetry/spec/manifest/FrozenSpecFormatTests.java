package dev.telemetry.spec.manifest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.sdk.Golden;
import dev.telemetry.spec.AnomalyAction;
import dev.telemetry.spec.AnomalyRule;
import dev.telemetry.spec.AnomalyThreshold;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.SpecProvider;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.reader.TelemetrySpecException;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A spec means what it meant: every field, read from a golden file and written as the
 * manifest, which is a golden file too.
 */
class FrozenSpecFormatTests {

	private static final String FILE = "spec/shop.telemetry.yaml";

	private static final String MANIFEST = "spec/telemetry-manifest.json";

	@Test
	void eventsMeanWhatTheyMeant() throws TelemetrySpecException {
		TelemetrySpec spec = read();
		List<ManifestEvent> events = spec.events()
			.stream()
			.map((event) -> new ManifestEvent(event, spec.providers().stream().map(SpecProvider::sink).toList(),
					List.of("telemetry/shop.telemetry.yaml:1")))
			.toList();
		Golden.assertSame(MANIFEST, new TelemetryManifest(events, List.of("com.example.Config#late")).toJson());
	}

	@Test
	void manifestOfThenIsRead() throws TelemetrySpecException {
		TelemetryManifest manifest = TelemetryManifest.read("m.json", Golden.read(MANIFEST));
		assertThat(new String(manifest.toJson(), StandardCharsets.UTF_8)).isEqualTo(Golden.text(MANIFEST));
	}

	@Test
	void whatTheManifestDoesNotSayIsRead() throws TelemetrySpecException {
		TelemetrySpec spec = read();
		assertThat(spec.key()).isEqualTo("shop.telemetry");
		assertThat(spec.version()).isEqualTo("1.2.3-beta.1+build.7");
		assertThat(spec.owners()).containsExactly("@team.shop", "shop@example.com");
		assertThat(spec.anomalyDetection()).isTrue();
		assertThat(spec.providers()).containsExactly(new SpecProvider("opentelemetry", Map.of()),
				new SpecProvider("posthog", Map.of("project", "shop", "batch", "100", "debug", "false")));
		EventDefinition placed = spec.events().get(0);
		assertThat(placed.tags()).containsExactly("orders", "money");
		assertThat(placed.anomaly())
			.isEqualTo(new AnomalyRule(true, 10, List.of(new AnomalyThreshold("duration_ms", 0.5, 1500.0, 200.0)),
					Set.of(AnomalyAction.ALERT, AnomalyAction.LOG, AnomalyAction.TRIGGER_REGEN), Duration.ofMinutes(15),
					Duration.ofSeconds(60)));
	}

	private static TelemetrySpec read() throws TelemetrySpecException {
		return TelemetrySpecReader.read("shop.telemetry.yaml", Golden.read(FILE));
	}

}
