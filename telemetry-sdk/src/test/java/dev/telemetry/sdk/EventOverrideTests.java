package dev.telemetry.sdk;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for {@link EventOverride}. */
class EventOverrideTests {

	@Test
	void matchesWhenNameFitsWhateverItsSeparators() {
		EventOverride exact = new EventOverride("user.log.in", false, 1);
		assertThat(exact.matches("user.log_in")).isTrue();
		assertThat(exact.matches("user.log.in.again")).isFalse();
	}

	@Test
	void matchesWhenPrefixFits() {
		EventOverride prefix = new EventOverride("cart.*", false, 1);
		assertThat(prefix.matches("cart.opened")).isTrue();
		assertThat(prefix.matches("carton.opened")).isFalse();
	}

	@Test
	void createWhenRateIsNoShareIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EventOverride("a", true, 1.5))
			.withMessageContaining("'samplingRate'");
	}

}
