package dev.telemetry.spec;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests for {@link TelemetrySpecRegistry}. */
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

}
