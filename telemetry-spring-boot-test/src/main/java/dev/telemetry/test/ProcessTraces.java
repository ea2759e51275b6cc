package dev.telemetry.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a process did while it was observed.
 *
 * @param traces what it did, by a key that is the same in another run
 * @param sockets how many sockets were open at the end that were not at the beginning
 */
record ProcessTraces(TreeMap<String, String> traces, long sockets) {

	/**
	 * Return what the process did in this observation alone.
	 * @param expected another observation
	 * @return a line for each thing
	 */
	List<String> without(ProcessTraces expected) {
		Set<String> known = expected.traces().keySet();
		List<String> more = new ArrayList<>();
		this.traces.forEach((key, trace) -> {
			if (!known.contains(key)) {
				more.add("  " + trace);
			}
		});
		if (more.stream().noneMatch((line) -> line.startsWith("  socket")) && this.sockets > expected.sockets()) {
			more.add("  sockets: " + (this.sockets - expected.sockets()) + " more are open");
		}
		return more;
	}

}
