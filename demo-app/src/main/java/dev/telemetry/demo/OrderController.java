package dev.telemetry.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The order desk over HTTP.
 */
@RestController
@RequestMapping("/orders")
class OrderController {

	private final OrderService orders;

	OrderController(OrderService orders) {
		this.orders = orders;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Order place(@RequestBody OrderRequest request) {
		return this.orders.place(request.sku(), request.quantity());
	}

	@GetMapping("/{id}")
	ResponseEntity<Order> find(@PathVariable String id) {
		return ResponseEntity.of(this.orders.find(id));
	}

	@GetMapping("/export")
	CompletableFuture<List<Order>> export() {
		return this.orders.export();
	}

	@ExceptionHandler
	ProblemDetail invalid(InvalidOrderException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

	/**
	 * What a customer sends.
	 *
	 * @param sku what to order, or {@code null} if the customer forgot
	 * @param quantity how many
	 */
	record OrderRequest(@Nullable String sku, int quantity) {

	}

}
