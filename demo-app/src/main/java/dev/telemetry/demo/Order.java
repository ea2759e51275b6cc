package dev.telemetry.demo;

/**
 * A placed order.
 *
 * @param id the number under which it can be looked up
 * @param sku what was ordered
 * @param quantity how many, at least 1
 */
record Order(String id, String sku, int quantity) {

}
