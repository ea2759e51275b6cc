package dev.telemetry.consent.gate;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.telemetry.consent.store.ConsentStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsentPoller} when the system gives no thread. */
class ThreadlessPollerTests {

	@Test
	void startWithoutAThreadSaysSoAndRetryBegins() {
		AtomicBoolean scarce = new AtomicBoolean(true);
		ConsentStore store = ConsentStore.memory();
		ConsentPoller poller = new ConsentPoller(store, ConsentGate.builder(store).build(), (task) -> {
			if (scarce.get()) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			return new Thread(task);
		});
		assertThat(poller.retry()).as("before it is wanted").isTrue();
		assertThat(poller.start()).isFalse();
		assertThat(poller.retry()).isFalse();
		scarce.set(false);
		assertThat(poller.retry()).isTrue();
		poller.stop();
		scarce.set(true);
		assertThat(poller.retry()).as("after its end").isTrue();
	}

}
