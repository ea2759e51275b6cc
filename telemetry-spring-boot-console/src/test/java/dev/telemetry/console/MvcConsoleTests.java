package dev.telemetry.console;

import org.springframework.boot.WebApplicationType;

class MvcConsoleTests extends AbstractConsoleWebTests {

	MvcConsoleTests() {
		super(WebApplicationType.SERVLET);
	}

}
