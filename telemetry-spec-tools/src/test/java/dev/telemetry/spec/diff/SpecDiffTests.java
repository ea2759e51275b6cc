package dev.telemetry.spec.diff;

import java.util.Arrays;
import java.util.List;

import dev.telemetry.consent.notice.NoticeDifference.Kind;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What two manifests differ in. What becomes of every part of a declaration is tested by
 * the command {@code diff}.
 */
class SpecDiffTests {

	@ParameterizedTest
	@CsvSource({ "30, DELETE, NARROWER", "31, DELETE, WIDER", "7, ARCHIVE, WIDER" })
	void aRetentionWhereTheLogsOwnHeldIsWiderWhenItKeepsLonger(int days, EventRetention.Policy policy, Kind kind) {
		TelemetryManifest before = manifest(kept(null));
		TelemetryManifest after = manifest(kept(new EventRetention(days, policy)));
		assertThat(SpecDiff.between(before, after)).singleElement()
			.satisfies((change) -> assertThat(change.kind()).isEqualTo(kind));
		assertThat(SpecDiff.between(after, before)).singleElement()
			.satisfies((change) -> assertThat(change.kind()).isEqualTo(Kind.WIDER));
	}

	private static EventDefinition kept(@Nullable EventRetention retention) {
		return EventDefinition.builder("order.placed").retention(retention).build();
	}

	@Test
	void theSameIsTheSameWhereverItIsDeclared() {
		EventDefinition event = event("1.0.0", "items");
		TelemetryManifest before = new TelemetryManifest(List.of(new ManifestEvent(event, List.of(), List.of("a:1"))),
				List.of());
		TelemetryManifest after = new TelemetryManifest(List.of(new ManifestEvent(event, List.of(), List.of("b:2"))),
				List.of());
		assertThat(SpecDiff.between(before, after)).isEmpty();
		assertThat(SpecDiff.most(List.of())).isNull();
	}

	@Test
	void anotherVersionIsComparedWithTheNewestBefore() {
		TelemetryManifest one = manifest(event("1.0.0", "items"));
		TelemetryManifest both = manifest(event("1.0.0", "items"), event("1.1.0", "items", "total"));
		TelemetryManifest other = manifest(event("1.1.0", "items", "total"));
		assertThat(said(one, both)).containsExactly("reworded: order.placed: its version changed",
				"wider: order.placed/total: is collected");
		assertThat(said(one, other)).isEqualTo(said(one, both));
		assertThat(said(both, other))
			.containsExactly("narrower: order.placed: is no longer collected in version 1.0.0");
		assertThat(said(both, one)).contains("narrower: order.placed: is no longer collected in version 1.1.0");
	}

	@Test
	void anOlderVersionCannotWidenBehindANewerOne() {
		TelemetryManifest before = manifest(event("1.0.0", "items"), event("2.0.0", "items", "total"));
		TelemetryManifest after = manifest(event("1.0.0", "items", "note"), event("2.0.0", "items", "total"));
		assertThat(said(before, after)).containsExactly("wider: order.placed/note: is collected");
		assertThat(said(after, before)).containsExactly("narrower: order.placed/note: is no longer collected");
	}

	@Test
	void anotherReceiverIsWiderAndFewerAreNarrower() {
		TelemetryManifest all = routed();
		TelemetryManifest one = routed("posthog");
		TelemetryManifest two = routed("posthog", "otlp");
		assertThat(said(all, one))
			.containsExactly("narrower: order.placed: is meant for posthog, not for all receivers");
		assertThat(said(one, all)).containsExactly("wider: order.placed: is meant for all receivers, not for posthog");
		assertThat(said(one, two)).containsExactly("wider: order.placed: is meant for otlp, posthog, not for posthog");
		assertThat(SpecDiff.most(SpecDiff.between(two, one))).isEqualTo(Kind.NARROWER);
	}

	@Test
	void whatIsDeclaredAtRunTimeCannotBeReviewed() {
		TelemetryManifest none = manifest();
		TelemetryManifest late = new TelemetryManifest(List.of(), List.of("com.example.Config#event"));
		assertThat(said(none, late))
			.containsExactly("wider: com.example.Config#event declares events only when the application runs");
		assertThat(said(late, none)).containsExactly("narrower: com.example.Config#event no longer declares events");
		assertThat(said(late, late)).isEmpty();
	}

	@Test
	void aConditionLessIsWider() {
		EventDefinition one = conditions("items > 3");
		EventDefinition two = conditions("items > 3", "items < 9");
		assertThat(said(manifest(two), manifest(one)))
			.containsExactly("wider: order.placed: is kept only if items > 3, not only if items > 3, and if items < 9");
		assertThat(said(manifest(conditions()), manifest(one)))
			.containsExactly("narrower: order.placed: is kept only if items > 3, not whatever is in it");
		assertThat(said(manifest(one), manifest(conditions("items > 2")))).singleElement()
			.asString()
			.startsWith("wider");
		assertThat(said(manifest(two), manifest(conditions("items < 9", "items > 3")))).isEmpty();
	}

	private static EventDefinition conditions(String... conditions) {
		return EventDefinition.builder("order.placed")
			.property("items", PropertyType.NUMBER)
			.samplingConditions(Arrays.stream(conditions).map(SamplingCondition::of).toList())
			.build();
	}

	@Test
	void aPurposeThatIsNotSaidIsNotCalledNull() {
		EventDefinition purpose = EventDefinition.builder("order.placed").purpose("plan the stock").build();
		EventDefinition none = EventDefinition.builder("order.placed").build();
		assertThat(said(manifest(none), manifest(purpose)))
			.containsExactly("wider: order.placed: is for 'plan the stock', not for nothing that is said");
	}

	private static List<String> said(TelemetryManifest before, TelemetryManifest after) {
		return SpecDiff.between(before, after).stream().map(SpecChange::toString).toList();
	}

	private static TelemetryManifest manifest(EventDefinition... events) {
		return new TelemetryManifest(
				Arrays.stream(events).map((event) -> new ManifestEvent(event, List.of(), List.of())).toList(),
				List.of());
	}

	private static TelemetryManifest routed(String... receivers) {
		return new TelemetryManifest(List.of(new ManifestEvent(event("1.0.0", "items"), List.of(receivers), List.of())),
				List.of());
	}

	private static EventDefinition event(String version, String... properties) {
		EventDefinition.Builder event = EventDefinition.builder("order.placed").version(version);
		Arrays.stream(properties).forEach((property) -> event.property(property, PropertyType.NUMBER));
		return event.build();
	}

}
