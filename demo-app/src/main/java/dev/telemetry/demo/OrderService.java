package dev.telemetry.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Takes orders. The annotated methods become events once consent is granted; until then
 * they are plain method calls.
 */
@Service
class OrderService {

	private final Map<String, Order> orders = new ConcurrentHashMap<>();

	@TelemetryEvent(value = "order.placed", purpose = "See how large orders are and how often they fail")
	public Order place(@Nullable String sku, @TelemetryAttribute("items") int quantity) {
		if (sku == null || sku.isBlank()) {
			throw new InvalidOrderException("Cannot order without a sku");
		}
		if (quantity < 1) {
			throw new InvalidOrderException("Cannot order " + quantity + " of " + sku);
		}
		Order order = new Order(UUID.randomUUID().toString(), sku, quantity);
		this.orders.put(order.id(), order);
		return order;
	}

	Optional<Order> find(String id) {
		return Optional.ofNullable(this.orders.get(id));
	}

	@TelemetryEvent(value = "orders.exported", purpose = "See how long exports take")
	@TelemetryAttribute(value = "count", path = "size")
	public CompletableFuture<List<Order>> export() {
		return CompletableFuture.supplyAsync(() -> List.copyOf(this.orders.values()));
	}

}
