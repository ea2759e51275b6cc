package dev.telemetry.sink.otlp;

import dev.telemetry.event.Event;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import org.jspecify.annotations.Nullable;

/** Writes what log records and spans of an event have in common. */
final class EventAttributes {

	static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.telemetry");

	private final AttributesBuilder attributes = Attributes.builder();

	EventAttributes id(Event event) {
		return put("event.id", event.id().toString());
	}

	EventAttributes values(Event event, String prefix) {
		event.forEachAttribute((key, value) -> put(prefix + key, value));
		return this;
	}

	EventAttributes put(String key, @Nullable Object value) {
		if (value instanceof String text) {
			this.attributes.put(key, text);
		}
		else if (value instanceof Long number) {
			this.attributes.put(key, number);
		}
		else if (value instanceof Double number) {
			this.attributes.put(key, number);
		}
		else if (value instanceof Boolean flag) {
			this.attributes.put(key, flag);
		}
		return this;
	}

	Attributes build() {
		return this.attributes.build();
	}

	static boolean failed(Event event) {
		return Boolean.FALSE.equals(event.attribute("success"));
	}

}
