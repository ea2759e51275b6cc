package dev.telemetry.sdk;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What each tenant of an application allows; a bean of the application. Asked for every
 * event while consent is given, on the thread that records, so it answers from memory. It
 * can only narrow what is collected: whatever it says, nothing is recorded that would not
 * be without it. An event for which it throws is dropped.
 */
@FunctionalInterface
public interface TenantControls {

	/**
	 * Return the overrides of a tenant.
	 * @param tenantId the tenant, as named by {@link #currentTenant()} or by a
	 * {@link dev.telemetry.TrackContext}
	 * @return overrides for some events, all of which count; empty if it has none
	 */
	List<EventOverride> overrides(String tenantId);

	/**
	 * Return the tenant on whose behalf the current thread works, for events of which
	 * nothing else says it: of annotated methods, of the
	 * {@link dev.telemetry.TelemetryContext}, and of a {@link dev.telemetry.TrackContext}
	 * without a tenant. It is not recorded.
	 * @return the tenant, or {@code null} if the thread works for none
	 */
	default @Nullable String currentTenant() {
		return null;
	}

}
