package dev.telemetry.benchmarks;

import java.util.Locale;

/**
 * A figure of the report.
 *
 * @param topic what is measured
 * @param system who is measured: ours or one of the others
 * @param value the figure
 * @param unit its unit
 * @param note what belongs to it, such as how many events were lost
 */
record Row(String topic, String system, double value, String unit, String note) {

	static Row of(String topic, String system, double value, String unit) {
		return new Row(topic, system, value, unit, "");
	}

	/** Return the figure as it is printed. */
	String text() {
		return String.format(Locale.ROOT, (this.value < 10) ? "%.2f %s" : "%.0f %s", this.value, this.unit);
	}

}
