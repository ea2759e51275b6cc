package dev.telemetry.sdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.consent.store.ConsentScope;
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
 * @param factories what was configured
 * @param settings how lanes deliver
 * @param runtime the clocks and threads of lanes
 * @param journal notes the identifiers that leave the machine, or {@code null}
 * @param support where lanes turn with what is not taken, or not yet; its problems are
 * told about sinks that cannot be made, too
 */
record LaneSource(List<TelemetrySinkFactory> factories, DeliverySettings settings, DeliveryRuntime runtime,
		@Nullable IdJournal journal, LaneSupport support) {

	LaneSource {
		factories = List.copyOf(factories);
	}

	/**
	 * Make the lanes that are not there yet, and start them: of what leaves this machine
	 * only if the session does.
	 * @param gate the gate
	 * @param session the session
	 * @param sinkSession what sinks learn of it
	 * @param made the names of the sinks that have a lane
	 * @return the lanes that run
	 */
	List<DeliveryLane> missing(ConsentGate gate, ConsentSession session, SinkSession sinkSession, Set<String> made) {
		List<DeliveryLane> lanes = new ArrayList<>(lanes(false, gate, session, sinkSession, made));
		if (session.scope() == ConsentScope.EXPORT) {
			lanes.addAll(lanes(true, gate, session, sinkSession, made));
		}
		return lanes;
	}

	private List<DeliveryLane> lanes(boolean remote, ConsentGate gate, ConsentSession session, SinkSession sinkSession,
			Set<String> made) {
		List<DeliveryLane> lanes = new ArrayList<>();
		for (TelemetrySinkFactory factory : this.factories) {
			TelemetrySink sink = (factory.remote() == remote && !made.contains(factory.name()))
					? create(factory, sinkSession) : null;
			if (sink != null) {
				DeliveryLane lane = new DeliveryLane(factory, sink, this.settings, gate, session, this.runtime,
						this.support);
				if (lane.start()) {
					problems().resolved(SinkFailure.property(factory));
					lanes.add(lane);
				}
				else {
					report(factory, SinkFailure.NO_THREAD);
				}
			}
		}
		return lanes;
	}

	/**
	 * Say why nothing can leave this machine.
	 * @param lanes what was made
	 * @return the reason, or {@code null} if one of the lanes leaves it
	 */
	@Nullable String unreachable(List<DeliveryLane> lanes) {
		if (lanes.stream().anyMatch(DeliveryLane::isRemote)) {
			return null;
		}
		String sinks = this.factories.stream()
			.filter(TelemetrySinkFactory::remote)
			.map((factory) -> "'" + factory.name() + "'")
			.collect(Collectors.joining(", "));
		return sinks.isEmpty() ? null : "the remote sink " + sinks + " cannot be created; see problems";
	}

	/** Erase what waits on disk, also what earlier sessions and other processes left. */
	void eraseSpill() {
		Spill spill = this.support.spill();
		if (spill != null) {
			erase("spill", "what waits to be sent", spill::erase);
		}
	}

	/** Erase the events that destinations refused. */
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

	/** One sink that cannot be created never keeps the others from their work. */
	private @Nullable TelemetrySink create(TelemetrySinkFactory factory, SinkSession session) {
		try {
			@Nullable TelemetrySink sink = factory.create(session);
			if (sink != null) {
				return (factory.remote() && this.journal != null) ? new IdJournalingSink(sink, this.journal) : sink;
			}
			report(factory, SinkFailure.nothing(factory));
		}
		catch (TelemetryException | RuntimeException | LinkageError | OutOfMemoryError ex) {
			report(factory, SinkFailure.of(factory, ex));
		}
		return null;
	}

	private void report(TelemetrySinkFactory factory, SinkFailure failure) {
		Problem problem = failure.toProblem(factory);
		if (!problems().list().contains(problem)) {
			problems().resolved(problem.property());
			problems().report(problem);
		}
	}

	private Problems problems() {
		return this.support.problems();
	}

	/** Something that erases. */
	@FunctionalInterface
	private interface Erasing {

		void erase() throws IOException;

	}

}
