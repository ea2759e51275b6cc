package dev.telemetry.demo;

import java.time.Duration;

import dev.telemetry.bare.BareApplication;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.sdk.TelemetrySdk;

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
		TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
		telemetry.gate().enable(ConsentScope.EXPORT, null, "command");
		telemetry.context().record("app.feature_toggled");
		telemetry.flush(Duration.ofSeconds(30));
		System.exit(SpringApplication.exit(context));
	}

}
