package dev.telemetry.consent.store;

import dev.telemetry.Internal;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.problem.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Tells the decisions of this tool from those of another one that has the same home.
 *
 * @param tool the name of this tool
 */
@Internal
public record ToolCheck(String tool) {

	/**
	 * Judge whose decision a record is.
	 * @param record the record
	 * @return why it does not count here and what to do, or {@code null}
	 */
	public @Nullable Found judge(ConsentRecord record) {
		if (record.tool().equals(this.tool)) {
			return null;
		}
		String given = PrintableText.of(record.tool());
		return new Found(null,
				(record.granted() ? "this consent was given to '" : "this denial was given to '") + given
						+ "', and this application is '" + PrintableText.of(this.tool) + "'",
				"set telemetry.home to a directory of its own, or telemetry.tool.name to '" + given
						+ "' if they are one tool");
	}

}
