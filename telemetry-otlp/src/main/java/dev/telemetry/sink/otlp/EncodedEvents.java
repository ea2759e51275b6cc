package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.telemetry.sent.SentText;
import dev.telemetry.sink.http.HttpBody;
import dev.telemetry.sink.otlp.EventEncoder.EncodedSource;

/**
 * A batch, encoded, of which any run of events makes a request: for each source, in the
 * order of its first event, its resource and its events. Good until the next batch is
 * encoded.
 */
final class EncodedEvents {

	/** Of a request, {@code resource_logs} and {@code resource_spans}. */
	private static final int SOURCES = 1;

	/** Of these, {@code scope_logs} and {@code scope_spans}. */
	private static final int SCOPES = 2;

	/** Of these again, the scope. */
	private static final int SCOPE = 1;

	private static final int NAME = 1;

	private static final byte[] OUR_SCOPE = new ProtobufWriter(32)
		.bytes(SCOPE,
				new ProtobufWriter(32).bytes(NAME, ProtobufWriter.utf8(EventAttributes.SCOPE.getName())).toByteArray())
		.toByteArray();

	/** The most that tags and lengths of a source add. */
	private static final int MAX_HEADS = 2 * (1 + 5);

	private final ProtobufWriter encoded;

	/** Where in {@link #encoded} the record of an event ends. */
	private final int[] ends;

	private final EncodedSource[] sources;

	private final SentText text;

	EncodedEvents(ProtobufWriter encoded, int[] ends, EncodedSource[] sources, SentText text) {
		this.encoded = encoded;
		this.ends = ends;
		this.sources = sources;
		this.text = text;
	}

	/**
	 * Return how many events fit into a request.
	 * @param from the first event
	 * @param to the end of the events that are to be sent
	 * @param limit the most bytes the request may have; one event is never too many
	 * @return the end of those that fit
	 */
	int end(int from, int to, int limit) {
		List<EncodedSource> met = new ArrayList<>();
		long length = 0;
		for (int i = from; i < to; i++) {
			length += this.ends[i] - start(i);
			if (!isMet(this.sources[i], met)) {
				met.add(this.sources[i]);
				length += this.sources[i].resource().length + OUR_SCOPE.length + MAX_HEADS;
			}
			if (i > from && length > limit) {
				return i;
			}
		}
		return to;
	}

	/** Compared by identity: the encoder makes one for each source. */
	@SuppressWarnings("ReferenceEquality")
	private static boolean isMet(EncodedSource source, List<EncodedSource> met) {
		for (int i = met.size() - 1; i >= 0; i--) {
			if (met.get(i) == source) {
				return true;
			}
		}
		return false;
	}

	private int start(int event) {
		return (event > 0) ? this.ends[event - 1] : 0;
	}

	/**
	 * Make a request.
	 * @param from the first event
	 * @param to the end of its events
	 */
	HttpBody request(int from, int to) {
		List<EncodedSource> met = new ArrayList<>();
		for (int i = from; i < to; i++) {
			if (!isMet(this.sources[i], met)) {
				met.add(this.sources[i]);
			}
		}
		return new Request(from, to, met.stream().map((source) -> new Part(source, from, to)).toList());
	}

	/** The events of a source, in one request. */
	private final class Part {

		private final EncodedSource source;

		/** Pairs of where a run of records begins and ends. */
		private final List<int[]> runs = new ArrayList<>();

		private final byte[] head;

		private int records;

		@SuppressWarnings("ReferenceEquality") // see isMet
		Part(EncodedSource source, int from, int to) {
			this.source = source;
			for (int i = from; i < to; i++) {
				if (EncodedEvents.this.sources[i] == source) {
					add(start(i), EncodedEvents.this.ends[i]);
				}
			}
			this.head = head();
		}

		private void add(int start, int end) {
			int[] last = this.runs.isEmpty() ? null : this.runs.get(this.runs.size() - 1);
			if (last != null && last[1] == start) {
				last[1] = end;
			}
			else {
				this.runs.add(new int[] { start, end });
			}
			this.records += end - start;
		}

		private byte[] head() {
			byte[] resource = this.source.resource();
			int scope = OUR_SCOPE.length + this.records;
			int all = resource.length + 1 + ProtobufWriter.sizeOf(scope) + scope;
			return new ProtobufWriter(resource.length + OUR_SCOPE.length + MAX_HEADS).tag(SOURCES, ProtobufWriter.BYTES)
				.varint(all)
				.raw(resource)
				.tag(SCOPES, ProtobufWriter.BYTES)
				.varint(scope)
				.raw(OUR_SCOPE)
				.toByteArray();
		}

		int length() {
			return this.head.length + this.records;
		}

		void writeTo(OutputStream out) throws IOException {
			out.write(this.head);
			for (int[] run : this.runs) {
				EncodedEvents.this.encoded.writeTo(out, run[0], run[1]);
			}
		}

	}

	/** Some of the events. */
	private final class Request implements HttpBody {

		private final int from;

		private final int to;

		private final List<Part> parts;

		Request(int from, int to, List<Part> parts) {
			this.from = from;
			this.to = to;
			this.parts = parts;
		}

		@Override
		public int length() {
			return this.parts.stream().mapToInt(Part::length).sum();
		}

		@Override
		public Map<String, String> fields() {
			return EncodedRequest.FIELDS;
		}

		@Override
		public void writeTo(OutputStream out) throws IOException {
			for (Part part : this.parts) {
				part.writeTo(out);
			}
		}

		@Override
		public int events() {
			return this.to - this.from;
		}

		@Override
		public SentText text() {
			return EncodedEvents.this.text;
		}

	}

}
