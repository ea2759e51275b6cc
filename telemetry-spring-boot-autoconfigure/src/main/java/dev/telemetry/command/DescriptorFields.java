package dev.telemetry.command;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.actuate.InlineDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the endpoint's descriptors as maps and lists, under the names they have
 * over HTTP. Fields without a value are left out.
 */
final class DescriptorFields {

	private DescriptorFields() {
	}

	static Map<String, Object> of(Record descriptor) {
		Map<String, Object> fields = new LinkedHashMap<>();
		collect(descriptor, fields);
		return fields;
	}

	private static void collect(Record descriptor, Map<String, Object> fields) {
		for (RecordComponent component : descriptor.getClass().getRecordComponents()) {
			Object value = value(component, descriptor);
			if (value instanceof InlineDescriptor && value instanceof Record part) {
				collect(part, fields);
			}
			else if (value != null) {
				fields.put(component.getName(), plain(value));
			}
		}
	}

	private static Object plain(Object value) {
		if (value instanceof Record descriptor) {
			return of(descriptor);
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, Object> fields = new LinkedHashMap<>();
			map.forEach((name, entry) -> fields.put(String.valueOf(name), plain(entry)));
			return fields;
		}
		if (value instanceof Iterable<?> list) {
			List<Object> elements = new ArrayList<>();
			list.forEach((element) -> elements.add(plain(element)));
			return elements;
		}
		return value;
	}

	private static @Nullable Object value(RecordComponent component, Record descriptor) {
		try {
			return component.getAccessor().invoke(descriptor);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Descriptor cannot be read: " + component, ex);
		}
	}

}
