package dev.telemetry.consent.gate;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.telemetry.Internal;
import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.Notices;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.LibraryBuild;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ConsentGate}. Not safe for use by several threads.
 */
public final class ConsentGateBuilder {

	private static final Log logger = LogFactory.getLog(ConsentGateBuilder.class);

	/** Longer than it takes to replace a file. */
	private static final long MOMENT_NANOS = Duration.ofMillis(200).toNanos();

	/** Of a gate that was told no name. */
	static final String NO_TOOL = "unknown";

	final ConsentStore store;

	List<ConsentSource> sources = List.of();

	ConsentPolicy policy = ConsentPolicy.DEFAULTS;

	String tool = NO_TOOL;

	@Nullable Notices notices;

	Supplier<@Nullable ConsentCap> cap = () -> null;

	InstantSource clock = InstantSource.system();

	Instant earliest = LibraryBuild.time();

	LongSupplier nanoTime = System::nanoTime;

	RandomGenerator random = new SecureRandom();

	Duration closeWait = Duration.ofSeconds(2);

	Duration lookInterval = Duration.ofMillis(500);

	Runnable pause = ConsentGateBuilder::moment;

	Problems problems = new Problems();

	ConsentGateBuilder(ConsentStore store) {
		this.store = Objects.requireNonNull(store, "'store' must not be null");
	}

	/**
	 * Set what is asked about consent outside the record; nothing by default.
	 * @param sources the sources
	 * @return this builder
	 */
	public ConsentGateBuilder sources(List<ConsentSource> sources) {
		this.sources = List.copyOf(sources);
		return this;
	}

	/**
	 * Set how consent is judged.
	 * @param policy the policy
	 * @return this builder
	 */
	public ConsentGateBuilder policy(ConsentPolicy policy) {
		this.policy = Objects.requireNonNull(policy, "'policy' must not be null");
		return this;
	}

	/**
	 * Set the name that is written into the record.
	 * @param tool the name of the tool
	 * @return this builder
	 */
	public ConsentGateBuilder tool(String tool) {
		this.tool = Objects.requireNonNull(tool, "'tool' must not be null");
		return this;
	}

	/**
	 * Set the notice that a grant accepts. By default that is a notice that names the
	 * tool and nothing else.
	 * @param notices knows today's notice and those agreed to before
	 * @return this builder
	 */
	@Internal
	public ConsentGateBuilder notices(Notices notices) {
		this.notices = Objects.requireNonNull(notices, "'notices' must not be null");
		return this;
	}

	/**
	 * Set what limits a grant to this machine.
	 * @param cap returns the reason, or {@code null} when there is no such limit; called
	 * anew for every decision, so it must not cache what it read
	 * @return this builder
	 */
	public ConsentGateBuilder cap(Supplier<@Nullable ConsentCap> cap) {
		this.cap = Objects.requireNonNull(cap, "'cap' must not be null");
		return this;
	}

	/**
	 * Set the clocks.
	 * @param clock the wall clock, for what people read and for the age of a grant
	 * @param nanoTime the monotonic clock in nanoseconds
	 * @return this builder
	 */
	public ConsentGateBuilder clocks(InstantSource clock, LongSupplier nanoTime) {
		this.clock = clock;
		this.nanoTime = nanoTime;
		return this;
	}

	/**
	 * Set before which time the wall clock is certainly wrong, so that the age of a grant
	 * is not judged: by default that at which this library was built.
	 * @param earliest the earliest time that can be
	 * @return this builder
	 */
	public ConsentGateBuilder earliest(Instant earliest) {
		this.earliest = Objects.requireNonNull(earliest, "'earliest' must not be null");
		return this;
	}

	/**
	 * Set where it is told what is wrong with the record, the receipts and the clock.
	 * @param problems collects what is wrong
	 * @return this builder
	 */
	@Internal
	public ConsentGateBuilder problems(Problems problems) {
		this.problems = Objects.requireNonNull(problems, "'problems' must not be null");
		return this;
	}

	/**
	 * Set where the identifiers of grants and sessions come from.
	 * @param random the random source
	 * @return this builder
	 */
	public ConsentGateBuilder random(RandomGenerator random) {
		this.random = random;
		return this;
	}

	/**
	 * Set how long a denial waits for what is inside before connections are closed; 2
	 * seconds by default.
	 * @param closeWait the wait
	 * @return this builder
	 */
	public ConsentGateBuilder closeWait(Duration closeWait) {
		this.closeWait = closeWait;
		return this;
	}

	/**
	 * Set how old the last look at the record may be when a worker is about to enter;
	 * half a second by default.
	 * @param lookInterval the age; zero for a look each time
	 * @return this builder
	 */
	public ConsentGateBuilder lookInterval(Duration lookInterval) {
		this.lookInterval = lookInterval;
		return this;
	}

	/**
	 * Set what is done between two looks at a file of the home that is absent or cannot
	 * be read: by default that is to wait for 200 milliseconds.
	 * @param pause waits
	 * @return this builder
	 */
	public ConsentGateBuilder pause(Runnable pause) {
		this.pause = pause;
		return this;
	}

	/** An interrupt is restored for the caller and does not shorten the wait. */
	private static void moment() {
		long end = System.nanoTime() + MOMENT_NANOS;
		boolean interrupted = false;
		for (long left = MOMENT_NANOS; left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
			interrupted |= Thread.interrupted();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Build the gate, closed.
	 * @return the gate
	 */
	public ConsentGate build() {
		return new ConsentGate(this);
	}

	/** Without any it is agreed to nothing but the tool. */
	Notices notices() {
		if (this.notices != null) {
			return this.notices;
		}
		StoredNotices bare = new StoredNotices(this.store);
		bare.publish(Notice.builder(this.tool).build());
		return bare;
	}

	List<ConsentInput> inputs() {
		return this.sources.stream().flatMap((source) -> read(source).stream()).toList();
	}

	/** What cannot be read may be a denial, so it counts as one. */
	private static List<ConsentInput> read(ConsentSource source) {
		try {
			return List.copyOf(source.read());
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: what is said about consent cannot be read", ex);
			return List.of(new ConsentInput(2, source.getClass().getSimpleName(), "unreadable", null, false));
		}
	}

	String randomId() {
		byte[] id = new byte[16];
		this.random.nextBytes(id);
		return HexFormat.of().formatHex(id);
	}

}
