package dev.telemetry.demo;

import java.util.Locale;

import dev.telemetry.TelemetryContext;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Prints what to try, with the port the server really has.
 */
@Component
class WhereToGoNext {

	private final TelemetryContext telemetry;

	WhereToGoNext(TelemetryContext telemetry) {
		this.telemetry = telemetry;
	}

	@EventListener
	void print(WebServerInitializedEvent event) {
		if (event.getApplicationContext().getServerNamespace() != null) {
			return;
		}
		String base = "http://localhost:" + event.getWebServer().getPort();
		System.out.println(String.format(Locale.ROOT, """

				The order desk is open. Telemetry is %2$s.

				  %1$s/actuator/telemetryconsole           the page to look and decide on, in a browser
				  curl %1$s/actuator/telemetry                       what it does, and why
				  curl -X POST %1$s/actuator/telemetry/enable        say yes
				  curl -H 'Content-Type: application/json' -d '{"sku":"A-1","quantity":2}' %1$s/orders
				  curl '%1$s/actuator/telemetry/events?limit=5'      what was recorded
				  curl -X POST %1$s/actuator/telemetry/disable       say no
				""", base, this.telemetry.isCollecting() ? "on: consent is granted" : "off until you grant consent"));
	}

}
