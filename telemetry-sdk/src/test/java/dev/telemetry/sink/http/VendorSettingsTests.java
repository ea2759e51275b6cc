package dev.telemetry.sink.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.telemetry.sink.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for {@link VendorSettings}. */
class VendorSettingsTests {

	private static final HttpSettings HTTP = new HttpSettings(URI.create("https://vendor.example.com/batch/"),
			HttpHeaders.NONE, true, Duration.ofSeconds(1), "telemetry.vendor.host");

	@Test
	void keyIsNeverShown() {
		VendorSettings settings = new VendorSettings(HTTP, "phc_SECRET-9f3");
		HttpSettings authorized = settings.with(HttpHeaders.of(Map.of("DD-API-KEY", settings.key())));
		assertThat(authorized.headers().names()).containsExactly("DD-API-KEY");
		assertThat(settings.toString() + authorized).contains("vendor.example.com").doesNotContain("SECRET");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SECRET:x", "SECRET\"}", "SECRET\r\nX: y", "SECR\u00c9T", "", " " })
	void whatIsNoKeyIsRefusedWithoutShowingIt(String key) {
		assertThat(VendorSettings.isKey(key)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> new VendorSettings(HTTP, key))
			.withMessageNotContaining("SECR");
		assertThat(VendorSettings.isKey("a".repeat(255))).isTrue();
		assertThat(VendorSettings.isKey("a".repeat(256))).isFalse();
	}

}
