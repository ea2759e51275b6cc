package dev.telemetry.autoconfigure;

import java.util.Map;

import dev.telemetry.TelemetryContext;
import dev.telemetry.annotation.TelemetryEvent;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** A user's slice whose controller wants the front door starts, and records nothing. */
@WebFluxTest(properties = "telemetry.home=target/slice-home")
class WebFluxSliceTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private OrderController controller;

	@Test
	void controllerWhenItWantsTheContextGetsIt() {
		this.client.get().uri("/orders").exchange().expectBody().json("{\"collecting\":false}");
		assertThat(AopUtils.isAopProxy(this.controller)).isTrue();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(OrderController.class)
	static class Application {

	}

	@RestController
	static class OrderController {

		private final TelemetryContext telemetry;

		OrderController(TelemetryContext telemetry) {
			this.telemetry = telemetry;
		}

		@GetMapping("/orders")
		@TelemetryEvent("order.listed")
		public Map<String, Boolean> list() {
			this.telemetry.record("order.asked");
			return Map.of("collecting", this.telemetry.isCollecting());
		}

	}

}
