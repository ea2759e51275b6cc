package dev.telemetry.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import dev.telemetry.Internal;
import dev.telemetry.autoconfigure.PropertyRules.Address;
import dev.telemetry.autoconfigure.PropertyRules.Alias;
import dev.telemetry.autoconfigure.PropertyRules.Line;
import dev.telemetry.autoconfigure.PropertyRules.OfSink;
import dev.telemetry.autoconfigure.PropertyRules.Protective;
import dev.telemetry.autoconfigure.PropertyRules.Range;
import dev.telemetry.autoconfigure.PropertyRules.ReadApart;
import dev.telemetry.autoconfigure.PropertyRules.Secret;
import dev.telemetry.autoconfigure.PropertyRules.Syntax;
import dev.telemetry.declaration.SpecFiles;
import dev.telemetry.delivery.DeliveryMode;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.spec.UndeclaredPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DataSizeUnit;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;
import org.springframework.util.unit.DataUnit;

/**
 * The properties under {@code telemetry}: names, types, meanings, defaults and, as
 * {@link PropertyRules}, which values are right and what takes the place of a wrong one.
 * Nothing of that is stated elsewhere. Bound by {@link PropertyBinding}, never by Spring
 * Boot itself, because one wrong value must neither stop the application nor touch the
 * other values. The maps and what is {@link ReadApart} stay empty.
 *
 * @param feature what the application's author decides
 * @param enabled Consent by configuration: true, false, or nothing. The environment
 * variable TELEMETRY_OPT_IN is an alias. A denial here overrides every grant.
 * @param consent how consent is found
 * @param home Directory of everything that is stored on disk. '~' is the user's home.
 * Defaults to '~/.' and the tool name.
 * @param tool what the application is called
 * @param machineId how the identifier of this installation is made
 * @param metadata Attributes added to every event. Values of the event itself win.
 * @param runtimeFields Whether every event names operating system, architecture and major
 * Java version.
 * @param localOnly Whether events never leave this machine, whatever was granted. The
 * environment variable TELEMETRY_LOCAL is an alias.
 * @param file the local log
 * @param localPath File of the local log. Defaults to 'telemetry.log' in the home.
 * @param stdout events on standard output
 * @param endpoint OTLP endpoint, https or loopback. A path ending in /v1/traces sends
 * spans, one ending in /v1/logs log records; a base address gets the path of the signal.
 * @param signal What is sent to the OTLP endpoint. Follows the path of the endpoint, and
 * is 'logs' without one.
 * @param protocol Protocol of the OTLP endpoint.
 * @param headers Headers sent to the OTLP endpoint: a map, a list of 'Name: value', or
 * one string 'Name: value, Name: value'. Values are never shown.
 * @param compression Compression of requests to the OTLP endpoint.
 * @param allowInsecure Whether events may be sent over plain http to other machines.
 * Never together with an authentication header.
 * @param serviceName Resource attribute 'service.name'. Defaults to the tool name.
 * @param serviceNamespace Resource attribute 'service.namespace'.
 * @param deploymentEnvironment Resource attributes 'deployment.environment' and
 * 'deployment.environment.name'.
 * @param batchSize Most events that are sent together.
 * @param batchTimeout Longest time an event waits before its batch is sent. Bare numbers
 * are seconds.
 * @param exportTimeout Longest time of one attempt to send, from connecting to the last
 * byte. Bare numbers are seconds.
 * @param debug Whether each event is also printed to the application's log.
 * @param buffer events in memory
 * @param shutdownTimeout Longest time the last flush takes at shutdown. Bare numbers are
 * seconds.
 * @param delivery how events are delivered
 * @param spill what waits on disk for other machines
 * @param specs Where specs are: resource patterns.
 * @param undeclared What happens to undeclared events and attributes. Defaults to 'drop'
 * when a specification is on the class path, and to 'record' otherwise.
 * @param maxAttributes Most attributes of one event; more are dropped.
 * @param maxAttributeLength Most characters of one attribute; longer ones are cut.
 * @param events Overrides by event name or 'prefix.*'. They can only narrow.
 * @param web the telemetry endpoints over HTTP
 * @param http events as JSON over HTTP
 * @param ssl TLS for destinations
 * @param kafka events to Apache Kafka
 * @param deletion who is asked for deletion by a reset
 * @param anomaly values that stand out
 * @param sentLog what was sent, in memory
 * @param commandEvents what an application that is a command itself records
 */
