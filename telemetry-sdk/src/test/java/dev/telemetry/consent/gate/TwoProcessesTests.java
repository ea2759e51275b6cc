package dev.telemetry.consent.gate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for two gates with one home, each with a store of its own. */
class TwoProcessesTests {

	private final AtomicLong nanoTime = new AtomicLong();

	@TempDir
	Path directory;

	@Test
	void disableWhenGivenToOneClosesTheOtherAtItsNextCheck() {
		ConsentGate one = gate();
		ConsentGate other = gate();
		one.enable(ConsentScope.EXPORT, null, "command");
		other.refresh();
		ConsentSession session = other.session();
		assertThat(session).isNotNull();
		one.disable("command");
		this.nanoTime.addAndGet(Duration.ofMillis(500).toNanos());
		other.checkRecord();
		assertThat(other.session()).isNull();
		assertThat(session.enter()).isFalse();
	}

	@Test
	void enableWhenGivenToOneIsReadByTheOtherAtRefreshOnly() {
		ConsentGate one = gate();
		ConsentGate other = gate();
		other.disable("command");
		one.enable(ConsentScope.EXPORT, null, "command");
		this.nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
		other.checkRecord();
		assertThat(other.session()).isNull();
		other.refresh();
		assertThat(other.session()).isNotNull();
	}

	@Test
	void commandsWhenTakingTurnsCountOnAndNeverReadFault() {
		ConsentGate one = gate();
		ConsentGate other = gate();
		for (int i = 0; i < 10; i++) {
			assertThat(one.enable(ConsentScope.LOCAL, null, "command").outcome()).isEqualTo(ConsentAnswer.Outcome.DONE);
			assertThat(other.disable("command").outcome()).isEqualTo(ConsentAnswer.Outcome.DONE);
			assertThat(one.refresh().state()).isEqualTo(ConsentState.WITHDRAWN);
		}
		ConsentRecord record = ConsentStore.file(Home.chosen(this.directory), "demo").read().record();
		assertThat(record).isNotNull();
		assertThat(record.seq()).isEqualTo(20);
	}

	private ConsentGate gate() {
		ConsentGate gate = ConsentGate.builder(ConsentStore.file(Home.chosen(this.directory), "demo"))
			.tool("demo")
			.clocks(() -> Inputs.NOW, this.nanoTime::get)
			.build();
		gate.refresh();
		return gate;
	}

}
