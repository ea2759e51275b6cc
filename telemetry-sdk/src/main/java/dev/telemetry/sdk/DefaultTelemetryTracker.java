package dev.telemetry.sdk;

import java.util.Map;

import dev.telemetry.TelemetryTracker;
import dev.telemetry.TrackContext;
import dev.telemetry.TrackResult;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.event.DropReason;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The standard tracker: another way to the same recorder.
 *
 * @param sessions provides the recording session, if there is one
 * @param admission decides before anything is built
 */
record DefaultTelemetryTracker(RecordingSessions sessions, EventAdmission admission) implements TelemetryTracker {

	@Override
	public TrackResult track(@Nullable String name, @Nullable String version, @Nullable Map<String, ?> properties,
			@Nullable TrackContext context) {
		RecordingSession session = this.sessions.current();
		if (session == null) {
			return TrackResult.CONSENT_CLOSED;
		}
		try {
			// A sink that records telemetry itself would feed itself for ever
			if (name == null || DeliveryLane.isDeliveryThread()) {
				this.admission.refuseInvalid();
				return (name != null) ? TrackResult.DROPPED : TrackResult.UNKNOWN_EVENT;
			}
			EventRules rules = session.rules();
			EventRule rule = rules.find(name, version);
			if (rule == null) {
				session.refused(DropReason.UNDECLARED);
				return TrackResult.UNKNOWN_EVENT;
			}
			TrackContext known = (context != null) ? context : TrackContext.NONE;
			String tenant = (known.tenantId() != null) ? known.tenantId() : rules.currentTenant();
			return track(session, rules.narrow(rule, name, tenant), name, (properties != null) ? properties : Map.of(),
					known);
		}
		catch (Throwable ex) {
			session.lost(ex);
			return TrackResult.DROPPED;
		}
	}

	private TrackResult track(RecordingSession session, EventRule rule, String name, Map<String, ?> properties,
			TrackContext context) {
		TrackResult refusal = this.admission.refusal(rule, context.samplingKey());
		if (refusal != null) {
			return refusal;
		}
		EventDraft draft = EventDrafts.untaken(name);
		draft.take(session, rule, name, false);
		DefaultEventRecorder recorder = new DefaultEventRecorder(draft);
		for (PropertyDefinition property : rule.properties()) {
			String value = context.valueFor(property);
			if (value != null && !properties.containsKey(property.name())) {
				recorder.attribute(property.name(), value);
			}
		}
		properties.forEach(recorder);
		return recorder.complete();
	}

}
