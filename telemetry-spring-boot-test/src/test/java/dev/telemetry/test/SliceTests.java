package dev.telemetry.test;

import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.sdk.TelemetrySdk;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.telemetry.test.TelemetryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the test kit in slices, and in tests of Spring without Spring Boot. */
class SliceTests {

	/** A slice of Spring MVC. */
	@Nested
	@WebMvcTest
	@ContextConfiguration(classes = Shop.class)
	class WebMvc {

		@Test
		void requestIsRecorded(@Autowired MockMvcTester mvc, @Autowired RecordedTelemetry recorded) {
			assertThat(mvc.post().uri("/orders")).hasStatusOk();
			assertThat(recorded).recorded("order.placed").once().withAttribute("items", 3);
		}

	}

	/** A slice of Spring WebFlux. */
	@Nested
	@WebFluxTest
	@ContextConfiguration(classes = Shop.class)
	class WebFlux {

		@Test
		void requestIsRecorded(@Autowired WebTestClient client, @Autowired RecordedTelemetry recorded) {
			client.post().uri("/orders").exchange().expectStatus().isOk();
			assertThat(recorded).recorded("order.placed").once().withAttribute("items", 3);
		}

	}

	/** A slice that imports nothing of ours. */
	@Nested
	@JsonTest
	@ContextConfiguration(classes = Shop.class)
	class Json {

		@Test
		void beansArePresent(@Autowired Shop.Orders orders, @Autowired RecordedTelemetry recorded) {
			orders.place("alice", 1);
			assertThat(recorded).recorded("order.placed").once();
		}

	}

	/** A context without Spring Boot. */
	@Nested
	@SpringJUnitConfig(Plain.class)
	class PlainSpring {

		@Test
		void callIsRecorded(@Autowired Shop.Orders orders, @Autowired RecordedTelemetry recorded) {
			orders.place("alice", 1);
			assertThat(recorded).recorded("order.placed").once();
			assertThat(recorded.status().problems()).isEmpty();
		}

	}

	/** Then an application has what it has without the kit. */
	@Nested
	@SpringBootTest(classes = Shop.class)
	@TestPropertySource(properties = { "telemetry.test.auto-configure=false", "telemetry.home=target/unused" })
	class WhenTurnedOff {

		@Test
		void gateIsClosedAsInTheApplication(@Autowired(required = false) RecordedTelemetry none,
				@Autowired TelemetrySdk sdk) {
			assertThat((Object) none).isNull();
			assertThat(sdk.gate().decision().state()).isIn(ConsentState.SUPPRESSED, ConsentState.UNDECIDED);
			assertThat(sdk.status().problems()).isEmpty();
		}

	}

	/** Without auto-configuration. */
	@Configuration(proxyBeanMethods = false)
	static class Plain {

		@Bean
		Shop.Orders orders(TelemetryContext telemetry) {
			return new Shop.Orders();
		}

	}

}
