package dev.telemetry.insight;

/**
 * How long calls took, in milliseconds. Each percentile is a duration that was measured:
 * the least one that as many percent of all do not exceed (nearest rank). A call weighs
 * as many as it stands for before sampling.
 *
 * @param count how many calls in the log say how long they took, at least 1
 * @param min the shortest
 * @param mean the average
 * @param p50 the median
 * @param p90 what 9 of 10 do not exceed
 * @param p99 what 99 of 100 do not exceed
 * @param max the longest
 */
public record DurationSummary(long count, double min, double mean, double p50, double p90, double p99, double max) {
}
