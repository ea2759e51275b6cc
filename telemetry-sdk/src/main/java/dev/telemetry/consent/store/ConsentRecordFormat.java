package dev.telemetry.consent.store;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The form of {@code consent.json}: one flat JSON object whose last field is the SHA-256
 * of the object without it. Version 2 is version 1 with the field {@code continues}, and
 * is written only where there is one. Reading writes what was read again and compares, so
 * any other form, order or extra field is refused.
 */
@Internal
public final class ConsentRecordFormat {

	private static final Pattern GRANT = Pattern.compile("[0-9a-f]{32}");

	/** Also the id of a grant by configuration, which is a hash. */
	private static final Pattern CONTINUED = Pattern.compile("[0-9a-f]{32}|sha256:[0-9a-f]{64}");

	private static final long MAX_SEQ = 1L << 53;

	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private ConsentRecordFormat() {
	}

	public static byte[] write(ConsentRecord record) {
		String body = body(record);
		return (body.substring(0, body.length() - 1) + ",\"checksum\":\"" + checksum(body) + "\"}\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	private static String body(ConsentRecord record) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			json.writeStartObject();
			json.writeNumberProperty("v", version(record));
			json.writeNumberProperty("seq", record.seq());
			json.writeStringProperty("decision", record.granted() ? "granted" : "denied");
			if (record.granted()) {
				json.writeStringProperty("scope", record.scope().name().toLowerCase(Locale.ROOT));
			}
			else {
				json.writeBooleanProperty("grantedBefore", record.grantedBefore());
			}
			writeOptional(json, "notice", record.notice());
			writeOptional(json, "grantId", record.grantId());
			writeOptional(json, "continues", record.continues());
			json.writeStringProperty("asOf", record.asOf().toString());
			json.writeStringProperty("channel", record.channel());
			json.writeStringProperty("tool", record.tool());
			json.writeEndObject();
		}
		return text.toString();
	}

	/** An older version of this library can read what needs no more. */
	private static int version(ConsentRecord record) {
		return (record.continues() != null) ? 2 : 1;
	}

	private static void writeOptional(JsonGenerator json, String name, @Nullable String value) {
		if (value != null) {
			json.writeStringProperty(name, value);
		}
	}

	public static String checksum(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return "sha256:" + HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Read a record.
	 * @param bytes the content of the file
	 * @return the record
	 * @throws IOException with a reason in one clause if it is not one
	 */
	static ConsentRecord read(byte[] bytes) throws IOException {
		Map<String, String> fields = fields(bytes);
		String version = fields.get("v");
		if (!"1".equals(version) && !"2".equals(version)) {
			throw new IOException("its version is neither 1 nor 2");
		}
		ConsentRecord record;
		try {
			record = record(fields);
		}
		catch (IllegalArgumentException | DateTimeException | NullPointerException ex) {
			throw new IOException("a field is missing or has a value that cannot be", ex);
		}
		if (!new String(write(record), StandardCharsets.UTF_8).trim()
			.equals(new String(bytes, StandardCharsets.UTF_8).trim())) {
			throw new IOException("its checksum does not match");
		}
		return record;
	}

	private static ConsentRecord record(Map<String, String> fields) {
		boolean granted = "granted".equals(fields.get("decision"));
		ConsentScope scope = granted ? ConsentScope.valueOf(required(fields, "scope").toUpperCase(Locale.ROOT))
				: ConsentScope.NONE;
		return new ConsentRecord(seq(required(fields, "seq")), granted,
				granted || "true".equals(fields.get("grantedBefore")), scope, fields.get("notice"),
				id(fields, "grantId", GRANT), Instant.parse(required(fields, "asOf")), required(fields, "channel"),
				required(fields, "tool"), id(fields, "continues", CONTINUED));
	}

	/** An id of another form may be meant to refer to a grant that was never recorded. */
	private static @Nullable String id(Map<String, String> fields, String name, Pattern form) {
		String id = fields.get(name);
		if (id != null && !form.matcher(id).matches()) {
			throw new IllegalArgumentException("'" + name + "' must match " + form);
		}
		return id;
	}

	/** Leaves room to count on; so many decisions are never made. */
	private static long seq(String text) {
		long seq = Long.parseLong(text);
		if (seq < 1 || seq > MAX_SEQ) {
			throw new IllegalArgumentException("'seq' must be between 1 and " + MAX_SEQ);
		}
		return seq;
	}

	private static String required(Map<String, String> fields, String name) {
		String value = fields.get(name);
		if (value == null) {
			throw new IllegalArgumentException("'" + name + "' must be there");
		}
		return value;
	}

	private static Map<String, String> fields(byte[] bytes) throws IOException {
		Map<String, String> fields = new HashMap<>();
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new IOException("it is not a JSON object");
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				if (value == null || !value.isScalarValue()) {
					throw new IOException("it is not a flat JSON object");
				}
				fields.put(name, parser.getString());
			}
			if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
				throw new IOException("it is not one whole JSON object");
			}
			return fields;
		}
		catch (JacksonException ex) {
			throw new IOException("it is not JSON", ex);
		}
	}

}
