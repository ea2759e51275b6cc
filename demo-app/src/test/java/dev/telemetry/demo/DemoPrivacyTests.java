package dev.telemetry.demo;

import dev.telemetry.test.PrivacyContract;

import org.springframework.context.ConfigurableApplicationContext;

/** The order desk keeps what every application with telemetry owes its users. */
class DemoPrivacyTests implements PrivacyContract {

	@Override
	public Class<?> application() {
		return DemoApplication.class;
	}

	@Override
	public void exercise(ConfigurableApplicationContext context, String secret) {
		OrderController orders = context.getBean(OrderController.class);
		orders.place(new OrderController.OrderRequest(secret, 2));
		orders.export().join();
		context.getBean(FeatureController.class).toggle(secret);
	}

}
