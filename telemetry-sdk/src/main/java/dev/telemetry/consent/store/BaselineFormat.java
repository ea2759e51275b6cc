package dev.telemetry.consent.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The format of the limits of grants that accepted a notice of the first format: one JSON
 * object that names for each such notice the one that counts. The reader writes what it
 * has read again and compares, so any other format is refused.
 */
final class BaselineFormat {

	private static final long VERSION = 1;

	private static final String KEY = "baseline:";

	private BaselineFormat() {
	}

	/** Return the key it is stored under where notices are rows of a table. */
	static String key(String accepted) {
		return KEY + accepted.substring(accepted.indexOf(':') + 1);
	}

	static byte[] write(Map<String, String> baselines) {
		SortedMap<String, Object> tree = new TreeMap<>();
		tree.put("v", VERSION);
		tree.put("baselines", new TreeMap<String, Object>(baselines));
		return CanonicalJson.write(tree);
	}

	/**
	 * Read what it is.
	 * @param json the text
	 * @return hashes of notices by the hash of the one agreed to
	 * @throws IOException with a reason in one clause if it is not one
	 */
	static SortedMap<String, String> read(byte[] json) throws IOException {
		SortedMap<String, String> baselines = new TreeMap<>();
		if (CanonicalJson.read(json).get("baselines") instanceof Map<?, ?> all) {
			all.forEach((accepted, notice) -> baselines.put(String.valueOf(accepted), String.valueOf(notice)));
		}
		if (!Arrays.equals(write(baselines), json)) {
			throw new IOException("it has another form than it was written in");
		}
		return baselines;
	}

}
