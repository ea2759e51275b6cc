package dev.telemetry;

import java.util.Map;

import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The standard tracker: another way to the same recorder.
 *
 * @param sessions give the session, if there is one
 * @param rules say what is declared
 * @param admission decides before anything is built
 */
record DefaultTelemetryTracker(RecordingSessions sessions, EventRules rules,
		EventAdmission admission) implements TelemetryTracker {

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
			EventRule rule = this.rules.find(name, version);
			if (rule == null) {
				session.droppedUndeclared();
				return TrackResult.UNKNOWN_EVENT;
			}
			TrackContext known = (context != null) ? context : TrackContext.NONE;
			String tenant = (known.tenantId() != null) ? known.tenantId() : this.rules.currentTenant();
			return track(session, this.rules.narrow(rule, name, tenant), name,
					(properties != null) ? properties : Map.of(), known);
		}
		catch (Throwable ex) {
			session.failed(ex);
			return TrackResult.DROPPED;
		}
	}

	private TrackResult track(RecordingSession session, EventRule rule, String name, Map<String, ?> properties,
			TrackContext context) {
		TrackResult refusal = this.admission.refusal(rule, context.samplingKey());
		if (refusal != null) {
			return refusal;
		}
		DefaultEventRecorder recorder = new DefaultEventRecorder(EventDrafts.take(session, rule, name, false));
		for (PropertyDefinition property : rule.properties()) {
			String value = context.valueFor(property);
			if (value != null && !properties.containsKey(property.name())) {
				recorder.attribute(property.name(), value);
			}
		}
		properties.forEach(recorder::attribute);
		return recorder.complete();
	}

}
