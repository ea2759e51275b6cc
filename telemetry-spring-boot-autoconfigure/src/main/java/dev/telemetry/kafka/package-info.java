/**
 * Sends events to Apache Kafka, as the application's Spring for Apache Kafka is set up.
 */
@NullMarked
package dev.telemetry.kafka;

import org.jspecify.annotations.NullMarked;
