package dev.telemetry.spec.registry;

import java.util.List;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.TelemetrySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TelemetrySpecRegistry}; the ids are those of the acceptance catalogue.
 */
class TelemetrySpecRegistryTests {

	private final TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());

	@Test
	void registerWhenSealedSaysThatItIsTooLate() {
		this.registry.register(EventDefinition.builder("order.placed").build());
		this.registry.seal();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.registry.register(EventDefinition.builder("order.viewed").build()))
			.withMessageStartingWith("'order.viewed' must be declared before the application has started");
		assertThat(this.registry.events()).extracting(EventDefinition::name).containsExactly("order.placed");
	}

	@Test
	void joinGivesWayToWhatWasDeclaredOnPurpose() {
		this.registry.register(TelemetrySpec.builder("shop", "1")
			.owners(List.of("x"))
			.event(EventDefinition.builder("order.placed")
				.version("2.0.0")
				.type("command.invocation")
				.purpose("Plan the stock")
				.property("customer", PropertyType.NUMBER)
				.build())
			.build());
		this.registry.join(EventDefinition.builder("order.placed")
			.type("feature.used")
			.purpose("See what sells")
			.property(PropertyDefinition.builder("customer", PropertyType.STRING).inferred().build())
			.property(PropertyDefinition.builder("items", PropertyType.NUMBER).inferred().build())
			.build());
		assertThat(this.registry.events()).singleElement().satisfies((event) -> {
			assertThat(event.version()).isEqualTo("2.0.0");
			assertThat(event.type()).isEqualTo("command.invocation");
			assertThat(event.purpose()).isEqualTo("Plan the stock");
			assertThat(event.properties()).containsOnlyKeys("customer", "items");
			assertThat(event.properties().get("customer").type()).isEqualTo(PropertyType.NUMBER);
		});
	}

	@Test
	void unionKnowsBetterThanWhatWasGuessed() {
		this.registry.register(EventDefinition.builder("order.placed")
			.property(PropertyDefinition.builder("customer", PropertyType.STRING).inferred().build())
			.build());
		this.registry.register(EventDefinition.builder("order.placed")
			.property(PropertyDefinition.of("customer", PropertyType.STRING, PrivacyLevel.PII))
			.build());
		assertThat(this.registry.findEvent("order.placed").properties().get("customer").privacy())
			.isEqualTo(PrivacyLevel.PII);
	}

	@Test
	@Tag("P19")
	void specsAreFoundAndListedInTheirOrder() {
		TelemetrySpec sigil = spec("sigil", "1.0.0", "sigil.opened");
		TelemetrySpec acme = spec("acme", "1.0.0", "acme.opened");
		this.registry.register(sigil);
		this.registry.register(acme);
		assertThat(this.registry.findSpec("sigil", "1.0.0")).isSameAs(sigil);
		assertThat(this.registry.findSpec("sigil", "1")).isSameAs(sigil);
		assertThat(this.registry.specs()).containsExactly(sigil, acme);
		assertThat(this.registry.findSpec("unknown")).isNull();
	}

	@Test
	@Tag("P20")
	void newestIsBySemanticVersion() {
		this.registry.register(spec("sigil", "1.9.0", "sigil.a"));
		TelemetrySpec newest = spec("sigil", "1.10.0", "sigil.b");
		this.registry.register(newest);
		this.registry.register(spec("sigil", "1.10.0-beta.2", "sigil.c"));
		assertThat(this.registry.findSpec("sigil")).isSameAs(newest);
	}

	@Test
	@Tag("P21")
	void sameSpecTwiceIsRefused() {
		this.registry.register(spec("a", "1.0.0", "a.b"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.register(spec("a", "1.0.0", "a.c")))
			.withMessage("Duplicate contract `telemetry` a.v1.0.0");
	}

	@Test
	@Tag("P22")
	void eventsAreFoundWithAndWithoutVersion() {
		EventDefinition old = EventDefinition.builder("a.b").version("1.9.0").build();
		EventDefinition fresh = EventDefinition.builder("a.b").version("1.10.0").build();
		this.registry.register(fresh);
		this.registry.register(old);
		assertThat(this.registry.findEvent("a.b")).isSameAs(fresh);
		assertThat(this.registry.findEvent("a.b", "1.9")).isSameAs(old);
		assertThat(this.registry.findEvent("a.b", "2")).isNull();
		assertThat(this.registry.findEvent("a.c")).isNull();
		assertThat(this.registry.events()).containsExactly(old, fresh);
	}

	@Test
	@Tag("I21")
	void keyIsNotMistakenForOneItBegins() {
		this.registry.register(spec("sigil.vault", "9.0.0", "sigil.vault.opened"));
		TelemetrySpec sigil = spec("sigil", "1.0.0", "sigil.opened");
		this.registry.register(sigil);
		assertThat(this.registry.findSpec("sigil")).isSameAs(sigil);
	}

	@Test
	@Tag("I22")
	void eventOfTwoSpecsIsRefusedAndLeavesNothingBehind() {
		this.registry.register(spec("a", "1.0.0", "shared.event"));
		TelemetrySpec other = TelemetrySpec.builder("b", "1.0.0")
			.owners(List.of("@team"))
			.event(EventDefinition.builder("b.alone").build())
			.event(EventDefinition.builder("shared.event").build())
			.build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.register(other))
			.withMessage("'shared.event' 1.0.0 of b must not be declared by a as well");
		assertThat(this.registry.findEvent("b.alone")).isNull();
		assertThat(this.registry.findSpec("b")).isNull();
	}

	@Test
	@Tag("I23")
	void versionThatIsNoneIsRefusedAtOnce() {
		for (String version : new String[] { "two", "", "1.0.0.0", "v1", "01.0.0", "1.0.0-" }) {
			assertThatIllegalArgumentException().as(version).isThrownBy(() -> TelemetrySpec.builder("a", version));
			assertThatIllegalArgumentException().as(version)
				.isThrownBy(() -> EventDefinition.builder("a.b").version(version));
		}
	}

	@Test
	void unionOfGuessesSaysWhatEachOfThemMayBe() {
		for (List<String> values : List.of(List.of("small"), List.of("large"))) {
			this.registry.join(size(values));
		}
		assertThat(this.registry.findEvent("order.placed").properties().get("size").values()).containsExactly("small",
				"large");
		this.registry.join(size(List.of()));
		this.registry.join(size(List.of("small")));
		assertThat(this.registry.findEvent("order.placed").properties().get("size").values()).isEmpty();
	}

	private static EventDefinition size(List<String> values) {
		return EventDefinition.builder("order.placed")
			.property(PropertyDefinition.builder("size", PropertyType.STRING).values(values).inferred().build())
			.build();
	}

	@Test
	@Tag("I20")
	void whatIsDeclaredFromTheStartIsThere() {
		EventDefinition placed = EventDefinition.builder("order.placed").build();
		EventDefinition paid = EventDefinition.builder("order.paid").build();
		assertThat(new TelemetrySpecRegistry(List.of(placed, paid)).events()).containsExactly(paid, placed);
	}

	@Test
	void declarationsUniteAndSayWhatTheOtherLeavesOpen() {
		this.registry.register(TelemetrySpec.builder("shop", "1")
			.owners(List.of("@team"))
			.defaultSamplingRate(0.5)
			.event(EventDefinition.builder("order.placed").property("items", PropertyType.NUMBER).build())
			.build());
		this.registry.register(EventDefinition.builder("order.placed")
			.type("feature.used")
			.purpose("See what is bought")
			.property("total", PropertyType.NUMBER)
			.build());
		EventDefinition united = this.registry.findEvent("order.placed");
		assertThat(united).isNotNull();
		assertThat(united.properties()).containsOnlyKeys("items", "total");
		assertThat(united.samplingRate()).isEqualTo(0.5);
		assertThat(united.type()).isEqualTo("feature.used");
		assertThat(united.purpose()).isEqualTo("See what is bought");
		assertThat(this.registry.specOf(united)).isNotNull();
	}

	@Test
	void tagsAndOwnersAreListedOnce() {
		this.registry.register(spec("b", "1", "b.b"));
		this.registry.register(spec("a", "1", "a.a"));
		assertThat(this.registry.owners()).containsExactly("@a", "@all", "@b");
		assertThat(this.registry.tags()).containsExactly("a", "b", "common");
		assertThat(this.registry.specsByOwner("@all")).hasSize(2);
		assertThat(this.registry.specsByTag("a")).extracting(TelemetrySpec::key).containsExactly("a");
	}

	private static TelemetrySpec spec(String key, String version, String event) {
		return TelemetrySpec.builder(key, version)
			.owners(List.of("@all", "@" + key))
			.tags(List.of("common", key))
			.event(EventDefinition.builder(event).build())
			.build();
	}

}
