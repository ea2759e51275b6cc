package dev.telemetry.actuate;

import org.springframework.boot.WebApplicationType;

class MvcTelemetryEndpointTests extends AbstractTelemetryEndpointWebTests {

	MvcTelemetryEndpointTests() {
		super(WebApplicationType.SERVLET);
	}

}
