package dev.telemetry.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentPolicy;
import dev.telemetry.consent.gate.ConsentPoller;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeDestination;
import dev.telemetry.consent.notice.NoticeEvent;
import dev.telemetry.consent.notice.Notices;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * Whether a log may be sent, by the application's own rules and its own gate, and more
 * narrowly: only a recorded grant counts, since only that says when it began and what it
 * agreed to. Nothing is written.
 */
final class ReplayConsent implements AutoCloseable {

	private static final String ENABLE = "record consent with the application's --telemetry.command=enable or POST"
			+ " /actuator/telemetry/enable";

	/** A line says when it was recorded, and configuration not since when it grants. */
	private static final String NO_TIME = "consent by configuration has no time, so it cannot be told what was recorded"
			+ " under it; " + ENABLE + ": what is recorded from then on can be sent again";

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
		ReplayConsentSettings said = new ReplayConsentSettings(settings);
		Duration maxAge = settings
			.find("telemetry.consent.max-age", ValueParser.duration(Duration.ZERO, Duration.ofDays(36500))::parse)
			.orElse(defaults.maxAge());
		this.gate = ConsentGate.builder(store)
			.sources(List.of(ConsentSource.environment(host.variables()::get, host.properties()), said::inputs,
					ConsentSource.optInFile(home, new Problems())))
			.policy(new ConsentPolicy(maxAge, defaults.trustPackaged(), defaults.detectTestEnvironment(),
					defaults.detectCi(), null, false))
			.tool(tool)
			.notices(new Agreed(this.notices))
			.cap(() -> cap(said, target))
			.clocks(host.clock(), host.nanoTime())
			.earliest(host.built())
			.lookInterval(Duration.ZERO)
			.build();
		this.poller = new ConsentPoller(store, this.gate, DeliveryRuntime.system().threads());
	}

	private static @Nullable ConsentCap cap(ReplayConsentSettings said, ReplayTarget target) {
		String local = said.localOnly();
		return ConsentCap.of((local != null) ? local : target.insecure());
	}

	/** Look at everything that is said, and return why nothing may be sent, or null. */
	@Nullable String refusal() {
		Problem problem = this.home.check();
		if (problem != null) {
			return problem.problem() + "; " + problem.action();
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
		if (decision.state() == ConsentState.UNDECIDED) {
			return "no decision is recorded in '" + this.home.path() + "'. Where the application's own configuration"
					+ " grants consent, which is not seen here: " + NO_TIME;
		}
		return decision.reason() + "; " + switch (decision.state()) {
			case ABSENT, VETOED, SUPPRESSED -> "nothing is sent while that stands";
			case FAULT -> "then " + ENABLE;
			case DENIED, WITHDRAWN -> "a denial holds for what was recorded before, too";
			default -> ENABLE;
		};
	}

	private @Nullable String narrower(ConsentDecision decision) {
		if (decision.rule() != 9) {
			return "consent is granted by configuration (" + decision.reason() + ") and not recorded: " + NO_TIME;
		}
		if (decision.recordedScope() != ConsentScope.EXPORT) {
			return "consent is for this machine only; what was recorded under it stays here";
		}
		if (decision.scope() != ConsentScope.EXPORT) {
			return decision.cap() + "; nothing is sent while that stands";
		}
		return elsewhere();
	}

	private @Nullable String elsewhere() {
		NoticeDestination destination = this.target.destination();
		Notice agreed = this.notices.agreed(grant().notice());
		List<NoticeDestination> named = (agreed != null) ? agreed.destinations() : List.of();
		if (named.stream().anyMatch((known) -> known.covers(destination))) {
			return null;
		}
		String all = named.isEmpty() ? "no receiver"
				: named.stream().map(NoticeDestination::toString).collect(Collectors.joining(", "));
		return "the notice that was agreed to names " + all + ", not " + destination + "; send it there, or " + ENABLE
				+ " to a notice that names this one";
	}

	/** Return the grant that was found; it may have been withdrawn meanwhile. */
	private ConsentRecord grant() {
		ConsentRecord record = this.store.read().record();
		if (record == null) {
			throw new UserException("consent.json was removed just now", "look at the home");
		}
		return record;
	}

	/** Return the events that the notice agreed to keeps from this destination. */
	Set<String> withheld() {
		Notice agreed = this.notices.agreed(grant().notice());
		return (agreed != null) ? agreed.events()
			.stream()
			.filter((event) -> !event.destinations().isEmpty() && !event.destinations().contains(this.target.name()))
			.map(NoticeEvent::name)
			.collect(Collectors.toSet()) : Set.of();
	}

	/**
	 * Return the first moment that is surely covered by the grant. A record names whole
	 * seconds, so what was recorded within that second may be from before.
	 */
	Instant since() {
		return grant().asOf().plusSeconds(1);
	}

	/** Watch over what is sent: a denial from now on closes the connection. */
	void watch(ConsentListener listener) {
		this.gate.addListener(listener);
		this.poller.start();
	}

	/**
	 * Read the record again, and return whether the grant that was found still applies.
	 */
	boolean stands() {
		this.gate.refresh();
		ConsentSession found = this.session;
		return found != null && Objects.equals(this.gate.session(), found);
	}

	ConsentGate gate() {
		return this.gate;
	}

	/** Return the consent session of the grant that was found. */
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
