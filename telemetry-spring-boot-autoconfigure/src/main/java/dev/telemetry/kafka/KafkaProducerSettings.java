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
		// The broker could subscribe to metrics of the client: nobody consented to those
		settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
		return settings;
	}

	String servers() {
		return String.join(",", serverList());
	}

	boolean isInsecure() {
		String protocol = String.valueOf(this.application.getOrDefault("security.protocol", "PLAINTEXT"));
		boolean encrypted = protocol.toUpperCase(Locale.ROOT).endsWith("SSL");
		return !encrypted && !serverList().stream().allMatch(KafkaProducerSettings::isLoopback);
	}

	private List<String> serverList() {
		Object servers = this.application.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
		Stream<?> all = (servers instanceof Collection<?> list) ? list.stream() : Stream.of(String.valueOf(servers));
		return all.flatMap((server) -> Stream.of(String.valueOf(server).split(","))).map(String::strip).toList();
	}

	private static boolean isLoopback(String server) {
		int colon = server.lastIndexOf(':');
		String host = (colon > 0) ? server.substring(0, colon) : server;
		host = host.startsWith("[") ? host.substring(1, Math.max(1, host.length() - 1)) : host;
		try {
			return host.equalsIgnoreCase("localhost")
					|| (LITERAL.matcher(host).matches() && InetAddress.getByName(host).isLoopbackAddress());
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
