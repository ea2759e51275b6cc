package dev.telemetry.sink;

import java.io.StringWriter;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Prints each event to the application's log at level INFO, as indented JSON: what an
 * author looks at while finding out what is recorded. Keeps nothing.
 */
public final class LogSink implements TelemetrySink {

	private static final Log logger = LogFactory.getLog(LogSink.class);

	private static final JsonFactory JSON = JsonFactory.builder().build();

	private final EventCodec codec = EventCodec.json();

	@Override
	public void emit(Event event) throws TelemetryException {
		LineBuffer line = new LineBuffer(512);
		this.codec.encode(event, line);
		try {
			logger.info("Telemetry event\n" + indented(line.toByteArray()));
		}
		catch (JacksonException ex) {
			throw new TelemetryException(TelemetryException.Kind.SERIALIZATION, "the event cannot be printed", false,
					ex);
		}
	}

	private static String indented(byte[] line) {
		StringWriter text = new StringWriter();
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line);
				JsonGenerator generator = JSON.createGenerator(new IndentingContext(), text)) {
			while (parser.nextToken() != null) {
				generator.copyCurrentEvent(parser);
			}
		}
		return text.toString();
	}

	/** Asks for indentation. */
	private static final class IndentingContext extends ObjectWriteContext.Base {

		@Override
		public DefaultPrettyPrinter getPrettyPrinter() {
			return new DefaultPrettyPrinter();
		}

		@Override
		public boolean hasPrettyPrinter() {
			return true;
		}

	}

}
