package dev.telemetry.insight;

import java.io.IOException;

import dev.telemetry.insight.DurationCounts.Range;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the duration at one rank: each time the log is read, in a narrower range.
 */
final class RankSearch {

	private Range range;

	private @Nullable DurationCounts counts;

	RankSearch(Range range) {
		this.range = range;
	}

	boolean isDone() {
		return this.range.isExact();
	}

	/** Get ready for the next time. */
	void begin(ReportLimits limits, int slots) {
		this.counts = isDone() ? null : new DurationCounts(limits, slots, this.range.low());
	}

	void add(long bits, long weight) {
		if (this.counts != null && bits >= this.range.low() && bits <= this.range.high()) {
			this.counts.add(bits, weight);
		}
	}

	/** Take what was counted for a narrower range. */
	void narrow() throws IOException {
		if (this.counts != null) {
			Range found = this.counts.find(this.range.rank());
			this.counts.release();
			this.counts = null;
			if (found == null) {
				throw new IOException("it was changed while it was read; try again");
			}
			this.range = found;
		}
	}

	double duration() {
		return Double.longBitsToDouble(this.range.low());
	}

}
