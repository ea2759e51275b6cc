package dev.telemetry;

import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf something happened. Nothing of it is recorded by itself: a value gets
 * into an event where that declares a property of its name ({@code userId} or
 * {@code user_id}) and the caller passes none, and is redacted as declared. User and
 * session are left out where the property is not declared personal, since that would keep
 * them in clear.
 * <p>
 * Events of one session, or without one of one user, are sampled together.
 *
 * @param tenantId the tenant
 * @param organizationId the organization
 * @param userId the user
 * @param sessionId the session of the user
 * @param actor what kind of user, for example {@code anonymous}, {@code user} or
 * {@code admin}
 * @param channel how it was reached, for example {@code web}, {@code mobile}, {@code job}
 */
public record TrackContext(@Nullable String tenantId, @Nullable String organizationId, @Nullable String userId,
		@Nullable String sessionId, @Nullable String actor, @Nullable String channel) {

	/** Without a tenant, organization, user or user session. */
	public static final TrackContext NONE = new TrackContext(null, null, null, null, null, null);

	/**
	 * Return the context of a session.
	 * @param sessionId the session
	 * @return a context without anything else
	 */
	public static TrackContext ofSession(String sessionId) {
		return NONE.withSession(sessionId);
	}

	public TrackContext withTenant(@Nullable String tenantId) {
		return new TrackContext(tenantId, this.organizationId, this.userId, this.sessionId, this.actor, this.channel);
	}

	public TrackContext withOrganization(@Nullable String organizationId) {
		return new TrackContext(this.tenantId, organizationId, this.userId, this.sessionId, this.actor, this.channel);
	}

	public TrackContext withUser(@Nullable String userId) {
		return new TrackContext(this.tenantId, this.organizationId, userId, this.sessionId, this.actor, this.channel);
	}

	public TrackContext withSession(@Nullable String sessionId) {
		return new TrackContext(this.tenantId, this.organizationId, this.userId, sessionId, this.actor, this.channel);
	}

	public TrackContext withActor(@Nullable String actor) {
		return new TrackContext(this.tenantId, this.organizationId, this.userId, this.sessionId, actor, this.channel);
	}

	public TrackContext withChannel(@Nullable String channel) {
		return new TrackContext(this.tenantId, this.organizationId, this.userId, this.sessionId, this.actor, channel);
	}

	public @Nullable String samplingKey() {
		return (this.sessionId != null) ? this.sessionId : this.userId;
	}

	/** Return what may be recorded as a property, or {@code null}. */
	public @Nullable String valueFor(PropertyDefinition property) {
		return switch (property.name()) {
			case "tenantId", "tenant_id" -> this.tenantId;
			case "organizationId", "organization_id" -> this.organizationId;
			case "userId", "user_id" -> property.keptInClear() ? null : this.userId;
			case "sessionId", "session_id" -> property.keptInClear() ? null : this.sessionId;
			case "actor" -> this.actor;
			case "channel" -> this.channel;
			default -> null;
		};
	}

	@Override
	public String toString() {
		return "TrackContext";
	}

}
