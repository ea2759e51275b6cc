package dev.telemetry.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How our producer is set up: it reaches the servers that the application's producers
 * reach, with their TLS and credentials, and delivers as we promise to.
 */
final class KafkaProducerSettings {

	/** One request carries at most this. */
	private static final int MAX_REQUEST = 64 * 1024;

	/** Would show events to the application's code, or depend on its keys. */
	private static final List<String> NOT_OURS = List.of(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
			ProducerConfig.PARTITIONER_CLASS_CONFIG, ProducerConfig.TRANSACTIONAL_ID_CONFIG,
			ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
			ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ProducerConfig.RETRIES_CONFIG);

	private static final Pattern PROVING = Pattern.compile("GSSAPI|SCRAM-.+");

	/** Begins like an address, so that it is never looked up. */
	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*");

	private final Map<String, Object> application;

	private final Duration timeout;

	KafkaProducerSettings(Map<String, Object> application, Duration timeout) {
		this.application = Map.copyOf(application);
		this.timeout = timeout;
	}

	Map<String, Object> toMap() {
		int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, this.timeout.toMillis()));
		Map<String, Object> settings = new HashMap<>(this.application);
		NOT_OURS.forEach(settings::remove);
		settings.put(ProducerConfig.CLIENT_ID_CONFIG, "telemetry");
		settings.put(ProducerConfig.ACKS_CONFIG, "all");
		settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
		settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
		settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST);
		settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
		settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
		settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
		// The broker could subscribe to metrics of the client: consent does not cover
		// those
		settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
		backOff(settings, ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 1_000,
				ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 60_000);
		backOff(settings, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 100, ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG,
				30_000);
		// Else Kafka begins anew, and says so, ten times a second while no broker is
		// there;
		// we make another producer instead
		settings.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
		return settings;
	}

	/**
	 * Kafka logs several lines at each attempt, and its own defaults make one a second.
	 * What the application says of either value counts for both: the first must not
	 * exceed the second.
	 */
	private static void backOff(Map<String, Object> settings, String first, int firstMillis, String most,
			int mostMillis) {
		if (!settings.containsKey(first) && !settings.containsKey(most)) {
			settings.put(first, firstMillis);
			settings.put(most, mostMillis);
		}
	}

	String servers() {
		return String.join(",", serverList());
	}

	boolean isInsecure() {
		String protocol = String.valueOf(this.application.getOrDefault("security.protocol", "PLAINTEXT"));
		boolean encrypted = protocol.toUpperCase(Locale.ROOT).endsWith("SSL");
		return !encrypted && !serverList().stream().allMatch(KafkaProducerSettings::isLoopback);
	}

	/**
	 * Return whether a password or token travels as it is unless TLS hides it. SCRAM and
	 * Kerberos prove that they know a secret and do not send it.
	 */
	boolean sendsCredentials() {
		String protocol = String.valueOf(this.application.getOrDefault("security.protocol", "PLAINTEXT"));
		String mechanism = String.valueOf(this.application.getOrDefault("sasl.mechanism", "GSSAPI"));
		return protocol.toUpperCase(Locale.ROOT).startsWith("SASL")
				&& !PROVING.matcher(mechanism.toUpperCase(Locale.ROOT)).matches();
	}

	private List<String> serverList() {
		Object servers = this.application.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
		Stream<?> all = (servers instanceof Collection<?> list) ? list.stream() : Stream.of(String.valueOf(servers));
		return all.flatMap((server) -> Stream.of(String.valueOf(server).split(","))).map(String::strip).toList();
	}

	/**
	 * Return whether a server has an address. Kafka asks the same, after it has started
	 * half a producer and logged all of its settings.
	 */
	boolean isResolvable() {
		return serverList().stream().map(KafkaProducerSettings::host).anyMatch((host) -> {
			try {
				return InetAddress.getAllByName(host).length > 0;
			}
			catch (UnknownHostException ex) {
				return false;
			}
		});
	}

	private static String host(String server) {
		int colon = server.lastIndexOf(':');
		String host = (colon > 0) ? server.substring(0, colon) : server;
		// A security protocol may stand before the host
		host = host.substring(host.lastIndexOf('/') + 1);
		return host.startsWith("[") ? host.substring(1, Math.max(1, host.length() - 1)) : host;
	}

	private static boolean isLoopback(String server) {
		String host = host(server);
		try {
			return host.equalsIgnoreCase("localhost")
					|| (LITERAL.matcher(host).matches() && InetAddress.getByName(host).isLoopbackAddress());
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
