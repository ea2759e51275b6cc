package dev.telemetry.event;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON objects whose shape differs from the line's, also in printable
 * ASCII: this is sent to a destination that has its own format. The caller closes what it
 * opens and repeats no name. Not safe for use by several threads.
 */
@Internal
public final class JsonObjectWriter {

	private final JsonLineWriter json = new JsonLineWriter();

	private final LineBuffer text = new LineBuffer(512);

	private boolean first = true;

	/**
	 * Forget what was written and open an object.
	 * @return this writer
	 */
	public JsonObjectWriter start() {
		this.text.truncate(0);
		return open();
	}

	/**
	 * Open an object inside the one that is open.
	 * @param name the name it has there
	 * @return this writer
	 */
	public JsonObjectWriter start(String name) {
		name(name);
		return open();
	}

	private JsonObjectWriter open() {
		this.text.append((byte) '{');
		this.first = true;
		return this;
	}

	/**
	 * Write a value.
	 * @param name its name
	 * @param value a {@link String}, {@link Long}, finite {@link Double} or
	 * {@link Boolean}; {@code null} is left out
	 * @return this writer
	 */
	public JsonObjectWriter put(String name, @Nullable Object value) {
		if (value != null) {
			name(name);
			this.json.value(value, this.text);
		}
		return this;
	}

	/**
	 * Write a time as RFC 3339 in UTC with milliseconds.
	 * @param name its name
	 * @param millis milliseconds since 1970, before the year 10000
	 * @return this writer
	 */
	public JsonObjectWriter putTimestamp(String name, long millis) {
		name(name);
		this.text.append((byte) '"');
		this.json.timestamp(millis, this.text);
		this.text.append((byte) '"');
		return this;
	}

	private void name(String name) {
		if (!this.first) {
			this.text.append((byte) ',');
		}
		this.first = false;
		this.json.string(name, this.text);
		this.text.append((byte) ':');
	}

	/**
	 * Close the object that was opened last.
	 * @return this writer
	 */
	public JsonObjectWriter end() {
		this.text.append((byte) '}');
		this.first = false;
		return this;
	}

	/**
	 * Return a copy of what was written.
	 * @return the bytes
	 */
	public byte[] toByteArray() {
		return this.text.toByteArray();
	}

}
