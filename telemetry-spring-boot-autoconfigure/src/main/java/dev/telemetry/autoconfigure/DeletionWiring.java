package dev.telemetry.autoconfigure;

import java.net.URI;
import java.time.InstantSource;

import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.DeletionSettings;
import dev.telemetry.deletion.EventDeletionRequestor;
import dev.telemetry.deletion.HttpDeletionRequestor;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is asked for deletion: the application's own requestor, a URL, a mail
 * address, an event, in this order.
 *
 * @param settings what was configured
 * @param gate knows of vetoes
 * @param cap says what keeps everything on this machine
 * @param problems told about what cannot be done
 * @param sent remembers what is sent
 */
record DeletionWiring(TelemetrySettings settings, ConsentGate gate, ProtectiveCap cap, Problems problems,
		SentLog sent) {

	private static final String NO_ID = "events are sent without an identifier: it cannot be told which of them came"
			+ " from this installation, so their deletion cannot be requested";

	DeletionRequests requests(@Nullable DeletionRequestor supplied, @Nullable TelemetrySinkFactory remote) {
		DeletionRequestor requestor = (supplied != null) ? supplied : configured(remote);
		boolean anonymous = this.settings.machineId().mode() == MachineIdMode.NONE || this.settings.home() == null;
		DeletionSettings deletion = new DeletionSettings(TelemetryWiring.toolName(this.settings), requestor,
				this.settings.deletion().address(), (anonymous && remote != null) ? NO_ID : null);
		return new DeletionRequests(deletion, this.settings.home(), this::hold, this.problems,
				DeliveryRuntime.system());
	}

	private @Nullable DeletionRequestor configured(@Nullable TelemetrySinkFactory remote) {
		TelemetrySettings.Deletion deletion = this.settings.deletion();
		URI url = deletion.url();
		if (url != null) {
			return new HttpDeletionRequestor(url, this.sent);
		}
		if (deletion.address() != null || !deletion.event()) {
			return null;
		}
		if (remote == null) {
			this.problems.report(new Problem("telemetry.deletion.event", null,
					"there is no remote sink that could carry the event", "set telemetry.deletion.http.url instead"));
			return null;
		}
		return new EventDeletionRequestor(remote, this.settings.tool().version(), InstantSource.system());
	}

	/** Say for the notice who is asked for deletion. */
	static String channel(TelemetrySettings settings, @Nullable DeletionRequestor supplied) {
		TelemetrySettings.Deletion deletion = settings.deletion();
		URI url = deletion.url();
		if (supplied != null) {
			return supplied.getClass().getName();
		}
		if (url != null) {
			return "http " + url.getScheme() + "://" + url.getRawAuthority();
		}
		return (deletion.address() != null) ? "email " + deletion.address() : deletion.event() ? "event" : "none";
	}

	/** Looked at anew before every attempt. */
	private @Nullable String hold() {
		String veto = this.gate.veto();
		if (veto != null) {
			return veto;
		}
		ConsentCap protective = this.cap.get();
		return (protective != null) ? protective.reason() : this.settings.sinks().insecure();
	}

}
