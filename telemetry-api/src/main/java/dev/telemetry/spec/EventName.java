package dev.telemetry.spec;

/** The form of an event's name: lower case, dots between parts, underscores inside. */
final class EventName {

	private static final int MAX_LENGTH = 128;

	private EventName() {
	}

	/**
	 * Return the name if it has the form.
	 * @throws IllegalArgumentException if not
	 */
	static String check(String name) {
		if (name.length() > MAX_LENGTH || !hasForm(name)) {
			throw new IllegalArgumentException(
					"'name' must be lower case with dots between its parts, such as 'order.placed': '" + name + "'");
		}
		return name;
	}

	private static boolean hasForm(String name) {
		boolean atStart = true;
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			boolean letter = c >= 'a' && c <= 'z';
			boolean later = (c >= '0' && c <= '9') || c == '_' || c == '.';
			if (!letter && (atStart || !later)) {
				return false;
			}
			atStart = c == '.';
		}
		return !atStart;
	}

}
