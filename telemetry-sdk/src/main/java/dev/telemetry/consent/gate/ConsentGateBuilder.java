package dev.telemetry.consent;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ConsentGate}. Not safe for use by several threads.
 */
public final class ConsentGateBuilder {

	private static final Log logger = LogFactory.getLog(ConsentGateBuilder.class);

	final ConsentStore store;

	List<ConsentSource> sources = List.of();

	ConsentPolicy policy = ConsentPolicy.DEFAULTS;

	String tool = "unknown";

	@Nullable Notices notices;

	Supplier<@Nullable String> cap = () -> null;

	InstantSource clock = InstantSource.system();

	LongSupplier nanoTime = System::nanoTime;

	RandomGenerator random = new SecureRandom();

	Duration closeWait = Duration.ofSeconds(2);

	Duration lookInterval = Duration.ofMillis(500);

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
	 * Set what a yes agrees to. By default that is a notice that names the tool and
	 * nothing else.
	 * @param notices knows today's notice and those agreed to before
	 * @return this builder
	 */
	public ConsentGateBuilder notices(Notices notices) {
		this.notices = Objects.requireNonNull(notices, "'notices' must not be null");
		return this;
	}

	/**
	 * Set what keeps a yes from reaching beyond this machine.
	 * @param cap gives the reason, or {@code null} when nothing does
	 * @return this builder
	 */
	public ConsentGateBuilder cap(Supplier<@Nullable String> cap) {
		this.cap = Objects.requireNonNull(cap, "'cap' must not be null");
		return this;
	}

	/**
	 * Set the clocks.
	 * @param clock the wall clock, for what people read and for the age of a yes
	 * @param nanoTime the monotonic clock in nanoseconds
	 * @return this builder
	 */
	public ConsentGateBuilder clocks(InstantSource clock, LongSupplier nanoTime) {
		this.clock = clock;
		this.nanoTime = nanoTime;
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
	 * Set how long a no waits for what is inside before connections are closed; 2 seconds
	 * by default.
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

	/** What cannot be read may be a no, so it counts as one. */
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
