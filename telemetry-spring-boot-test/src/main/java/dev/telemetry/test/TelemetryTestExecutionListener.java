package dev.telemetry.test;

import dev.telemetry.consent.gate.ConsentGate;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;
import org.springframework.test.context.support.DependencyInjectionTestExecutionListener;

/**
 * Lets each test method begin with the consent of its class and without events. After
 * dependency injection, which may have loaded another context.
 */
final class TelemetryTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public int getOrder() {
		return DependencyInjectionTestExecutionListener.ORDER + 1;
	}

	@Override
	public void beforeTestMethod(TestContext test) {
		if (test.hasApplicationContext()) {
			ApplicationContext context = test.getApplicationContext();
			context.getBeanProvider(TestConsentStore.class).ifAvailable((store) -> {
				if (store.restore()) {
					context.getBeanProvider(ConsentGate.class).ifAvailable(ConsentGate::refresh);
				}
			});
			context.getBeanProvider(RecordedTelemetry.class).ifAvailable(RecordedTelemetry::clear);
		}
	}

}
