package dev.telemetry.kafka;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.security.auth.login.LoginException;

import dev.telemetry.problem.CauseChain;
import dev.telemetry.problem.ThreadShortage;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.TlsFailure;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no producer, or why it did not deliver. The messages of Kafka may hold a
 * password or a path, so none of them is shown.
 */
enum KafkaFailure {

	JAAS("has no credentials for SASL; set 'spring.kafka.jaas.*' or 'spring.kafka.properties.sasl.jaas.config'",
			Reaction.HOLD),

	MECHANISM("does not offer the mechanism of SASL; check 'spring.kafka.properties.sasl.mechanism'", Reaction.HOLD),

	CREDENTIALS("refuses the credentials; check 'spring.kafka.properties.sasl.jaas.config'", Reaction.HOLD),

	NOT_ALLOWED("does not allow these credentials to write; grant them WRITE on the topic", Reaction.HOLD),

	TOPIC("does not take the name of the topic; check 'telemetry.kafka.topic'", Reaction.HOLD),

	VERSION("is too old for the client of the application", Reaction.HOLD),

	SERVERS("has no server whose name can be resolved; check 'spring.kafka.bootstrap-servers' and the name server",
			Reaction.RETRY),

	ADDRESS("is no list of servers; write each in 'spring.kafka.bootstrap-servers' as host:port", Reaction.HOLD),

	STORES("has a key or trust store that cannot be used; check 'spring.kafka.ssl.*'", Reaction.HOLD),

	THREAD("gets no thread from the system; raise the limit of processes and threads of this user", Reaction.RETRY),

	NO_TOPIC("has no such topic; create it, or check 'telemetry.kafka.topic'", Reaction.RETRY),

	NOT_REACHED("cannot be reached; check 'spring.kafka.bootstrap-servers', the network, and that a broker runs there",
			Reaction.RETRY),

	OTHER_PROTOCOL("takes connections and does not answer them as Kafka does; check the ports of"
			+ " 'spring.kafka.bootstrap-servers' and 'spring.kafka.security.protocol'", Reaction.RETRY),

	LATE("answers and did not acknowledge in time; check the 'advertised.listeners' and the in-sync replicas of its"
			+ " brokers", Reaction.RETRY);

	private static final String SERVERS_PROPERTY = "spring.kafka.bootstrap-servers";

	private static final String TLS_PROPERTY = "spring.kafka.ssl";

	/** What Kafka says of a setting: only its name is shown. */
	private static final Pattern SETTING = Pattern.compile("(?s).*for configuration ([a-z][a-z0-9._]{0,99})(:.*|$)");

	private final String text;

	private final Reaction reaction;

	KafkaFailure(String text, Reaction reaction) {
		this.text = text;
		this.reaction = reaction;
	}

	/**
	 * Return what a failure means for the lane.
	 * @param target the servers and the topic
	 * @param failure what was thrown
	 * @param metrics what the producer counted, if there is one
	 * @return the failure of the sink
	 */
	static TelemetryException describe(String target, Throwable failure, Map<MetricName, ? extends Metric> metrics) {
		KafkaFailure known = isLate(failure) ? late(metrics) : of(failure);
		if (known != null) {
			return known.exception(target, failure);
		}
		TlsFailure tls = TlsFailure.of(failure);
		if (tls != null) {
			return new TelemetryException(Kind.IO, tls.describe(target, SERVERS_PROPERTY, TLS_PROPERTY), Reaction.HOLD,
					null, failure);
		}
		String setting = setting(failure);
		if (setting != null) {
			return new TelemetryException(Kind.IO,
					target + " has a setting that Kafka does not take; check '" + setting + "' in 'spring.kafka'",
					Reaction.HOLD, null, failure);
		}
		return new TelemetryException(Kind.IO, target + " did not take it: " + failure.getClass().getSimpleName(),
				Reaction.RETRY, null, failure);
	}

	private TelemetryException exception(String target, Throwable failure) {
		return new TelemetryException(Kind.IO, target + " " + this.text, this.reaction, null, failure);
	}

	private static @Nullable KafkaFailure of(Throwable failure) {
		if (CauseChain.has(failure, (cause) -> cause instanceof LoginException || says(cause, "jaas configuration"))) {
			return JAAS;
		}
		if (CauseChain.has(failure, UnsupportedSaslMechanismException.class::isInstance)) {
			return MECHANISM;
		}
		if (CauseChain.has(failure, SaslAuthenticationException.class::isInstance)) {
			return CREDENTIALS;
		}
		if (CauseChain.has(failure, AuthorizationException.class::isInstance)) {
			return NOT_ALLOWED;
		}
		if (CauseChain.has(failure, InvalidTopicException.class::isInstance)) {
			return TOPIC;
		}
		if (CauseChain.has(failure, UnknownTopicOrPartitionException.class::isInstance)) {
			return NO_TOPIC;
		}
		if (CauseChain.has(failure, UnsupportedVersionException.class::isInstance)) {
			return VERSION;
		}
		return ofTheMachine(failure);
	}

	private static @Nullable KafkaFailure ofTheMachine(Throwable failure) {
		if (CauseChain.has(failure,
				(cause) -> cause instanceof ConfigException && says(cause, "no resolvable bootstrap"))) {
			return SERVERS;
		}
		if (CauseChain.has(failure,
				(cause) -> cause instanceof ConfigException && says(cause, "in bootstrap.servers"))) {
			return ADDRESS;
		}
		if (CauseChain.has(failure, (cause) -> cause instanceof KafkaException && says(cause, "failed to load ssl"))) {
			return STORES;
		}
		if (ThreadShortage.isCauseOf(failure)) {
			return THREAD;
		}
		return null;
	}

	/** Kafka names the topic as the cause, or nothing. */
	private static boolean isLate(Throwable failure) {
		boolean late = failure instanceof TimeoutException || failure instanceof java.util.concurrent.TimeoutException;
		return late && failure.getCause() == null;
	}

	/** Its time-outs are all alike: how far it got tells them apart. */
	private static KafkaFailure late(Map<MetricName, ? extends Metric> metrics) {
		if (count(metrics, "connection-creation-total") > 0 && count(metrics, "response-total") == 0) {
			return OTHER_PROTOCOL;
		}
		return (count(metrics, "connection-count") > 0) ? LATE : NOT_REACHED;
	}

	/**
	 * Return whether brokers were there once and are not any more.
	 * @param metrics what the producer counted
	 * @return whether the producer has lost them
	 */
	static boolean isLost(Map<MetricName, ? extends Metric> metrics) {
		return count(metrics, "response-total") > 0 && count(metrics, "connection-count") == 0;
	}

	private static double count(Map<MetricName, ? extends Metric> metrics, String name) {
		return metrics.entrySet()
			.stream()
			.filter((metric) -> metric.getKey().group().equals("producer-metrics")
					&& metric.getKey().name().equals(name))
			.mapToDouble(
					(metric) -> (metric.getValue().metricValue() instanceof Number number) ? number.doubleValue() : 0)
			.sum();
	}

	private static @Nullable String setting(Throwable failure) {
		for (Throwable cause : CauseChain.of(failure)) {
			Matcher setting = SETTING.matcher(String.valueOf(cause.getMessage()));
			if (cause instanceof ConfigException && setting.matches()) {
				return setting.group(1);
			}
		}
		return null;
	}

	private static boolean says(Throwable cause, String text) {
		return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(text);
	}

}
