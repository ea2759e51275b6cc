package dev.telemetry.pipeline;

import java.util.Set;

/** The names by which name and value are told apart where each has one of its own. */
final class ValueNames {

	private static final int LONGEST = 12;

	private static final Set<String> VALUES = Set.of("value", "val", "content", "text", "data", "plain", "default");

	private static final Set<String> NAMES = Set.of("name", "key", "id", "property", "field", "param", "parameter",
			"header", "variable", "env", "attribute", "setting", "type");

	private ValueNames() {
	}

	static boolean isValue(ScannedText text, int start, int end) {
		return end - start <= LONGEST && VALUES.contains(text.lower(start, end));
	}

	static boolean isName(ScannedText text, int start, int end) {
		return end - start <= LONGEST && NAMES.contains(text.lower(start, end));
	}

}
