package dev.telemetry.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.telemetry.consent.ConsentDecision;
import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentInput;
import dev.telemetry.consent.ConsentListener;
import dev.telemetry.consent.ConsentPolicy;
import dev.telemetry.consent.ConsentPoller;
import dev.telemetry.consent.ConsentRecord;
import dev.telemetry.consent.ConsentScope;
import dev.telemetry.consent.ConsentSession;
import dev.telemetry.consent.ConsentSource;
import dev.telemetry.consent.ConsentState;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.consent.Notice;
import dev.telemetry.consent.NoticeDestination;
import dev.telemetry.consent.Notices;
import dev.telemetry.consent.StoredNotices;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problem;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * Whether a log may be sent, by the application's own rules and its own gate, and more
 * narrowly: only a recorded yes counts, since only that says when it began and what it
 * agreed to. Nothing is written.
 */
final class ReplayConsent implements AutoCloseable {

	private static final String ENABLE = "say yes in the application";

	private final Home home;

	private final ReplayTarget target;

	private final ConsentStore store;

	private final StoredNotices notices;

	private final ConsentGate gate;

	private final ConsentPoller poller;

	private @Nullable ConsentSession session;

	/**
	 * Create it; the gate is closed.
	 * @param home the home of the tool
	 * @param store the record in it
	 * @param tool the tool it is for
	 * @param settings what is configured
	 * @param target where the log shall go
	 * @param host knows the variables and the time
	 */
	ReplayConsent(Home home, ConsentStore store, String tool, ReplaySettings settings, ReplayTarget target, Host host) {
		this.home = home;
		this.target = target;
		this.store = store;
		this.notices = new StoredNotices(store);
		ConsentPolicy defaults = ConsentPolicy.DEFAULTS;
		Duration maxAge = settings.find("telemetry.consent.max-age", ReplaySettings::duration)
			.orElse(defaults.maxAge());
		this.gate = ConsentGate.builder(store)
			.sources(List.of(ConsentSource.environment(host.variables()::get, host.properties()), settings::consent))
			.policy(new ConsentPolicy(maxAge, defaults.trustPackaged(), defaults.detectTestEnvironment(),
					defaults.detectCi(), null, false))
			.tool(tool)
			.notices(new Agreed(this.notices))
			.cap(() -> cap(settings, target))
			.clocks(host.clock(), host.nanoTime())
			.lookInterval(Duration.ZERO)
			.build();
		this.poller = new ConsentPoller(store, this.gate, DeliveryRuntime.system().threads());
	}

	private static @Nullable String cap(ReplaySettings settings, ReplayTarget target) {
		String local = settings.localOnly();
		return (local != null) ? local : target.insecure();
	}

	/** Look at everything that is said, and return why nothing may be sent, or null. */
	@Nullable String refusal() {
		Problem problem = this.home.check();
		if (problem != null) {
			return problem.problem() + "; " + problem.mend();
		}
		ConsentDecision decision = this.gate.refresh();
		this.session = this.gate.session();
		return (decision.state() == ConsentState.GRANTED) ? narrower(decision) : closed(decision);
	}

	private String closed(ConsentDecision decision) {
		ConsentRecord record = this.store.read().record();
		if (decision.state() == ConsentState.STALE && record != null && this.notices.find(record.notice()) == null) {
			return "what was agreed to cannot be told, its text in 'notices' is missing or damaged; " + ENABLE
					+ " again";
		}
		return decision.reason() + "; " + switch (decision.state()) {
			case ABSENT, VETOED, SUPPRESSED -> "nothing is sent while that stands";
			case FAULT -> "then " + ENABLE;
			case DENIED, WITHDRAWN -> "a no is a no for what was recorded before, too";
			default -> ENABLE;
		};
	}

	private @Nullable String narrower(ConsentDecision decision) {
		if (decision.rule() != 9) {
			return "the yes is not recorded (" + decision.reason() + "), so nobody can tell since when it stands; "
					+ ENABLE + " with 'enable', for what is recorded from then on";
		}
		if (decision.recordedScope() != ConsentScope.EXPORT) {
			return "the yes is for this machine only; what was recorded under it stays here";
		}
		if (decision.scope() != ConsentScope.EXPORT) {
			return decision.cap() + "; nothing is sent while that stands";
		}
		return elsewhere();
	}

	private @Nullable String elsewhere() {
		NoticeDestination destination = this.target.destination();
		Notice agreed = this.notices.find(grant().notice());
		List<NoticeDestination> named = (agreed != null) ? agreed.destinations() : List.of();
		if (named.stream().anyMatch((known) -> known.covers(destination))) {
			return null;
		}
		String all = named.isEmpty() ? "no receiver"
				: named.stream().map(NoticeDestination::toString).collect(Collectors.joining(", "));
		return "the notice that was agreed to names " + all + ", not " + destination + "; send it there, or " + ENABLE
				+ " to a notice that names this one";
	}

	/** Return the yes that was found; it may have been taken back meanwhile. */
	private ConsentRecord grant() {
		ConsentRecord record = this.store.read().record();
		if (record == null) {
			throw new UserException("consent.json was removed just now", "look at the home");
		}
		return record;
	}

	/**
	 * Return the first moment that is surely under the yes. A record names whole seconds,
	 * so what was recorded within that second may be from before.
	 */
	Instant since() {
		return grant().asOf().plusSeconds(1);
	}

	/** Watch over what is sent: a no from now on closes the connection. */
	void watch(ConsentListener listener) {
		this.gate.addListener(listener);
		this.poller.start();
	}

	/** Look again, and return whether the yes that was found still stands. */
	boolean stands() {
		this.gate.refresh();
		ConsentSession found = this.session;
		return found != null && Objects.equals(this.gate.session(), found);
	}

	ConsentGate gate() {
		return this.gate;
	}

	/** Return the session of the yes that was found. */
	ConsentSession session() {
		return Objects.requireNonNull(this.session, "'session' must not be null");
	}

	@Override
	public void close() {
		this.poller.stop();
		this.gate.close();
	}

	/** Today's notice is known to the application alone; the one agreed to has to be. */
	private record Agreed(StoredNotices stored) implements Notices {

		@Override
		public @Nullable String current() {
			return null;
		}

		@Override
		public boolean covered(@Nullable String accepted) {
			return this.stored.find(accepted) != null;
		}

		@Override
		public void keep() {
		}

	}

}
