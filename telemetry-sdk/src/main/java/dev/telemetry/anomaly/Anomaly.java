package dev.telemetry.anomaly;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A value outside of its declared bounds, or the first one that is inside again.
 *
 * @param event the name of the event
 * @param version the version of its declaration
 * @param metric the name of the property
 * @param bound which bound it is about
 * @param value the value
 * @param limit the bound: a value, or a percentage for {@link Bound#CHANGE}
 * @param baseline the moving average before this value, or {@code null} if there is none
 * yet
 * @param recovered whether the value is inside again
 * @param timestamp when the event happened
 */
public record Anomaly(String event, String version, String metric, Bound bound, double value, double limit,
		@Nullable Double baseline, boolean recovered, Instant timestamp) {

	@Override
	public String toString() {
		String subject = this.metric + " " + this.value + " of " + this.event;
		if (this.recovered) {
			return subject + " is as it should be again";
		}
		return switch (this.bound) {
			case MIN -> subject + " is below " + this.limit;
			case MAX -> subject + " is above " + this.limit;
			case CHANGE -> subject + " differs by more than " + this.limit + "% from its average " + this.baseline;
		};
	}

	/** What a value is held to. */
	public enum Bound {

		/** The least it should be. */
		MIN,

		/** The most it should be. */
		MAX,

		/** By how many percent it may differ from its moving average. */
		CHANGE

	}

}
