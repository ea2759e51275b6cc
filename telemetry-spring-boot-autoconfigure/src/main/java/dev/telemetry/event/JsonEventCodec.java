package dev.telemetry.event;

import java.io.IOException;

/** The JSON line format. STUB. */
final class JsonEventCodec implements EventCodec {

	@Override
	public void encode(Event event, LineBuffer line) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Event decode(byte[] line, int offset, int length) throws IOException {
		throw new IOException("not implemented");
	}

}
