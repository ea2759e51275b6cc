package dev.telemetry.autoconfigure;

import dev.telemetry.kafka.KafkaSinkFactory;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;

/**
 * {@link AutoConfiguration Auto-configuration} for the Kafka sink, which reaches what the
 * application's own Spring for Apache Kafka reaches. Whether there is a topic is asked at
 * run time, so that ahead-of-time processing freezes nothing: without one the bean is
 * {@code null}, which is none.
 */
@AutoConfiguration(after = TelemetryAutoConfiguration.class,
		afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnBean(value = TelemetrySettings.class, search = SearchStrategy.CURRENT)
public final class TelemetryKafkaAutoConfiguration {

	private static final String TOPIC = "telemetry.kafka.topic";

	private static @Nullable TelemetrySinkFactory unreachable(Problems problems, String why, String action) {
		problems.report(new Problem(TOPIC, null, why + ": nothing is sent", action));
		return null;
	}

	/** Spring for Apache Kafka is there. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ProducerFactory.class)
	static class ProducerConfiguration {

		@Bean
		@Nullable TelemetrySinkFactory telemetryKafkaSinkFactory(TelemetrySettings settings,
				ObjectProvider<ProducerFactory<?, ?>> producers, Problems problems, SentLog sent) {
			TelemetrySettings.Kafka kafka = settings.sinks().kafka();
			if (kafka == null) {
				return null;
			}
			ProducerFactory<?, ?> producer = producers.getIfUnique();
			if (producer == null) {
				return unreachable(problems, "is set, but there is no single ProducerFactory",
						"add 'org.springframework.boot:spring-boot-starter-kafka', or mark one as primary");
			}
			KafkaSinkFactory factory = new KafkaSinkFactory(kafka.topic(), kafka.exportTimeout(),
					producer.getConfigurationProperties(), sent);
			return judge(factory, kafka.allowInsecure(), problems);
		}

		private static @Nullable TelemetrySinkFactory judge(KafkaSinkFactory factory, boolean allowInsecure,
				Problems problems) {
			String tls = "set spring.kafka.security.protocol to SSL or SASL_SSL";
			if (factory.exposesCredentials()) {
				return unreachable(problems, "would send credentials in plain text to " + factory.target(), tls);
			}
			if (factory.isInsecure() && !allowInsecure) {
				return unreachable(problems, "is reached in plain text at " + factory.target(),
						tls + ", or set telemetry.allow-insecure");
			}
			if (factory.isInsecure()) {
				problems.report(new Problem(TOPIC, null, "is reached in plain text at " + factory.target(), tls));
			}
			return factory;
		}

	}

	/** It is not. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.kafka.core.ProducerFactory")
	static class NoProducerConfiguration {

		@Bean
		@Nullable TelemetrySinkFactory telemetryKafkaSinkFactory(TelemetrySettings settings, Problems problems) {
			return (settings.sinks().kafka() != null)
					? unreachable(problems, "is set, but Spring for Apache Kafka is not on the class path",
							"add 'org.springframework.boot:spring-boot-starter-kafka'")
					: null;
		}

	}

}
