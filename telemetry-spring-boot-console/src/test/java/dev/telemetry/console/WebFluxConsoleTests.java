package dev.telemetry.console;

import org.springframework.boot.WebApplicationType;

class WebFluxConsoleTests extends AbstractConsoleWebTests {

	WebFluxConsoleTests() {
		super(WebApplicationType.REACTIVE);
	}

}
