package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link DeletionRequests} when the system gives no thread. */
class ThreadlessDeletionTests {

	@TempDir
	private Path directory;

	private final AtomicBoolean scarce = new AtomicBoolean(true);

	private final Problems problems = new Problems();

	@Test
	void sendWithoutAThreadKeepsTheRequestSaysSoAndIsRetried() throws IOException {
		DeletionRequests requests = requests();
		requests.store(List.of("a1"));
		requests.send();
		assertThat(problems()).contains("thread telemetry-deletion");
		retried(requests);
	}

	@Test
	void startWithoutAThreadKeepsTheRequestSaysSoAndIsRetried() throws IOException {
		requests().store(List.of("a1"));
		DeletionRequests requests = requests();
		requests.start();
		assertThat(problems()).contains("thread telemetry-deletion");
		retried(requests);
	}

	private void retried(DeletionRequests requests) {
		requests.retry();
		assertThat(problems()).contains("thread telemetry-deletion");
		this.scarce.set(false);
		requests.retry();
		assertThat(problems()).doesNotContain("thread telemetry-deletion");
		requests.stop();
	}

	private List<String> problems() {
		return this.problems.list().stream().map(Problem::property).toList();
	}

	private DeletionRequests requests() {
		DeliveryRuntime system = DeliveryRuntime.system();
		return new DeletionRequests(new DeletionSettings("demo-app", (request) -> {
			throw new IllegalStateException("not there");
		}, null, null), Home.chosen(this.directory), () -> null, this.problems,
				new DeliveryRuntime(system.clock(), system.nanoTime(), system.random(), (task) -> {
					if (this.scarce.get()) {
						throw new OutOfMemoryError("unable to create native thread");
					}
					return new Thread(task);
				}));
	}

}
