package dev.telemetry.spec;

/**
 * The type of a declared property.
 */
public enum PropertyType {

	STRING, NUMBER, BOOLEAN, TIMESTAMP, JSON

}
