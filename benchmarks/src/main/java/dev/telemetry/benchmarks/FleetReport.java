package dev.telemetry.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints what a day of N installations is for the server that receives it, and what comes
 * after an outage. Time is virtual, requests are real: see the classes it calls. Run by
 * hand; the seed makes two runs equal, nanoseconds aside.
 */
public final class FleetReport {

	private static final long SEED = 20_261_201;

	/** How many installations are simulated in full; of more, so many stand for all. */
	private static final int SIMULATED = 100_000;

	private static final List<Integer> FLEETS = List.of(1_000, 100_000, 10_000_000);

	private FleetReport() {
	}

	/** Run and print, in Markdown. */
	public static void main(String[] arguments) throws Exception {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		FleetWire wire = new FleetWire();
		List<double[]> sizes = new ArrayList<>();
		out.println("| events in a request | bytes with gzip | without |");
		out.println("|---|---|---|");
		for (int events : FleetWire.MEASURED) {
			double zipped = wire.bytes(events, true);
			sizes.add(new double[] { events, zipped });
			out.println("| " + events + " | " + round(zipped) + " | " + round(wire.bytes(events, false)) + " |");
		}
		out.println();
		FleetDay day = new FleetDay(SEED);
		// Every request of the smallest fleet is made, and so checks what the table says
		// of the others
		FleetDay.Totals all = day.run(FLEETS.get(0), FleetWire.interpolated(sizes));
		double made = day.bytesWhenEachRequestIsMade(FLEETS.get(0), wire);
		out.println(String.format(Locale.ROOT,
				"%,d installations, every request made: %,.0f bytes, by the table %,.0f " + "(%+.1f %%)", FLEETS.get(0),
				made, all.bytes(), 100 * (all.bytes() / made - 1)));
		out.println();
		out.println("| installations | events | requests | sent twice | bytes | requests in the busiest second |");
		out.println("|---|---|---|---|---|---|");
		for (int fleet : FLEETS) {
			int simulated = Math.min(fleet, SIMULATED);
			FleetDay.Totals totals = day.run(simulated, FleetWire.interpolated(sizes));
			double each = (double) fleet / simulated;
			out.println(String.format(Locale.ROOT, "| %,d | %,.0f | %,.0f | %,.0f | %,.1f MB | %s |", fleet,
					totals.events() * each, totals.requests() * each, totals.repeated() * each,
					totals.bytes() * each / 1e6, (simulated == fleet) ? String.valueOf(totals.busiest())
							: round(totals.busiestMinute() * each) + " on average of the busiest minute"));
		}
		out.println();
		out.println("| identifiers in the set | duplicates found | bytes each | ns each |");
		out.println("|---|---|---|---|");
		for (int events : List.of(100_000, 1_000_000, 10_000_000)) {
			out.println(FleetDuplicates.measure(events, wire));
		}
		out.println();
		out.println("| installations | away for | first request, all within | busiest second | mean | within 10 s |");
		out.println("|---|---|---|---|---|---|");
		for (int fleet : FLEETS) {
			for (int minutes : List.of(1, 10, 60)) {
				out.println(FleetOutage.run(fleet, minutes, SEED, false));
			}
		}
		out.println("| with planted waits that have no jitter | | | | | |");
		out.println(FleetOutage.run(100_000, 60, SEED, true));
	}

	private static String round(double value) {
		return String.format(Locale.ROOT, "%,.0f", value);
	}

}
