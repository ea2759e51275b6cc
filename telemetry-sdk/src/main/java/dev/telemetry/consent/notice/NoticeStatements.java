package dev.telemetry.consent.notice;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a product states in its notice beside what is collected. Not in the hash of the
 * notice: to reword it needs no new consent.
 *
 * @param introduction who asks, and why, or {@code null}
 * @param privacyPolicy where the privacy policy is, or {@code null}
 * @param recipientRetention how long destinations store events, or {@code null}
 * @param thirdCountry to which country outside of the user's law events go and on what
 * grounds, or {@code null}
 * @param locale the language of every notice, or {@code null} for that of the user
 */
public record NoticeStatements(@Nullable String introduction, @Nullable String privacyPolicy,
		@Nullable String recipientRetention, @Nullable String thirdCountry, @Nullable Locale locale) {

	/** Nothing is stated. */
	public static final NoticeStatements NONE = new NoticeStatements(null, null, null, null, null);

}
