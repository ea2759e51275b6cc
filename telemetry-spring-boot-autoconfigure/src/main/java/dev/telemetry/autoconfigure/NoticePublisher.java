package dev.telemetry.autoconfigure;

import dev.telemetry.NoticeFactory;
import dev.telemetry.consent.StoredNotices;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.spec.TelemetrySpecRegistry;

/**
 * Writes the notice when everything that declares events exists, once.
 */
final class NoticePublisher {

	private final NoticeFactory factory;

	private final TelemetrySpecRegistry registry;

	private final StoredNotices notices;

	private final Problems problems;

	NoticePublisher(NoticeFactory factory, TelemetrySpecRegistry registry, StoredNotices notices, Problems problems) {
		this.factory = factory;
		this.registry = registry;
		this.notices = notices;
		this.problems = problems;
	}

	/** Without a notice a recorded yes stays closed, and the application starts. */
	void publish() {
		if (this.notices.today() != null) {
			return;
		}
		this.registry.seal();
		try {
			this.notices.publish(this.factory.create(this.registry));
		}
		catch (RuntimeException ex) {
			this.problems.report(
					new Problem("telemetry", null,
							"what would be collected cannot be said, so no yes can be recorded: "
									+ ex.getClass().getSimpleName(),
							"see what the application's sinks say of themselves"));
		}
	}

}
