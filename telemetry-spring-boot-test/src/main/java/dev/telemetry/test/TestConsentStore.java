package dev.telemetry.test;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.consent.store.ConsentReceipt;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.notice.Notice;
import dev.telemetry.test.AutoConfigureTelemetry.Consent;
import org.jspecify.annotations.Nullable;

/**
 * A record in memory that begins with the consent of the test class: as if the user had
 * decided about today's notice before the application started. Safe for use by several
 * threads.
 */
final class TestConsentStore implements ConsentStore {

	private static final String CHANNEL = "test";

	private final ConsentStore texts = ConsentStore.memory();

	private final TestConsent initial;

	private final Supplier<@Nullable Notice> notice;

	private final Object lock = new Object();

	/** Counts the decisions; that of the test class is one each time it is restored. */
	@GuardedBy("lock")
	private long seq = 1;

	@GuardedBy("lock")
	private @Nullable ConsentRecord decided;

	/**
	 * Create a store.
	 * @param initial what was decided before each test
	 * @param notice gives today's notice, or {@code null} until it is known
	 */
	TestConsentStore(TestConsent initial, Supplier<@Nullable Notice> notice) {
		this.initial = initial;
		this.notice = notice;
	}

	/**
	 * Forget what a test has decided.
	 * @return whether it has decided anything
	 */
	boolean restore() {
		synchronized (this.lock) {
			boolean changed = this.decided != null;
			this.decided = null;
			this.seq += changed ? 1 : 0;
			return changed;
		}
	}

	@Override
	public Found read() {
		synchronized (this.lock) {
			return new Found((this.decided != null) ? this.decided : before(this.seq), null);
		}
	}

	/** A decision names the notice it is about and the tool it is for. */
	private @Nullable ConsentRecord before(long number) {
		Notice today = this.notice.get();
		if (today == null || this.initial.consent() == Consent.UNDECIDED) {
			return null;
		}
		return (this.initial.consent() == Consent.GRANTED)
				? new ConsentRecord(number, true, true, scope(), today.hash(), CHANNEL + number, Instant.now(), CHANNEL,
						today.tool())
				: new ConsentRecord(number, false, false, ConsentScope.NONE, null, null, Instant.now(), CHANNEL,
						today.tool());
	}

	private ConsentScope scope() {
		return this.initial.export() ? ConsentScope.EXPORT : ConsentScope.LOCAL;
	}

	@Override
	public ConsentRecord write(ConsentRecord record) {
		synchronized (this.lock) {
			ConsentRecord written = new ConsentRecord(++this.seq, record.granted(), record.grantedBefore(),
					record.scope(), record.notice(), record.grantId(), record.asOf(), record.channel(), record.tool(),
					record.continues());
			this.decided = written;
			return written;
		}
	}

	@Override
	public void setAside() {
	}

	@Override
	public void appendReceipt(ConsentReceipt receipt) {
	}

	@Override
	public void saveNotice(String hash, byte[] json) throws IOException {
		this.texts.saveNotice(hash, json);
	}

	@Override
	public byte @Nullable [] notice(String hash) {
		return this.texts.notice(hash);
	}

	@Override
	public @Nullable String baseline(String accepted) throws IOException {
		return this.texts.baseline(accepted);
	}

	@Override
	public boolean saveBaseline(String accepted, @Nullable String expected, String today) throws IOException {
		return this.texts.saveBaseline(accepted, expected, today);
	}

	@Override
	public String place() {
		return "the record of the test";
	}

	@Override
	public @Nullable String unusable() {
		return null;
	}

}
