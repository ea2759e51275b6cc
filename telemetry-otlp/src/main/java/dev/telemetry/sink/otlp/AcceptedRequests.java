package dev.telemetry.sink.otlp;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.ServerText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Says what a collector reports in spite of accepting a request. */
final class AcceptedRequests {

	private static final Log logger = LogFactory.getLog(AcceptedRequests.class);

	private final HttpSettings settings;

	private boolean told;

	AcceptedRequests(HttpSettings settings) {
		this.settings = settings;
	}

	/**
	 * Return what went wrong.
	 * @param partial what it says about that
	 * @param events how many events the request held
	 * @return the failure, or {@code null} if all events were taken
	 */
	@Nullable TelemetryException failure(PartialSuccess partial, int events) {
		int rejected = (int) Math.max(0, Math.min(partial.rejected(), events));
		if (rejected == 0) {
			if (!partial.message().isEmpty() && !this.told) {
				this.told = true;
				logger.info("Telemetry receiver " + this.settings.hostAndPort() + " says: "
						+ ServerText.of(partial.message()));
			}
			return null;
		}
		String text = this.settings.hostAndPort() + " rejected " + rejected + " of " + events + " events"
				+ ServerText.quote(partial.message());
		return new TelemetryException(Kind.OTLP, text, Reaction.BISECT, null, null).withProgress(events, rejected);
	}

}
