package dev.telemetry.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link AutoConfiguration Auto-configuration} for telemetry: the gate, the entry point
 * and what they need. No condition here decides about consent, since conditions are
 * frozen by ahead-of-time processing: the beans exist always, and the gate decides at run
 * time. A child of a context that has telemetry has none of its own, see
 * {@link TelemetryChildContextAutoConfiguration}.
 */
@AutoConfiguration(after = ProjectInfoAutoConfiguration.class)
@ConditionalOnMissingBean(TelemetrySettings.class)
@Import({ TelemetrySettingsConfiguration.class, TelemetryConsentConfiguration.class,
		TelemetryRecordingConfiguration.class, TelemetryDeliveryConfiguration.class,
		TelemetryDeletionConfiguration.class })
@ImportRuntimeHints(TelemetryRuntimeHints.class)
public final class TelemetryAutoConfiguration {

}
