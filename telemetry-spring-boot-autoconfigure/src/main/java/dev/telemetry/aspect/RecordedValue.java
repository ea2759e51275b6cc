package dev.telemetry.aspect;

/**
 * A value, or a part of it, that becomes an attribute.
 *
 * @param key the key of the attribute
 * @param path the part of the value
 */
record RecordedValue(String key, PropertyPath path) {

}
