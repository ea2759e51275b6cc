package dev.telemetry.autoconfigure;

import java.util.Locale;

import dev.telemetry.autoconfigure.PropertyRules.Line;
import dev.telemetry.autoconfigure.PropertyRules.Syntax;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties under {@code telemetry.notice}, stated once as those of
 * {@link TelemetryProperties}.
 *
 * @param controller Who controls the data that is collected, as the notice names them. A
 * change needs new consent.
 * @param contact Contact for questions about the data that is collected, as the notice
 * names it.
 * @param introduction Who asks and why, as the first sentence of the notice.
 * @param privacyPolicy Where the privacy policy is, as the notice names it.
 * @param recipientRetention How long the destinations store events, as the notice states
 * it.
 * @param thirdCountry To which third country events go and on what grounds, as the notice
 * states it.
 * @param locale Language of every notice, for example 'de'. By default that of the user.
 */
@ConfigurationProperties("telemetry.notice")
record NoticeProperties(@Line(200) @Nullable String controller, @Line(200) @Nullable String contact,
		@Line(1000) @Nullable String introduction, @Line(1000) @Nullable String privacyPolicy,
		@Line(1000) @Nullable String recipientRetention, @Line(1000) @Nullable String thirdCountry,
		@Syntax(PropertySyntax.Language.class) @Nullable Locale locale) {

}
