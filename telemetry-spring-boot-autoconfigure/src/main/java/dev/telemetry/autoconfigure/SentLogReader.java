package dev.telemetry.autoconfigure;

/**
 * As a bean, says that what was sent can be looked at here. Without it nothing is
 * remembered.
 */
record SentLogReader() {

}
