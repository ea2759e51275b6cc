package dev.telemetry.actuate;

import org.springframework.boot.WebApplicationType;

class WebFluxTelemetryEndpointTests extends AbstractTelemetryEndpointWebTests {

	WebFluxTelemetryEndpointTests() {
		super(WebApplicationType.REACTIVE);
	}

}
