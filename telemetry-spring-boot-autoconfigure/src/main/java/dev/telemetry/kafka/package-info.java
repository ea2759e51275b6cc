/**
 * Sends events to Apache Kafka, as the application's Spring for Apache Kafka is set up.
 */
@Internal
@NullMarked
package dev.telemetry.kafka;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
