package dev.telemetry.consent.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import dev.telemetry.consent.store.ConsentStore.Limit;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Tests for {@link BoundedDatabase}: a database that hangs keeps nobody waiting. */
@Tag("F-32")
class BoundedDatabaseTests {

	private static final String NO_CONNECTION = "the database gave no connection in time";

	private static final Duration SHORT = Duration.ofMillis(50);

	private final TestDatabase database = TestDatabase.h2("h2");

	private final Hanging hanging = new Hanging();

	private final List<Thread> threads = new ArrayList<>();

	private final Problems problems = new Problems();

	private boolean threadsRefused;

	private final BoundedDatabase bounded = bounded(this.hanging);

	private BoundedDatabase bounded(DataSource dataSource) {
		return new BoundedDatabase(new ConsentDatabase(dataSource), ConsentSchema.none(), System::nanoTime,
				this::newThread, this.problems);
	}

	private Thread newThread(Runnable task) {
		if (this.threadsRefused) {
			throw new OutOfMemoryError("unable to create native thread");
		}
		Thread thread = new Thread(task);
		this.threads.add(thread);
		return thread;
	}

	@AfterEach
	void letGo() {
		this.hanging.released.countDown();
	}

	@Test
	void connectionThatNeverComesKeepsNobodyWaitingAndNothingPilesUp() throws Exception {
		for (int i = 0; i < 100; i++) {
			assertThatIOException().isThrownBy(() -> ask(this.bounded)).withMessageStartingWith(NO_CONNECTION);
		}
		assertThat(this.hanging.asked).as("the others did not even ask").hasValue(1);
		assertThat(this.threads).hasSize(1);
		this.hanging.released.countDown();
		Patience.until("the database to answer again", () -> answers(this.bounded));
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void connectionThatNeverComesIsAProblemOnlyForWhoAsksWithPatience() throws Exception {
		assertThatIOException().isThrownBy(() -> ask(this.bounded));
		assertThat(this.problems.list()).as("who was in a hurry cannot tell").isEmpty();
		assertThatIOException().isThrownBy(() -> this.bounded.ask((sql) -> 1));
		assertThat(this.problems.list()).extracting(Problem::problem).containsExactly(NO_CONNECTION);
		this.hanging.released.countDown();
		Patience.until("the database to answer again", () -> answers(this.bounded));
		assertThat(this.problems.list()).isEmpty();
	}

	@Test
	void workThatIsGivenUpIsNotCommitted() throws Exception {
		BoundedDatabase answering = bounded(this.database);
		int warm = answering.ask((sql) -> 1);
		assertThat(warm).isEqualTo(1);
		CountDownLatch written = new CountDownLatch(1);
		assertThatIOException().isThrownBy(() -> {
			try (Limit limit = answering.within(Duration.ofSeconds(1))) {
				assertThat(limit).isNotNull();
				answering.ask((sql) -> {
					sql.update("insert into telemetry_consent_notice (hash, notice) values ('h', 'n')");
					written.countDown();
					this.hanging.await();
					return true;
				});
			}
		}).withMessageStartingWith("the database took too long");
		Patience.await("the insert", written);
		this.hanging.released.countDown();
		Patience.until("the database to answer again", () -> answers(answering));
		assertThat(this.database.query("select hash from telemetry_consent_notice")).isEmpty();
	}

	@Test
	void refusedThreadIsAProblemUntilThereIsOne() throws Exception {
		BoundedDatabase answering = bounded(this.database);
		this.threadsRefused = true;
		assertThatIOException().isThrownBy(() -> answering.ask((sql) -> 1))
			.withMessage("no thread can be started, so that the database cannot be asked; raise the limit of threads"
					+ " for this process or its container (ulimit -u, pids.max)");
		assertThat(this.problems.list()).extracting(Problem::property).containsExactly("telemetry.consent.store");
		this.threadsRefused = false;
		Patience.until("the database to answer", () -> answers(answering));
		assertThat(this.problems.list()).isEmpty();
	}

	@Test
	void interruptOfWhoAsksEndsNothingAndIsKept() throws Exception {
		Thread.currentThread().interrupt();
		int answer = bounded(this.database).ask((sql) -> 1);
		assertThat(answer).isEqualTo(1);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void errorOfADriverIsAnOutage() {
		assertThatIOException().isThrownBy(() -> bounded(this.database).ask((sql) -> {
			throw new NoClassDefFoundError("driver.Class");
		})).withMessageStartingWith("the application's DataSource failed with NoClassDefFoundError");
	}

	@Test
	void limitInsideALimitEndsWithIt() {
		try (Limit outer = this.bounded.within(SHORT)) {
			assertThat(outer).isNotNull();
			this.bounded.within(Duration.ofDays(1)).close();
			assertThatIOException().isThrownBy(() -> this.bounded.ask((sql) -> 1))
				.withMessageStartingWith(NO_CONNECTION);
		}
	}

	private static boolean answers(BoundedDatabase database) {
		try {
			return ask(database) == 1;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int ask(BoundedDatabase database) throws IOException {
		try (Limit limit = database.within(SHORT)) {
			assertThat(limit).isNotNull();
			return database.ask((sql) -> 1);
		}
	}

	/** Gives no connection until it is released. */
	private final class Hanging extends AbstractDataSource {

		private final CountDownLatch released = new CountDownLatch(1);

		private final AtomicInteger asked = new AtomicInteger();

		@Override
		public Connection getConnection() throws SQLException {
			this.asked.incrementAndGet();
			await();
			return BoundedDatabaseTests.this.database.getConnection();
		}

		private void await() {
			try {
				Patience.await("the release", this.released);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public Connection getConnection(String user, String password) throws SQLException {
			return getConnection();
		}

	}

}
