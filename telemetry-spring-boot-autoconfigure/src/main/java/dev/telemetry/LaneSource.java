package dev.telemetry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentScope;
import dev.telemetry.consent.ConsentSession;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.LaneSupport;
import dev.telemetry.delivery.Spill;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sinks a session may have, and a lane for each. Under the scope {@code LOCAL}
 * no remote sink is made.
 *
 * @param factories what was configured, local sinks first so that they are flushed first
 * @param settings how lanes deliver
 * @param runtime the clocks and threads of lanes
 * @param journal notes the identifiers that leave the machine, or {@code null}
 * @param support where lanes turn with what is not taken, or not yet; its problems are
 * told about sinks that cannot be made, too
 */
record LaneSource(List<TelemetrySinkFactory> factories, DeliverySettings settings, DeliveryRuntime runtime,
		@Nullable IdJournal journal, LaneSupport support) {

	LaneSource {
		factories = factories.stream().sorted(Comparator.comparing(TelemetrySinkFactory::remote)).toList();
	}

	List<DeliveryLane> forSession(ConsentGate gate, ConsentSession session, SinkSession sinkSession) {
		List<DeliveryLane> lanes = new ArrayList<>();
		for (TelemetrySinkFactory factory : this.factories) {
			if (factory.remote() && session.scope() != ConsentScope.EXPORT) {
				continue;
			}
			TelemetrySink sink = create(factory, sinkSession);
			if (sink != null) {
				lanes.add(new DeliveryLane(factory, sink, this.settings, gate, session, this.runtime, this.support));
			}
		}
		return lanes;
	}

	/** Erase what waits on disk, also what earlier sessions and other processes left. */
	void eraseSpill() {
		Spill spill = this.support.spill();
		if (spill != null) {
			erase("spill", "what waits to be sent", spill::erase);
		}
	}

	/** Erase what receivers refused. */
	void eraseRejected() {
		erase("rejected", "refused events", this.support.rejected()::erase);
	}

	private void erase(String directory, String what, Erasing erasing) {
		try {
			erasing.erase();
			problems().resolved(directory);
		}
		catch (IOException ex) {
			problems().report(new Problem(directory, null,
					what + " cannot be erased (" + ex.getClass().getSimpleName() + ")", "erase the directory '"
							+ directory + "' in telemetry.home; nothing in it is sent without a new yes"));
		}
	}

	/** One sink that cannot be made never keeps the others from their work. */
	private @Nullable TelemetrySink create(TelemetrySinkFactory factory, SinkSession session) {
		try {
			TelemetrySink sink = Objects.requireNonNull(factory.create(session), "the factory made none");
			problems().resolved(property(factory));
			return (factory.remote() && this.journal != null) ? new IdJournalingSink(sink, this.journal) : sink;
		}
		catch (TelemetryException ex) {
			report(factory, String.valueOf(ex.getMessage()), "mend what the message names");
		}
		catch (RuntimeException | LinkageError ex) {
			// The message of somebody else's exception may hold a header or a key
			report(factory, ex.getClass().getName(), "look at how the application makes this sink");
		}
		return null;
	}

	private void report(TelemetrySinkFactory factory, String reason, String mend) {
		problems().report(new Problem(property(factory), factory.target(), "the sink cannot be made: " + reason,
				mend + ", then enable telemetry again"));
	}

	private Problems problems() {
		return this.support.problems();
	}

	private static String property(TelemetrySinkFactory factory) {
		return "sink " + factory.name();
	}

	/** Something that erases. */
	@FunctionalInterface
	private interface Erasing {

		void erase() throws IOException;

	}

}
