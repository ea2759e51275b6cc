package dev.telemetry.demo;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyType;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * The order desk.
 */
@SpringBootApplication
public class DemoApplication {

	public static void main(String[] args) {
		SpringApplication.run(DemoApplication.class, args);
	}

	@Bean
	EventDefinition featureToggled() {
		return EventDefinition.builder("app.feature_toggled")
			.type("feature.used")
			.purpose("See which features are used")
			.property("feature", PropertyType.STRING)
			.build();
	}

}
