package dev.telemetry.actuate;

/**
 * A part of an answer whose fields stand among those of the whole, for who writes answers
 * without Jackson's data binding.
 */
public interface InlineDescriptor {

}
