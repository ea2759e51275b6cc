package dev.telemetry.consent;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was said, found or left unsaid about consent.
 *
 * @param rule the number of the rule it belongs to, see {@link ConsentResolver}
 * @param input what it is called, for example {@code telemetry.enabled} or
 * {@code DO_NOT_TRACK}
 * @param value what it says, or {@code null} when it is absent
 * @param origin where it was found: a file and line, a variable; {@code null} when absent
 * @param packaged whether it came inside the application's own archive
 */
public record ConsentInput(int rule, String input, @Nullable String value, @Nullable String origin, boolean packaged) {

}
