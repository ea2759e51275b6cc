package dev.telemetry.test;

import dev.telemetry.TelemetryContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.SpringBootTest;

import static dev.telemetry.test.TelemetryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests for {@link TelemetryExtension}. */
class TelemetryExtensionTests {

	/** Registered, without Spring. */
	@Nested
	class Registered {

		@RegisterExtension
		private final TelemetryExtension telemetry = new TelemetryExtension();

		@RepeatedTest(2)
		void eachTestBeginsWithoutEvents() {
			this.telemetry.context().record("order.placed");
			assertThat(this.telemetry.recorded()).recorded("order.placed").once();
		}

		@Test
		void parameterIsWhatTheExtensionReturns(RecordedTelemetry recorded, TelemetryContext context) {
			assertThat((Object) recorded).isSameAs(this.telemetry.recorded());
			assertThat(context).isSameAs(this.telemetry.context());
		}

	}

	/** As an annotation, without Spring. */
	@Nested
	@ExtendWith(TelemetryExtension.class)
	class Annotated {

		private TelemetryContext context;

		@BeforeEach
		void setUp(TelemetryContext context) {
			this.context = context;
		}

		@Test
		void parametersOfOneTestBelongTogether(RecordedTelemetry recorded) {
			this.context.record("order.placed");
			assertThat(recorded).recorded("order.placed").once();
		}

	}

	/** With Spring the parameters are beans. */
	@Nested
	@SpringBootTest(classes = Shop.class)
	@ExtendWith(TelemetryExtension.class)
	class WithSpring {

		@Test
		void parametersAreBeans(RecordedTelemetry recorded, TelemetryContext context) {
			context.record("order.listed");
			assertThat(recorded).recorded("order.listed").once();
		}

	}

	@Test
	void recordedOutsideOfATestSaysSo() {
		assertThatIllegalStateException().isThrownBy(new TelemetryExtension()::recorded)
			.withMessageContaining("outside of a test method");
	}

}
