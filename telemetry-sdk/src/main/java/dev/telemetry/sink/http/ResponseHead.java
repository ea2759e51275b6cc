package dev.telemetry.sink.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The status and the header fields of an answer, and what they say about its body (RFC
 * 9112 section 6).
 */
final class ResponseHead {

	/** The length of a body that ends with the connection. */
	static final long UNTIL_CLOSED = -1;

	/** The length of a body that tells its end itself. */
	static final long CHUNKED = -2;

	private final int status;

	/** Whether the connection stays open unless something else is said. */
	private final boolean persistent;

	private final List<Field> fields = new ArrayList<>();

	ResponseHead(int status, boolean persistent) {
		this.status = status;
		this.persistent = persistent;
	}

	void add(String name, String value) {
		this.fields.add(new Field(name.toLowerCase(Locale.ROOT), value));
	}

	/** Append what is on a line of its own, but belongs to the field before. */
	void fold(String text) throws NotHttpException {
		if (this.fields.isEmpty()) {
			throw new NotHttpException("a header begins with a continued line");
		}
		Field last = this.fields.remove(this.fields.size() - 1);
		this.fields.add(new Field(last.name(), last.value() + ' ' + text));
	}

	int size() {
		return this.fields.size();
	}

	int status() {
		return this.status;
	}

	/** Return whether another head follows, which is the answer. */
	boolean isInterim() {
		return this.status / 100 == 1;
	}

	/**
	 * Return the first field of a name.
	 * @param name the name in lower case
	 */
	@Nullable String first(String name) {
		return values(name).findFirst().orElse(null);
	}

	private Stream<String> values(String name) {
		return this.fields.stream().filter((field) -> field.name().equals(name)).map(Field::value);
	}

	/** Return the members of all lists that fields of a name hold. */
	private List<String> members(String name) {
		return values(name).flatMap((value) -> Stream.of(value.split(",")))
			.map((member) -> member.strip().toLowerCase(Locale.ROOT))
			.toList();
	}

	/** Return how many bytes follow, {@link #UNTIL_CLOSED} or {@link #CHUNKED}. */
	long bodyLength() throws NotHttpException {
		if (this.status == 204 || this.status == 304) {
			return 0;
		}
		List<String> codings = members("transfer-encoding");
		if (!codings.isEmpty()) {
			return codings.get(codings.size() - 1).equals("chunked") ? CHUNKED : UNTIL_CLOSED;
		}
		List<String> lengths = members("content-length");
		return lengths.isEmpty() ? UNTIL_CLOSED : length(lengths);
	}

	private static long length(List<String> lengths) throws NotHttpException {
		String length = lengths.get(0);
		if (!lengths.stream().allMatch(length::equals)) {
			throw new NotHttpException("it states several lengths");
		}
		if (!length.matches("[0-9]{1,18}")) {
			throw new NotHttpException("its length is not a number");
		}
		return Long.parseLong(length);
	}

	/**
	 * Return whether the connection can serve another request once the body was read:
	 * only if it is certain where the body ends.
	 */
	boolean keepsConnection() {
		List<String> options = members("connection");
		boolean open = options.contains("close") ? false : this.persistent || options.contains("keep-alive");
		boolean coded = first("transfer-encoding") != null;
		boolean stated = first("content-length") != null;
		boolean bodyless = this.status == 204 || this.status == 304;
		return open && (bodyless ? !coded && !stated : coded != stated);
	}

	private record Field(String name, String value) {

	}

}
