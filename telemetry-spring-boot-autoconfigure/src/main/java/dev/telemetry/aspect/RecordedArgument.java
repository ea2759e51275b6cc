package dev.telemetry.aspect;

/**
 * An argument that becomes an attribute.
 *
 * @param index which argument, from 0
 * @param value the attribute
 */
record RecordedArgument(int index, RecordedValue value) {

}
