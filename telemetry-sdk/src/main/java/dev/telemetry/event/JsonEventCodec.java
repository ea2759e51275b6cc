package dev.telemetry.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The JSON line format, schema version 1. Its own writer for the one shape: it allocates
 * nothing once it has seen an origin and a set of keys, except for numbers of unusual
 * size.
 */
final class JsonEventCodec implements EventCodec {

	private final JsonLineWriter json = new JsonLineWriter();

	private final JsonEventReader reader = new JsonEventReader();

	private @Nullable EventOrigin origin;

	private byte[] originHead = {};

	private byte[] originTail = {};

	/** The keys of the event before. */
	private String[] keys = {};

	/** How they are written, up to what was needed; nothing if they came once only. */
	private final List<byte[]> keyTexts = new ArrayList<>();

	@Override
	@SuppressWarnings("ReferenceEquality") // only spares the comparison
	public void encode(Event event, LineBuffer line) {
		if (event.origin() != this.origin && !event.origin().equals(this.origin)) {
			encodeOrigin(event.origin());
		}
		line.ascii("{\"id\":\"");
		id(event.idHigh(), event.idLow(), line);
		line.ascii("\",\"name\":");
		this.json.string(event.name(), line);
		optional(",\"type\":", event.type(), line);
		line.append(this.originHead);
		line.ascii(",\"timestamp_utc\":\"");
		this.json.timestamp(event.timestampMillis(), line);
		line.ascii("\",\"attrs\":{");
		attributes(event, line);
		line.append((byte) '}');
		line.append(this.originTail);
		if (event.samplingRate() < 1) {
			line.ascii(",\"sampling_rate\":");
			this.json.number(event.samplingRate(), line);
		}
		line.ascii(",\"schema_version\":1}\n");
	}

	@Override
	public Event decode(byte[] line, int offset, int length) throws IOException {
		return this.reader.read(line, offset, length);
	}

	private void attributes(Event event, LineBuffer line) {
		if (this.keys == event.keys()) {
			encodeKeys(event);
			for (int i = 0; i < event.attributeCount(); i++) {
				line.append(this.keyTexts.get(i));
				this.json.value(event.value(i), line);
			}
			return;
		}
		this.keys = event.keys();
		this.keyTexts.clear();
		for (int i = 0; i < event.attributeCount(); i++) {
			key(event, i, line);
			this.json.value(event.value(i), line);
		}
	}

	private void encodeKeys(Event event) {
		for (int i = this.keyTexts.size(); i < event.attributeCount(); i++) {
			LineBuffer text = new LineBuffer(32);
			key(event, i, text);
			this.keyTexts.add(text.toByteArray());
		}
	}

	private void key(Event event, int index, LineBuffer line) {
		if (index > 0) {
			line.append((byte) ',');
		}
		this.json.string(event.key(index), line);
		line.append((byte) ':');
	}

	private void encodeOrigin(EventOrigin next) {
		LineBuffer head = new LineBuffer(256);
		optional(",\"tool\":", next.tool(), head);
		optional(",\"tool_version\":", next.toolVersion(), head);
		optional(",\"machine_id\":", next.machineId(), head);
		optional(",\"session_id\":", next.sessionId(), head);
		LineBuffer tail = new LineBuffer(64);
		optional(",\"os\":", next.os(), tail);
		optional(",\"arch\":", next.arch(), tail);
		optional(",\"java_version\":", next.javaVersion(), tail);
		this.originHead = head.toByteArray();
		this.originTail = tail.toByteArray();
		this.origin = next;
	}

	private void optional(String start, @Nullable String value, LineBuffer line) {
		if (value != null) {
			line.ascii(start);
			this.json.string(value, line);
		}
	}

	private static void id(long high, long low, LineBuffer line) {
		line.hex(high >>> 32, 8);
		line.append((byte) '-');
		line.hex(high >>> 16, 4);
		line.append((byte) '-');
		line.hex(high, 4);
		line.append((byte) '-');
		line.hex(low >>> 48, 4);
		line.append((byte) '-');
		line.hex(low, 12);
	}

}
