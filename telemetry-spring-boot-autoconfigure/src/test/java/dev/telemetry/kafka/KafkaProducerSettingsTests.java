package dev.telemetry.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KafkaProducerSettings}. */
class KafkaProducerSettingsTests {

	@Test
	void toMapKeepsTheWayToTheServersAndNothingThatSeesEvents() {
		Map<String, Object> map = settings(Map.of("bootstrap.servers", "broker.example.com:9093", "security.protocol",
				"SASL_SSL", "interceptor.classes", "com.example.Spy", "metric.reporters", "com.example.Spy",
				"partitioner.class", "com.example.Own", "transactional.id", "app", "acks", "0", "linger.ms", 5000))
			.toMap();
		assertThat(map).containsEntry("bootstrap.servers", "broker.example.com:9093")
			.containsEntry("security.protocol", "SASL_SSL")
			.containsEntry("acks", "all")
			.containsEntry("linger.ms", 0)
			.containsEntry("max.request.size", 65536)
			.containsEntry("delivery.timeout.ms", 10_000)
			.containsEntry("enable.metrics.push", false)
			.doesNotContainKeys("interceptor.classes", "metric.reporters", "partitioner.class", "transactional.id");
	}

	@ParameterizedTest
	@CsvSource({ "localhost:9092, PLAINTEXT, false", "127.0.0.1:9092, PLAINTEXT, false", "[::1]:9092, PLAINTEXT, false",
			"'localhost:9092,broker.example.com:9092', PLAINTEXT, true", "localhost.example.com:9092, PLAINTEXT, true",
			"192.0.2.1:9092, PLAINTEXT, true", "broker.example.com:9092, SASL_PLAINTEXT, true",
			"broker.example.com:9093, SSL, false", "broker.example.com:9093, sasl_ssl, false" })
	void isInsecureLooksAtProtocolAndServers(String servers, String protocol, boolean insecure) {
		assertThat(settings(Map.of("bootstrap.servers", servers, "security.protocol", protocol)).isInsecure())
			.isEqualTo(insecure);
	}

	@ParameterizedTest
	@CsvSource({ "SASL_PLAINTEXT, PLAIN, true", "sasl_plaintext, oauthbearer, true", "SASL_SSL, PLAIN, true",
			"SASL_PLAINTEXT, SCRAM-SHA-512, false", "SASL_PLAINTEXT, GSSAPI, false", "PLAINTEXT, PLAIN, false",
			"SSL, PLAIN, false" })
	void sendsCredentialsLooksAtTheMechanism(String protocol, String mechanism, boolean sends) {
		assertThat(settings(Map.of("security.protocol", protocol, "sasl.mechanism", mechanism)).sendsCredentials())
			.isEqualTo(sends);
	}

	@Test
	void sendsCredentialsWhenMechanismIsNotSetIsKerberos() {
		assertThat(settings(Map.of("security.protocol", "SASL_PLAINTEXT")).sendsCredentials()).isFalse();
	}

	@Test
	void serversWhenListJoinsThem() {
		assertThat(settings(Map.of("bootstrap.servers", List.of("a.example.com:9092", "b.example.com:9092"))).servers())
			.isEqualTo("a.example.com:9092,b.example.com:9092");
	}

	@Test
	void isInsecureWhenNothingIsSetIsOnTheSafeSide() {
		assertThat(settings(Map.of()).isInsecure()).isTrue();
	}

	@Test
	void toMapConnectsLessAndLessOftenUnlessTheApplicationSaysHow() {
		assertThat(settings(Map.of()).toMap()).containsEntry("reconnect.backoff.ms", 1_000)
			.containsEntry("reconnect.backoff.max.ms", 60_000)
			.containsEntry("retry.backoff.max.ms", 30_000);
		assertThat(settings(Map.of("reconnect.backoff.max.ms", "500")).toMap())
			.containsEntry("reconnect.backoff.max.ms", "500")
			.doesNotContainKey("reconnect.backoff.ms")
			.containsEntry("retry.backoff.max.ms", 30_000);
		assertThat(settings(Map.of("reconnect.backoff.ms", 120_000, "retry.backoff.ms", 5)).toMap())
			.containsEntry("reconnect.backoff.ms", 120_000)
			.doesNotContainKeys("reconnect.backoff.max.ms", "retry.backoff.max.ms");
	}

	@Test
	void toMapDoesNotBeginAnewAgainAndAgainUnlessTheApplicationSaysSo() {
		assertThat(settings(Map.of()).toMap()).containsEntry("metadata.recovery.strategy", "none");
		assertThat(settings(Map.of("metadata.recovery.strategy", "rebootstrap")).toMap())
			.containsEntry("metadata.recovery.strategy", "rebootstrap");
	}

	private static KafkaProducerSettings settings(Map<String, Object> application) {
		return new KafkaProducerSettings(application, Duration.ofSeconds(10));
	}

}
