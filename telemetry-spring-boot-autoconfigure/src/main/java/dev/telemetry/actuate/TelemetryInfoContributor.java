package dev.telemetry.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetryStatus;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Says whether anything is collected, and which notice describes it. Never an identifier.
 */
public final class TelemetryInfoContributor implements InfoContributor {

	private final TelemetrySdk sdk;

	private final StoredNotices notices;

	/**
	 * Create the contributor.
	 * @param sdk knows what is collected
	 * @param notices knows today's notice
	 */
	public TelemetryInfoContributor(TelemetrySdk sdk, StoredNotices notices) {
		this.sdk = sdk;
		this.notices = notices;
	}

	@Override
	public void contribute(Info.Builder builder) {
		TelemetryStatus status = this.sdk.status();
		Map<String, Object> telemetry = new LinkedHashMap<>();
		telemetry.put("collecting", status.collecting());
		telemetry.put("state", status.consent().state().name());
		String notice = this.notices.current();
		if (notice != null) {
			telemetry.put("notice", notice);
		}
		builder.withDetail("telemetry", telemetry);
	}

}
