package com.example;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;

public class OrderService {

	@TelemetryEvent(value = "order.placed", purpose = "plan the stock")
	public void place(@TelemetryAttribute("items") int items, @TelemetryAttribute("total") double total) {
	}

}
