package dev.telemetry.sdk;

import java.time.InstantSource;

import dev.telemetry.TrackResult;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.event.DropReason;
import dev.telemetry.pipeline.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * Decides about an event before anything of it is built, and counts what it refuses.
 *
 * @param sampler decides by the rate
 * @param clock the wall clock
 * @param dropped counts
 */
record EventAdmission(Sampler sampler, InstantSource clock, DropCounters dropped) {

	/**
	 * Decide about an event.
	 * @param rule what was declared of it
	 * @param key what it has in common with events that are sampled together, or
	 * {@code null}
	 * @return why it is not to be recorded, or {@code null} if it is
	 */
	@Nullable TrackResult refusal(EventRule rule, @Nullable String key) {
		if (!rule.isDeclared() || (rule.expires() && rule.isExpired(this.clock.millis()))) {
			this.dropped.refuse(DropReason.UNDECLARED);
			return TrackResult.UNKNOWN_EVENT;
		}
		if (!rule.isEnabled() || !this.sampler.keeps(rule.samplingRate(), key)) {
			this.dropped.refuse(DropReason.SAMPLED);
			return rule.isEnabled() ? TrackResult.SAMPLED_OUT : TrackResult.DISABLED;
		}
		return null;
	}

	/** Count what cannot be an event at all. */
	void refuseInvalid() {
		this.dropped.refuse(DropReason.INVALID);
	}

}
