package dev.telemetry.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.sink.http.VendorSettings;

/**
 * Forms of text that properties demand. None of the exceptions quotes a value.
 */
final class PropertySyntax {

	private PropertySyntax() {
	}

	private static String checked(String text, String action) {
		try {
			return OtlpEndpoint.checked(text).toString();
		}
		catch (WrongValueException ex) {
			throw new WrongValueException(ex.problem(), action);
		}
	}

	private static String matching(Pattern pattern, String text, String problem, String action) {
		if (!pattern.matcher(text).matches()) {
			throw new WrongValueException(problem, action);
		}
		return text;
	}

	/** Resource patterns, separated by commas. */
	static final class Patterns implements ValueParser<List<String>> {

		@Override
		public List<String> parse(String text) {
			return ValueParser.patterns().parse(text);
		}

	}

	/** The tag of a language. */
	static final class Language implements ValueParser<Locale> {

		@Override
		public Locale parse(String text) {
			return ValueParser.language().parse(text);
		}

	}

	/** Host names, separated by commas. */
	static final class HostNames implements ValueParser<List<String>> {

		@Override
		public List<String> parse(String text) {
			return ValueParser.hostNames().parse(text);
		}

	}

	/** The address of an OTLP destination; its path depends on other properties. */
	static final class OtlpAddress implements ValueParser<String> {

		@Override
		public String parse(String text) {
			return OtlpEndpoint.checked(text).toString();
		}

	}

	/** The name of a protocol for OTLP, in lower case. */
	static final class OtlpProtocolName implements ValueParser<String> {

		static final String HTTP = "http/protobuf";

		static final String GRPC = "grpc";

		@Override
		public String parse(String text) {
			String name = text.toLowerCase(Locale.ROOT);
			if (!name.equals(HTTP) && !name.equals(GRPC)) {
				throw new WrongValueException("is neither 'http/protobuf' nor 'grpc'", "use one of them");
			}
			return name;
		}

	}

	/** The address that takes events as JSON. */
	static final class JsonEndpoint implements ValueParser<String> {

		@Override
		public String parse(String text) {
			return checked(text, "use an address such as 'https://telemetry.example.com/events',"
					+ " and put credentials into telemetry.http.headers");
		}

	}

	/** A token as in a header field, RFC 6750 section 2.1. */
	static final class BearerToken implements ValueParser<String> {

		private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,4096}=*");

		@Override
		public String parse(String text) {
			return matching(TOKEN, text, "is no bearer token", "use the token alone, as it was issued");
		}

	}

	/** The name of a topic as Kafka has it; names made of dots alone are its own. */
	static final class KafkaTopic implements ValueParser<String> {

		private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

		@Override
		public String parse(String text) {
			return matching(TOPIC, text, "is no name of a Kafka topic",
					"use 1 to 249 letters, digits, dots, hyphens and underscores");
		}

	}

	/** The address of a vendor, without the path of its service. */
	static final class VendorHost implements ValueParser<String> {

		@Override
		public String parse(String text) {
			return checked(text, "use an address such as 'https://eu.i.posthog.com' for PostHog," + " '"
					+ SegmentProperties.HOST + "' for Segment");
		}

	}

	/** A key that a vendor has issued. */
	static class VendorKey implements ValueParser<String> {

		@Override
		public String parse(String text) {
			if (!VendorSettings.isKey(text)) {
				throw new WrongValueException("is no key", "use the key alone, as it was issued");
			}
			return text;
		}

	}

	/** The address to which requests for deletion are posted. */
	static final class DeletionUrl implements ValueParser<String> {

		@Override
		public String parse(String text) {
			return DeletionAddress.url(text).toString();
		}

	}

	/** The mail address for requests for deletion. */
	static final class DeletionMail implements ValueParser<String> {

		@Override
		public String parse(String text) {
			return DeletionAddress.mail(text);
		}

	}

}
