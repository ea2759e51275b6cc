package dev.telemetry.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
import dev.telemetry.autoconfigure.TelemetryProperties.Consent.InitializeSchema;
import dev.telemetry.autoconfigure.TelemetryProperties.Consent.Store;
import dev.telemetry.consent.notice.NoticeStatements;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.sdk.EventOverride;
import dev.telemetry.sdk.NoticeParties;
import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * What was configured, with every wrong value replaced: what the wiring works with.
 * Consent itself is not here, it is read when it is asked for: see {@link ConsentInputs}.
 *
 * @param properties every property by itself, where nothing else follows from others
 * @param tool what the application is called
 * @param home where things are kept, or {@code null} when no directory can be named
 * @param consent how consent is found
 * @param parties who answers for what is collected
 * @param statements what the product states in its notice besides
 * @param machineId how the identifier of this installation is made
 * @param recording what is recorded
 * @param delivery how events are delivered
 * @param sinks where events go
 * @param deletion who is asked for deletion
 * @param allowedHosts host names from which browsers may reach the endpoints
 */
record TelemetrySettings(TelemetryProperties properties, Tool tool, @Nullable Home home, Consent consent,
		NoticeParties parties, NoticeStatements statements, MachineId machineId, Recording recording, Delivery delivery,
		Sinks sinks, Deletion deletion, List<String> allowedHosts) {

	TelemetrySettings {
		allowedHosts = List.copyOf(allowedHosts);
	}

	/**
	 * What the application is called.
	 *
	 * @param name the name, or {@code null} when nothing names it
	 * @param version the version, {@code unknown} when nothing says it
	 */
	record Tool(@Nullable String name, String version) {

	}

	/**
	 * How consent is found.
	 *
	 * @param notice the hash of the notice that a grant in configuration agrees to, or
	 * {@code null}
	 * @param maxAge the age at which a recorded grant expires
	 * @param trustPackaged whether a grant in the application's own archive counts
	 * @param detectTestEnvironment whether tests suppress collection
	 * @param detectCi whether a build server suppresses collection
	 * @param requireNotice whether a grant must name the notice it agrees to
	 * @param prompt whether to ask on a terminal when no decision has been made
	 * @param store where the decision is stored, or {@code null} when that is not known
	 * @param initializeSchema when the tables of a database are created
	 */
	record Consent(@Nullable String notice, Duration maxAge, boolean trustPackaged, boolean detectTestEnvironment,
			boolean detectCi, boolean requireNotice, boolean prompt, @Nullable Store store,
			InitializeSchema initializeSchema) {

	}

	/**
	 * How the identifier of this installation is made.
	 *
	 * @param mode the kind of identifier
	 * @param salt its salt
	 */
	record MachineId(MachineIdMode mode, String salt) {

	}

	/**
	 * What is recorded.
	 *
	 * @param metadata the attributes added to every event
	 * @param runtimeFields whether events name system and Java version
	 * @param specs where specs are
	 * @param undeclared what happens to undeclared events and attributes; with
	 * {@code null} it depends on whether there is a spec
	 * @param maxAttributes the most attributes of one event
	 * @param maxAttributeLength the most characters of one attribute
	 * @param overrides what the operator says about single events
	 * @param debug whether each event is also printed to the application's log
	 * @param anomalyCooldown how long no further anomaly of the same bound is reported,
	 * or {@code null} if values are not checked
	 */
	record Recording(Map<String, String> metadata, boolean runtimeFields, List<String> specs,
			@Nullable UndeclaredPolicy undeclared, int maxAttributes, int maxAttributeLength,
			List<EventOverride> overrides, boolean debug, @Nullable Duration anomalyCooldown) {

		Recording {
			specs = List.copyOf(specs);
			metadata = Map.copyOf(metadata);
			overrides = List.copyOf(overrides);
		}

	}

	/**
	 * How events are delivered.
	 *
	 * @param capacity the most events in memory for each sink
	 * @param batchSize the most events that are sent together
	 * @param batchTimeout the longest an event waits before its batch is sent
	 * @param retry waiting between attempts
	 * @param shutdownTimeout the whole budget of the last flush
	 * @param spill what waits on disk
	 */
	record Delivery(int capacity, int batchSize, Duration batchTimeout, Retry retry, Duration shutdownTimeout,
			SpillSettings spill) {

	}

	/**
	 * Waiting between attempts.
	 *
	 * @param initial the wait before the second attempt
	 * @param max the longest wait
	 * @param multiplier the factor by which the wait grows
	 * @param jitter the share of the wait that is random
	 */
	record Retry(Duration initial, Duration max, double multiplier, double jitter) {

	}

	/**
	 * Where events go.
	 *
	 * @param file the local log, or {@code null}
	 * @param stdout whether events are written to standard output
	 * @param otlp the OTLP destination, or {@code null}
	 * @param http the destination for JSON, or {@code null}
	 * @param kafka the Kafka topic, or {@code null}
	 * @param vendors those with a protocol of their own
	 * @param disabled why a sink that was asked for is not there, by its name
	 * @param insecure why what is configured must not be sent to, or {@code null}
	 */
	record Sinks(@Nullable LocalLog file, boolean stdout, @Nullable Otlp otlp, @Nullable Http http,
			@Nullable Kafka kafka, Map<VendorSink, Vendor> vendors, Map<String, String> disabled,
			@Nullable String insecure) {

		Sinks {
			vendors = Map.copyOf(vendors);
			disabled = Map.copyOf(disabled);
		}

	}

	/**
	 * Who is asked for deletion.
	 *
	 * @param url where requests are posted to, or {@code null}
	 * @param address whom a person can write to, or {@code null}
	 * @param event whether an event is sent where nothing else is configured
	 */
	record Deletion(@Nullable URI url, @Nullable String address, boolean event) {

	}

	/**
	 * The local log.
	 *
	 * @param path the file
	 * @param maxBytes the size at which it is rotated
	 * @param maxHistory the most rotated files
	 * @param maxAge the age at which a rotated file is erased
	 */
	record LocalLog(Path path, long maxBytes, int maxHistory, Duration maxAge) {

	}

	/**
	 * The OTLP destination.
	 *
	 * @param protocol how it is spoken to
	 * @param endpoint its address
	 * @param headers the headers of each request
	 * @param compression how requests are compressed
	 * @param exportTimeout the limit of one attempt
	 * @param resource resource attributes: {@code service.name} and so on
	 * @param sslBundle the SSL bundle for TLS, or {@code null}
	 */
	record Otlp(OtlpProtocol protocol, OtlpEndpoint endpoint, HttpHeaders headers, Compression compression,
			Duration exportTimeout, Map<String, String> resource, @Nullable String sslBundle) {

		Otlp {
			resource = Map.copyOf(resource);
		}

	}

	/**
	 * The destination for JSON.
	 *
	 * @param endpoint its address
	 * @param headers the headers of each request, credentials among them
	 * @param compression how requests are compressed
	 * @param exportTimeout the limit of one attempt
	 * @param sslBundle the SSL bundle for TLS, or {@code null}
	 */
	record Http(URI endpoint, HttpHeaders headers, Compression compression, Duration exportTimeout,
			@Nullable String sslBundle) {

	}

	/**
	 * The destination of a vendor.
	 *
	 * @param endpoint its address
	 * @param property the name of the property that holds it
	 * @param key the key that identifies the application to the vendor; never shown
	 * @param compression how requests are compressed
	 * @param exportTimeout the limit of one attempt
	 * @param sslBundle the SSL bundle for TLS, or {@code null}
	 */
	record Vendor(URI endpoint, String property, String key, Compression compression, Duration exportTimeout,
			@Nullable String sslBundle) {

		/** Return the address only. */
		@Override
		public String toString() {
			return "Vendor[" + this.endpoint + "]";
		}

	}

	/**
	 * The Kafka topic.
	 *
	 * @param topic its name
	 * @param exportTimeout the limit of one attempt
	 * @param allowInsecure whether it may be reached in plain text
	 */
	record Kafka(String topic, Duration exportTimeout, boolean allowInsecure) {

	}

}
