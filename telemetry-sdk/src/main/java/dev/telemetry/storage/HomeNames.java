package dev.telemetry.storage;

import java.util.List;
import java.util.Set;

/** The names of the files in a home: by these we tell our files from those of others. */
final class HomeNames {

	private static final Set<String> NAMES = Set.of("telemetry.yaml", "telemetry.yml", "telemetry.opt-in", "notices",
			"install-secret", "spill", "rejected", "deletion", "archive", ".DS_Store");

	/** Names that come with suffixes, of rotated or damaged files for example. */
	private static final List<String> PREFIXES = List.of("consent.json", "consent-receipts.jsonl", "telemetry.log",
			"ids.jsonl");

	private HomeNames() {
	}

	static boolean isOurs(String name) {
		return NAMES.contains(name) || name.endsWith(".lock") || AtomicFileWrite.isTemporary(name)
				|| PREFIXES.stream().anyMatch((prefix) -> name.equals(prefix) || name.startsWith(prefix + "."));
	}

}
