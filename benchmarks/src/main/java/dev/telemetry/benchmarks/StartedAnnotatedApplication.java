package dev.telemetry.benchmarks;

import dev.telemetry.annotation.TelemetryEvent;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with a bean that records. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartedAnnotatedApplication {

	public static void main(String[] arguments) {
		StartedApplication.start(StartedAnnotatedApplication.class, arguments);
	}

	@Bean
	Orders orders() {
		return new Orders();
	}

	/** Places orders. */
	static class Orders {

		@TelemetryEvent("order.placed")
		public void place() {
		}

	}

}
