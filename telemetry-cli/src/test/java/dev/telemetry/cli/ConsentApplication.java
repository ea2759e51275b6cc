package dev.telemetry.cli;

import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryCommandAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryEndpointAutoConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application with telemetry. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ TelemetryAutoConfiguration.class, TelemetryEndpointAutoConfiguration.class,
		TelemetryCommandAutoConfiguration.class })
class ConsentApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(ConsentApplication.class, arguments);
	}

}
