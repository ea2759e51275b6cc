package dev.telemetry.autoconfigure;

import java.util.List;

import dev.telemetry.setting.SecretSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SecretSettings}. */
class SecretSettingsTests {

	private static final String SECRET = "Bearer s3cret";

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.headers", "telemetry.headers.Authorization", "telemetry.headers[0]",
			"telemetry.headers[0].Authorization", "Telemetry.Headers.x", "telemetry.http.headers",
			"telemetry.http.headers.X-Team", "telemetry.http.bearer-token", "telemetry.http.bearerToken",
			"telemetry.http.bearer_token", "telemetry.http.bearer-token[0]", "telemetry.posthog.api-key",
			"telemetry.segment.writeKey", "telemetry.datadog.api_key", "TELEMETRY_HEADERS",
			"TELEMETRY_HEADERS_X_API_KEY", "TELEMETRY_HEADERS_0", "telemetry_headers", "TELEMETRY_HTTP_HEADERS",
			"TELEMETRY_HTTP_HEADERS_X", "TELEMETRY_HTTP_BEARER_TOKEN", "TELEMETRY_HTTP_BEARERTOKEN",
			"TELEMETRY_POSTHOG_API_KEY", "TELEMETRY_POSTHOG_APIKEY", "TELEMETRY_SEGMENT_WRITE_KEY",
			"TELEMETRY_DATADOG_API_KEY", "ACME_TELEMETRY_HEADERS", "TELEMETRY_HEADRES",
			"telemetry.header.Authorization", "telemetry.http.token", "TELEMETRY_POSTHOG_KEY",
			"telemetry.telemetry.headers" })
	void shownWhenNameIsSecretOrUnknownIsHidden(String key) {
		assertThat(PropertyTree.SECRETS.shown(key, SECRET)).isEqualTo("******");
	}

	@ParameterizedTest
	@CsvSource({ "telemetry.metadata.team, blue", "telemetry.local-only, true", "TELEMETRY_OPT_IN, false",
			"telemetry.service-name, shop", "telemetry.events.order.placed.sampling-rate, 0.5",
			"TELEMETRY_METADATA_REGION, north", "telemetry.endpoint, https://collector.example.com/v1/logs",
			"telemetry.datadog.site, datadoghq.eu", "TELEMETRY_COLLECTOR_PORT, tcp://10.0.0.1:4318",
			"TELEMETRY_SERVICE_HOST, 10.0.0.1", "management.endpoints.web.exposure.include, 'telemetry,env'",
			"spring.application.name, telemetry-headers-shop", "HEADERS, x", "my.headers, x",
			"sun.java.command, shop.jar --telemetry.endpoint=https://collector.example.com",
			"telemetry.command, status" })
	void shownWhenNameIsNoSecretIsTheValue(String key, String value) {
		assertThat(PropertyTree.SECRETS.shown(key, value)).isEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource({ "https://user:s3cret@collector.example.com/v1/logs, https://******@collector.example.com/v1/logs",
			"https://s3cret@collector.example.com, https://******@collector.example.com",
			"//user:s3cret@collector.example.com, //******@collector.example.com",
			"user:s3cret@collector.example.com/x, ******@collector.example.com/x",
			"https://collector.example.com/v1/logs?key=s3cret, https://collector.example.com/v1/logs?******",
			"https://a:s3cret@b:s3cret@collector.example.com?a#b, https://******@collector.example.com?******",
			"https://collector.example.com#s3cret, https://collector.example.com?******" })
	void shownWhenAddressHoldsCredentialsIsWithoutThem(String value, String shown) {
		for (String key : List.of("telemetry.endpoint", "TELEMETRY_ENDPOINT", "telemetry.http.endpoint",
				"TELEMETRY_HTTP_ENDPOINT", "telemetry.deletion.http.url", "telemetry.posthog.host",
				"telemetry.segment.host", "telemetry.datadog.site")) {
			assertThat(PropertyTree.SECRETS.shown(key, value)).as(key).isEqualTo(shown);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "sun.java.command|shop.jar --telemetry.headers=Authorization: Bearer s3cret",
					"sun.java.command|shop.jar --telemetry.http.bearer-token=s3cret",
					"sun.java.command|shop.jar --telemetry.posthog.apiKey s3cret",
					"JAVA_TOOL_OPTIONS|-Dtelemetry.headers.Authorization=s3cret",
					"JDK_JAVA_OPTIONS|-Dtelemetry.segment.write_key=s3cret",
					"SPRING_APPLICATION_JSON|{\"telemetry\":{\"headers\":{\"Authorization\":\"s3cret\"}}}",
					"spring.application.json|{\"telemetry.datadog.api-key\": \"s3cret\"}",
					"SPRING_APPLICATION_JSON|{ \"telemetry\" : { \"http\" : { \"bearer-token\" : \"s3cret\" } } }",
					"SOME_SCRIPT|TELEMETRY_HEADERS='Authorization: s3cret' exec java" })
	void shownWhenValueOfAnotherSettingMentionsASecretIsHidden(String key, String value) {
		assertThat(PropertyTree.SECRETS.shown(key, value)).isEqualTo("******");
	}

	/** A new secret has to be told apart from other settings here. */
	@Test
	void shownOfEveryKnownNameHidesWhatIsCalledASecret() {
		for (String name : PropertyTree.NAMES.all()) {
			boolean secret = name.matches(".*(headers|token|key|secret|password|credential).*");
			String key = "telemetry." + switch (name) {
				case "metadata" -> "metadata.team";
				case "events" -> "events.order.placed.enabled";
				default -> name;
			};
			assertThat(PropertyTree.SECRETS.shown(key, SECRET).equals("******")).as(name).isEqualTo(secret);
		}
	}

}