@Internal
@ConfigurationProperties("telemetry")
public record TelemetryProperties(@DefaultValue Feature feature, @ReadApart @Alias("opt-in") @Nullable Boolean enabled,
		@DefaultValue Consent consent, @ReadApart @Nullable String home, @DefaultValue Tool tool,
		@DefaultValue MachineId machineId, @DefaultValue Map<String, String> metadata,
		@DefaultValue("true") boolean runtimeFields,
		@Alias("local") @Protective("true") @DefaultValue("false") boolean localOnly, @DefaultValue File file,
		@OfSink("file") @Nullable String localPath, @DefaultValue Stdout stdout,
		@Address @OfSink("otlp") @Syntax(PropertySyntax.OtlpAddress.class) @Nullable String endpoint,
		@OfSink("otlp") @Nullable OtlpSignal signal,
		@OfSink("otlp") @Syntax(PropertySyntax.OtlpProtocolName.class) @DefaultValue("http/protobuf") String protocol,
		@Secret @DefaultValue Map<String, String> headers,
		@OfSink("otlp") @DefaultValue("gzip") Compression compression,
		@Protective("false") @DefaultValue("false") boolean allowInsecure, @Line(255) @Nullable String serviceName,
		@Line(255) @Nullable String serviceNamespace, @Line(255) @Nullable String deploymentEnvironment,
		@Range(min = "1", max = "1000000") @DefaultValue("512") int batchSize,
		@Range(min = "0s", max = "1d") @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration batchTimeout,
		@Range(min = "1ms", max = "1h") @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration exportTimeout,
		@DefaultValue("false") boolean debug, @DefaultValue Buffer buffer,
		@Range(min = "0s", max = "1d") @DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS) Duration shutdownTimeout,
		@DefaultValue Delivery delivery, @DefaultValue Spill spill,
		@Syntax(PropertySyntax.Patterns.class) @DefaultValue(TelemetryProperties.SPECS) List<String> specs,
		@Protective("drop") @Nullable UndeclaredPolicy undeclared,
		@Range(min = "1", max = "1024") @DefaultValue("64") int maxAttributes,
		@Range(min = "1", max = "65536") @DefaultValue("512") int maxAttributeLength,
		@DefaultValue Map<String, Event> events, @DefaultValue Web web, @DefaultValue TelemetryProperties.Http http,
		@DefaultValue Ssl ssl, @DefaultValue Kafka kafka, @DefaultValue Deletion deletion,
		@DefaultValue Anomaly anomaly, @DefaultValue TelemetryProperties.SentLog sentLog,
		@DefaultValue CommandEvents commandEvents) {

	/** Where specs are unless something else is said. */
	static final String SPECS = SpecFiles.DEFAULT;

	public TelemetryProperties {
		specs = List.copyOf(specs);
		metadata = Map.copyOf(metadata);
		headers = Map.copyOf(headers);
		events = Map.copyOf(events);
	}

	/** How a request is compressed. */
	public enum Compression {

		/** With gzip. */
		GZIP,

		/** Not at all. */
		NONE

	}

	/**
	 * What the application's author decides.
	 *
	 * @param enabled Author's gate: while it is closed nothing is collected, whatever
	 * consent is granted.
	 */
	public record Feature(@Protective("false") @DefaultValue("true") boolean enabled) {

	}

	/**
	 * How consent is found.
	 *
	 * @param notice Hash of the notice that a grant in configuration agrees to.
	 * @param maxAge Age at which a recorded grant expires. Bare numbers are seconds.
	 * @param trustPackaged Whether a grant in the application's own archive counts.
	 * @param detectTestEnvironment Whether nothing is collected while tests run.
	 * @param detectCi Whether only configuration can grant on a build server.
	 * @param requireNotice Whether a grant must name the notice it agrees to.
	 * @param prompt Whether to ask on a terminal when no decision has been made.
	 * @param store Where the decision is stored: in a file of the home, or in a database
	 * that replicas share.
	 * @param jdbc the decision in a database
	 */
	public record Consent(@Line(200) @Protective("invalid") @Nullable String notice, @Range(min = "0s",
			max = "36500d") @Protective("0s") @DefaultValue("395d") @DurationUnit(ChronoUnit.SECONDS) Duration maxAge,
			@Protective("false") @DefaultValue("true") boolean trustPackaged,
			@Protective("true") @DefaultValue("true") boolean detectTestEnvironment,
			@Protective("true") @DefaultValue("true") boolean detectCi,
			@Protective("true") @DefaultValue("false") boolean requireNotice,
			@Protective("never") @DefaultValue("never") Prompt prompt, @DefaultValue("file") Store store,
			@DefaultValue Jdbc jdbc) {

		/** Where the decision is stored. */
		public enum Store {

			/** In a file of the home. */
			FILE,

			/** In a database that replicas share. */
			JDBC

		}

		/**
		 * The decision in a database.
		 *
		 * @param initializeSchema When the tables are created at start.
		 */
		public record Jdbc(@Protective("never") @DefaultValue("embedded") InitializeSchema initializeSchema) {

		}

		/** When the tables are created. */
		public enum InitializeSchema {

			/** In a database that lives in this process only. */
			EMBEDDED,

			/** Always. */
			ALWAYS,

			/** Never. */
			NEVER

		}

		/** Whether to ask. */
		public enum Prompt {

			/** Never ask. */
			NEVER,

			/** Ask on a terminal, once. */
			INTERACTIVE

		}

	}

	/**
	 * What the application is called.
	 *
	 * @param name Name of the tool. Defaults to 'spring.application.name', then to the
	 * main class's simple name.
	 * @param version Version of the tool. Defaults to that of the build information, then
	 * to that of the main class's manifest.
	 */
	public record Tool(@Line(100) @Nullable String name, @Line(100) @Nullable String version) {

	}

	/**
	 * How the identifier of this installation is made.
	 *
	 * @param mode Kind of identifier.
	 * @param salt Salt of the identifier. Defaults to the tool name and '.telemetry.v1'.
	 */
	public record MachineId(@Protective("none") @DefaultValue("rotating") MachineIdMode mode,
			@Line(200) @Nullable String salt) {

	}

	/**
	 * The local log.
	 *
	 * @param enabled Whether there is a local log.
	 * @param maxSize Size at which the local log is rotated. Bare numbers are bytes.
	 * @param maxHistory Most rotated files that are retained.
	 * @param maxAge Age at which events are erased. Bare numbers are seconds.
	 */
	public record File(@OfSink("file") @DefaultValue("true") boolean enabled,
			@Range(min = "1KB") @DefaultValue("10MB") @DataSizeUnit(DataUnit.BYTES) DataSize maxSize,
			@Range(min = "0", max = "1000") @DefaultValue("5") int maxHistory,
			@Range(min = "1s", max = "36500d") @DefaultValue("30d") @DurationUnit(ChronoUnit.SECONDS) Duration maxAge) {

	}

	/**
	 * Events on standard output.
	 *
	 * @param enabled Whether events are written to standard output, one line of JSON
	 * each.
	 */
	public record Stdout(@OfSink("stdout") @DefaultValue("false") boolean enabled) {

	}

	/**
	 * Events in memory.
	 *
	 * @param capacity Most events that wait in memory for each sink; more are dropped and
	 * counted.
	 */
	public record Buffer(@Range(min = "1", max = "1000000") @DefaultValue("8192") int capacity) {

	}

	/**
	 * How events are delivered.
	 *
	 * @param retry waiting between attempts
	 * @param mode Whether events for other machines wait on disk until they are
	 * acknowledged, or only in memory.
	 */
	public record Delivery(@DefaultValue Retry retry, @DefaultValue("at_least_once") DeliveryMode mode) {

	}

	/**
	 * What waits on disk for other machines.
	 *
	 * @param maxSize Most that waits for one sink. The oldest is dropped, counted and
	 * warned about.
	 * @param maxAge Longest time it waits. Bare numbers are seconds.
	 * @param fsync Whether each file is brought to where it survives a power cut.
	 */
	public record Spill(@Range(min = "0") @DefaultValue("64MB") @DataSizeUnit(DataUnit.BYTES) DataSize maxSize,
			@Range(min = "0s", max = "36500d") @DefaultValue("7d") @DurationUnit(ChronoUnit.SECONDS) Duration maxAge,
			@DefaultValue("true") boolean fsync) {

	}

	/**
	 * Waiting between attempts.
	 *
	 * @param initial Wait before the second attempt. Bare numbers are seconds.
	 * @param max Longest wait. Bare numbers are seconds.
	 * @param multiplier Factor by which the wait grows with each attempt.
	 * @param jitter Share of the wait that is random, between 0 and 1.
	 */
	public record Retry(
			@Range(min = "1ms", max = "1d") @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS) Duration initial,
			@Range(min = "1ms", max = "1d") @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration max,
			@Range(min = "1", max = "100") @DefaultValue("1.5") double multiplier,
			@Range(min = "0", max = "1") @DefaultValue("0.2") double jitter) {

	}

	/**
	 * Overrides for one event.
	 *
	 * @param enabled Whether the event is recorded.
	 * @param samplingRate Share of the events that is recorded, between 0 and 1.
	 */
	public record Event(@DefaultValue("true") boolean enabled, @DefaultValue("1") double samplingRate) {

	}

	/**
	 * The telemetry endpoints over HTTP.
	 *
	 * @param allowedHosts Host names from which browsers may reach the telemetry
	 * endpoints, beside 'localhost' and address literals.
	 */
	public record Web(@Syntax(PropertySyntax.HostNames.class) @DefaultValue List<String> allowedHosts) {

		public Web {
			allowedHosts = List.copyOf(allowedHosts);
		}

	}

	/**
	 * Who is asked for deletion by a reset: the first of these that is configured.
	 *
	 * @param http by a request
	 * @param email by a letter that a person sends
	 * @param event Whether an event 'data.deletion_request' is sent to the first remote
	 * sink. Only for a destination that is known to act on it.
	 */
	public record Deletion(@DefaultValue Deletion.Http http, @DefaultValue Email email,
			@Protective("false") @DefaultValue("false") boolean event) {

		/**
		 * By a request.
		 *
		 * @param url Address to which requests for deletion are posted, https or
		 * loopback.
		 */
		public record Http(@Address @Syntax(PropertySyntax.DeletionUrl.class) @Nullable String url) {

		}

		/**
		 * By a letter that a person sends.
		 *
		 * @param address Mail address for requests for deletion. A reset answers with a
		 * text and a link; nothing is sent.
		 */
		public record Email(@Syntax(PropertySyntax.DeletionMail.class) @Nullable String address) {

		}

	}

	/**
	 * Events as JSON over HTTP.
	 *
	 * @param endpoint Address to which events are posted, as a JSON array of the lines of
	 * the local log.
	 * @param headers Headers sent there: a map, a list of 'Name: value', or one string
	 * 'Name: value, Name: value'.
	 * @param bearerToken Token sent there in the header 'Authorization'.
	 */
	public record Http(@Address @OfSink("http") @Syntax(PropertySyntax.JsonEndpoint.class) @Nullable String endpoint,
			@Secret @DefaultValue Map<String, String> headers,
			@Secret @OfSink("http") @Syntax(PropertySyntax.BearerToken.class) @Nullable String bearerToken) {

		public Http {
			headers = Map.copyOf(headers);
		}

		/** Return everything but the secrets. */
		@Override
		public String toString() {
			return "Http[" + this.endpoint + "]";
		}

	}

	/**
	 * TLS for destinations over HTTP.
	 *
	 * @param bundle SSL bundle of the application that says whom to trust and which
	 * certificate to show. Java's own trust store by default.
	 */
	public record Ssl(@Line(255) @Nullable String bundle) {

	}

	/**
	 * Events to Apache Kafka, through the application's own Spring for Apache Kafka.
	 *
	 * @param topic Topic the events are sent to, each under its id as the key.
	 */
	public record Kafka(@OfSink("kafka") @Syntax(PropertySyntax.KafkaTopic.class) @Nullable String topic) {

	}

	/**
	 * Values that stand out, as specs declare.
	 *
	 * @param enabled Whether values are checked for anomalies.
	 * @param cooldown Time in which no further anomaly of the same bound is reported.
	 * Bare numbers are seconds.
	 */
	public record Anomaly(@Protective("false") @DefaultValue("true") boolean enabled, @Range(min = "0s",
			max = "36500d") @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration cooldown) {

	}

	/**
	 * What was sent, in memory.
	 *
	 * @param maxSize Most that is remembered in memory of the requests that were sent,
	 * for the endpoint to show. The oldest is forgotten; 0 remembers nothing.
	 */
	public record SentLog(@Range(min = "0") @DefaultValue("1MB") @DataSizeUnit(DataUnit.BYTES) DataSize maxSize) {

	}

	/**
	 * What an application that is a command itself records.
	 *
	 * @param enabled Whether each command is an event: its declared name, exit code and
	 * duration, never its arguments. Not taken from 'telemetry.yaml'.
	 * @param exitBudget Most time that telemetry adds to the exit of a command, in place
	 * of a longer 'telemetry.shutdown-timeout'. What is not sent in time is sent by the
	 * next run. Bare numbers are seconds.
	 */
	public record CommandEvents(@DefaultValue("false") boolean enabled, @Range(min = "0s",
			max = "1d") @DefaultValue("250ms") @DurationUnit(ChronoUnit.SECONDS) Duration exitBudget) {

	}

}
