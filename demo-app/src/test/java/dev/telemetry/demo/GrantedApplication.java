package dev.telemetry.demo;

import java.time.Duration;

import dev.telemetry.TelemetryContext;
import dev.telemetry.bare.BareApplication;
import dev.telemetry.consent.ConsentScope;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The bare application, and then somebody says yes and one event is recorded.
 */
final class GrantedApplication {

	private GrantedApplication() {
	}

	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(BareApplication.class, args);
		TelemetryContext telemetry = context.getBean(TelemetryContext.class);
		telemetry.gate().enable(ConsentScope.EXPORT, null, "command");
		telemetry.record("app.feature_toggled");
		telemetry.flush(Duration.ofSeconds(30));
		System.exit(SpringApplication.exit(context));
	}

}
