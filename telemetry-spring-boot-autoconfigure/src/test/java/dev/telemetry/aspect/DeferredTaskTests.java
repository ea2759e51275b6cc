package dev.telemetry.aspect;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.aspect.FakeTelemetryContext.Recorded;
import dev.telemetry.problem.Problem;
import io.reactivex.rxjava3.flowables.ConnectableFlowable;
import kotlin.sequences.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Work that a method returns instead of doing it, and what cannot be measured. */
class DeferredTaskTests {

	private final Advised advised = new Advised();

	private final Tasks tasks = this.advised.proxy(new Tasks());

	@Test
	void callableWhenCalledIsRecordedWhenItEnds() throws Exception {
		Callable<String> task = this.tasks.callable(() -> {
			assertThat(this.advised.names()).isEmpty();
			return "abc";
		});
		assertThat(this.advised.names()).isEmpty();
		assertThat(task.call()).isEqualTo("abc");
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
		assertThat(this.advised.event().attributes()).isEqualTo(Map.of("length", 3));
	}

	@Test
	void callableWhenItThrowsIsRecordedAsFailureAndRethrows() {
		IOException failure = new IOException();
		Callable<String> task = this.tasks.callable(() -> {
			throw failure;
		});
		assertThat(catchThrowable(task::call)).isSameAs(failure);
		assertThat(this.advised.event().failure()).isSameAs(failure);
	}

	@Test
	void callableWhenInterruptedIsRecordedAsCancelled() {
		Callable<String> task = this.tasks.callable(() -> {
			throw new InterruptedException();
		});
		assertThat(catchThrowable(task::call)).isInstanceOf(InterruptedException.class);
		assertThat(this.advised.event().outcome()).isEqualTo("cancelled");
	}

	@Test
	void callableWhenDeclaredAsObjectIsRecordedWhenItEnds() throws Exception {
		Callable<?> task = (Callable<?>) this.tasks.object((Callable<String>) () -> "a");
		assertThat(this.advised.names()).isEmpty();
		task.call();
		assertThat(this.advised.names()).containsExactly("task.object");
	}

	@Test
	void listenableFutureWhenItEndsIsRecordedAndIsTheSame() {
		SettableFuture<String> future = SettableFuture.create();
		assertThat(this.tasks.listenable(future)).isSameAs(future);
		assertThat(this.advised.names()).isEmpty();
		future.set("abc");
		assertThat(this.advised.event().attributes()).isEqualTo(Map.of("length", 3));
	}

	@Test
	void listenableFutureWhenItFailsOrIsCancelledIsRecordedSo() {
		SettableFuture<String> failing = SettableFuture.create();
		SettableFuture<String> cancelled = SettableFuture.create();
		this.tasks.listenable(failing);
		this.tasks.listenable(cancelled);
		failing.setException(new IOException());
		cancelled.cancel(true);
		assertThat(this.advised.context.events()).extracting(Recorded::outcome).containsExactly("error", "cancelled");
		assertThat(this.advised.context.events().get(0).failure()).isInstanceOf(IOException.class);
	}

	@Test
	void futureWhenDeclaredIsAProblemAtTheStartAndIsNotRecorded() {
		assertThat(problems(Futures.class)).singleElement()
			.satisfies((problem) -> assertThat(problem.toString()).contains(Futures.class.getName() + "#submit")
				.contains("java.util.concurrent.Future"));
		FutureTask<String> task = new FutureTask<>(() -> "a");
		assertThat(this.advised.proxy(new Futures()).submit(task)).isSameAs(task);
		task.run();
		assertThat(this.advised.names()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "stream", "numbers", "sequence", "scheduled", "ownCallable", "connectable",
			"connectableFlowable", "state" })
	void resultWhenItCannotBeMeasuredIsAProblemAtTheStartAndNotDeclared(String method) {
		DeclaredEvents declared = new TelemetryEventScanner(true, this.advised.problems::add).scan(Unmeasured.class);
		assertThat(this.advised.problems).filteredOn((problem) -> problem.property().endsWith("#" + method))
			.singleElement()
			.satisfies(
					(problem) -> assertThat(problem.property()).isEqualTo(Unmeasured.class.getName() + "#" + method));
		assertThat(declared.definitions()).extracting((event) -> event.name()).containsExactly("later.list");
	}

	@Test
	void resultWhenItCannotBeMeasuredIsReturnedAsItIsAndNotRecorded() {
		Unmeasured later = this.advised.proxy(new Unmeasured());
		Stream<String> stream = Stream.of("a");
		assertThat(later.stream(stream)).isSameAs(stream);
		assertThat(this.advised.names()).isEmpty();
		later.list();
		assertThat(this.advised.names()).as("the control").containsExactly("later.list");
	}

	@Test
	void resultWhenOnlyTheCallShowsThatItCannotBeMeasuredIsOneProblemAndNotRecorded() {
		Stream<String> stream = Stream.of("a");
		assertThat(this.tasks.object(stream)).isSameAs(stream);
		this.tasks.object(Stream.of("b"));
		assertThat(this.advised.names()).isEmpty();
		assertThat(this.advised.problems).extracting(Problem::property)
			.containsExactly(Tasks.class.getName() + "#object");
		this.tasks.object("text");
		assertThat(this.advised.names()).as("the control").containsExactly("task.object");
	}

	@Test
	void resultWhenItIsAnIteratorEndsWithTheCall() {
		this.tasks.iterator();
		assertThat(this.advised.names()).containsExactly("task.iterator");
	}

	private List<Problem> problems(Class<?> type) {
		return new TelemetryEventScanner(true, (problem) -> {
		}).scan(type).problems();
	}

	@TelemetryEvent("task")
	static class Tasks {

		@TelemetryAttribute(value = "length", path = "length")
		public Callable<String> callable(Callable<String> task) {
			return task;
		}

		@TelemetryAttribute(value = "length", path = "length")
		public ListenableFuture<String> listenable(ListenableFuture<String> future) {
			return future;
		}

		public Object object(Object value) {
			return value;
		}

		public java.util.Iterator<String> iterator() {
			return List.of("a").iterator();
		}

	}

	static class Futures {

		@TelemetryEvent("future.submitted")
		public Future<String> submit(Future<String> task) {
			return task;
		}

	}

	@TelemetryEvent("later")
	static class Unmeasured {

		public Stream<String> stream(Stream<String> stream) {
			return stream;
		}

		public IntStream numbers() {
			return IntStream.empty();
		}

		public Sequence<String> sequence() {
			return null;
		}

		public FutureTask<String> scheduled() {
			return null;
		}

		public OwnCallable ownCallable() {
			return null;
		}

		public ConnectableFlux<String> connectable() {
			return Flux.just("a").publish();
		}

		public ConnectableFlowable<String> connectableFlowable() {
			return null;
		}

		public kotlinx.coroutines.flow.StateFlow<String> state() {
			return null;
		}

		public List<String> list() {
			return List.of();
		}

	}

	static class OwnCallable implements Callable<String> {

		@Override
		public String call() {
			return "a";
		}

	}

}
