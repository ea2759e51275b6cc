package dev.telemetry.sink.otlp;

import java.util.List;

import io.opentelemetry.common.ComponentLoader;

/**
 * Offers our sender and nothing else: the class path is not searched.
 *
 * @param type what an exporter asks for
 * @param provider makes our sender
 */
record OnlySender(Class<?> type, Object provider) implements ComponentLoader {

	@Override
	public <T> Iterable<T> load(Class<T> wanted) {
		return (wanted == this.type) ? List.of(wanted.cast(this.provider)) : List.of();
	}

}
