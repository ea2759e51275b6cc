package dev.telemetry.insight;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.Locale;

import dev.telemetry.sent.SentBody;
import dev.telemetry.sent.SentHead;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sent.SentRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * What was sent, as the elements of a JSON array, the newest first: each request with its
 * body in Base64, and as text.
 */
final class SentExport implements ExportDocument.Part {

	private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private final Iterator<SentRequest> requests;

	private boolean first = true;

	SentExport(SentLog log) {
		this.requests = log.newest(Integer.MAX_VALUE).iterator();
	}

	@Override
	public @Nullable String next() {
		if (!this.requests.hasNext()) {
			return null;
		}
		String separator = this.first ? "" : ",\n";
		this.first = false;
		return separator + write(this.requests.next());
	}

	private static String write(SentRequest request) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			json.writeStartObject();
			json.writeStringProperty("id", request.id());
			json.writeStringProperty("time", request.time().toString());
			write(json, request.head());
			write(json, request.body());
			write(json, request.outcome());
			json.writeEndObject();
		}
		return text.toString();
	}

	private static void write(JsonGenerator json, SentHead head) {
		json.writeStringProperty("destination", head.destination());
		json.writeStringProperty("target", head.target());
		json.writeStringProperty("protocol", head.protocol().name().toLowerCase(Locale.ROOT));
		writeOptional(json, "method", head.method());
		writeOptional(json, "path", head.path());
		json.writeName("headers");
		json.writeStartArray();
		head.headers().forEach(json::writeString);
		json.writeEndArray();
		json.writeNumberProperty("events", head.events());
	}

	private static void write(JsonGenerator json, SentBody body) {
		json.writeStringProperty("form", body.form().name().toLowerCase(Locale.ROOT));
		if (body.size() >= 0) {
			json.writeNumberProperty("size", body.size());
		}
		writeOptional(json, "sha256", body.sha256());
		byte[] bytes = body.bytes();
		if (bytes != null) {
			json.writeBinaryProperty("body", bytes);
			writeOptional(json, "text", text(body));
		}
	}

	private static @Nullable String text(SentBody body) {
		try {
			return body.text();
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static void write(JsonGenerator json, SentRequest.Outcome outcome) {
		Integer status = outcome.status();
		if (status != null) {
			json.writeNumberProperty("status", status);
		}
		if (outcome.taken()) {
			json.writeBooleanProperty("taken", true);
		}
		writeOptional(json, "failure", outcome.failure());
	}

	private static void writeOptional(JsonGenerator json, String name, @Nullable String value) {
		if (value != null) {
			json.writeStringProperty(name, value);
		}
	}

}
