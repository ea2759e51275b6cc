package dev.telemetry.autoconfigure;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.NoticeFactory;
import dev.telemetry.setting.Setting;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Writes the notice when everything that declares events exists, once.
 */
final class NoticePublisher {

	private final NoticeFactory factory;

	private final TelemetrySpecRegistry registry;

	private final StoredNotices notices;

	private final PinnedNotice pinned;

	private final Problems problems;

	NoticePublisher(NoticeFactory factory, TelemetrySpecRegistry registry, StoredNotices notices, PinnedNotice pinned,
			Problems problems) {
		this.pinned = pinned;
		this.factory = factory;
		this.registry = registry;
		this.notices = notices;
		this.problems = problems;
	}

	/**
	 * Without a notice a recorded grant does not open the gate; the application starts.
	 */
	void publish() {
		if (this.notices.today() != null) {
			return;
		}
		this.registry.seal();
		try {
			Notice today = this.factory.create(this.registry);
			this.notices.publish(today);
			checkPinned(today);
		}
		catch (RuntimeException ex) {
			this.problems.report(
					new Problem("telemetry", null,
							"what would be collected cannot be said, so no yes can be recorded: "
									+ ex.getClass().getSimpleName(),
							"see what the application's sinks say of themselves"));
		}
	}

	/** A hash of an earlier version counts, and does not see what that left open. */
	private void checkPinned(Notice today) {
		Notice named = this.notices.find(this.pinned.hash());
		if (named != null && named.isInFirstFormat() && named.covers(today)) {
			this.problems.report(new Problem(PinnedNotice.PROPERTY, this.pinned.origin(),
					"names the notice as an earlier version wrote it, which does not say which values and bounds"
							+ " properties have, when events expire, and who controls the data",
					"set it to " + today.hash()));
		}
	}

	/**
	 * The notice that a grant in configuration names.
	 *
	 * @param hash its hash, or {@code null} when none is named
	 * @param origin where it is configured, or {@code null}
	 */
	record PinnedNotice(@Nullable String hash, @Nullable String origin) {

		private static final String PROPERTY = "telemetry.consent.notice";

		static PinnedNotice of(TelemetrySettings settings, Environment environment) {
			return new PinnedNotice(settings.consent().notice(),
					SettingSources.of(environment)
						.findAll(PROPERTY)
						.stream()
						.map(Setting::origin)
						.findFirst()
						.orElse(null));
		}

	}

}
