package dev.telemetry.test;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application as a user has one: it declares an event by an annotation. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Shop {

	@Bean
	Orders orders() {
		return new Orders();
	}

	/** The annotated methods. */
	static class Orders {

		@TelemetryEvent("order.placed")
		public int place(String customer, @TelemetryAttribute("items") int items) {
			if (items == 0) {
				throw new IllegalArgumentException("nothing ordered by " + customer);
			}
			return items;
		}

	}

	/** Reaches them over HTTP; a bean because it is a member of the application. */
	@RestController
	static class OrderController {

		private final Orders orders;

		OrderController(Orders orders) {
			this.orders = orders;
		}

		@PostMapping("/orders")
		int place() {
			return this.orders.place("alice", 3);
		}

	}

}
