package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.storage.PrivateFile;

/**
 * An application that makes one annotated call between two marks, for
 * {@code scripts/MethodEntries.java}, which counts the methods that it enters.
 */
final class AnnotatedCall {

	private AnnotatedCall() {
	}

	public static void main(String[] arguments) throws IOException {
		Path home = Files.createTempDirectory("telemetry");
		try {
			TestApplication.runner(home)
				.withBean(Orders.class)
				.withPropertyValues(TestApplication.YES, "telemetry.undeclared=drop")
				.run((context) -> {
					Orders orders = context.getBean(Orders.class);
					// What is done once for each method, or remembered, is no part of it
					for (int i = 0; i < 10; i++) {
						orders.place(3, "web");
					}
					if (!TestApplication.telemetry(context).flush(TestApplication.LONG)) {
						throw new IllegalStateException(
								"not delivered: " + TestApplication.telemetry(context).status());
					}
					begin();
					orders.place(3, "web");
					end();
				});
		}
		finally {
			PrivateFile.eraseTree(home);
		}
	}

	private static void begin() {
	}

	private static void end() {
	}

	/** A number and a text are recorded, beside what every call has. */
	static class Orders {

		@TelemetryEvent(value = "order.placed", type = "feature.used", purpose = "plan the stock")
		public int place(@TelemetryAttribute("items") int items, @TelemetryAttribute("channel") String channel) {
			return items;
		}

	}

}
