package dev.telemetry.aspect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.aspect.FakeTelemetryContext.Recorded;
import dev.telemetry.problem.Problem;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

/** The deferred results of Spring MVC. */
class MvcResultTests {

	private static final long LONG = 20_000;

	private final Advised advised = new Advised();

	private final CountDownLatch running = new CountDownLatch(1);

	private final Controller controller = new Controller(this.running);

	private final Controller proxy = this.advised.proxy(this.controller);

	private final MockMvc mvc = MockMvcBuilders.standaloneSetup(this.proxy).build();

	@ParameterizedTest
	@ValueSource(strings = { "callable", "task", "streaming", "entity-streaming" })
	void workWhenItEndsIsRecorded(String path) throws Exception {
		MvcResult started = this.mvc.perform(get("/" + path)).andReturn();
		assertThat(this.advised.names()).as("the work waits").isEmpty();
		this.running.countDown();
		started.getAsyncResult(LONG);
		MvcResult ended = this.mvc.perform(asyncDispatch(started)).andReturn();
		assertThat(ended.getResponse().getContentAsString()).isEqualTo("done");
		assertThat(this.advised.event().name()).isEqualTo("page.read");
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
	}

	@ParameterizedTest
	@ValueSource(strings = { "callable-fails", "task-fails", "streaming-fails" })
	void workWhenItFailsIsRecordedAsFailure(String path) throws Exception {
		this.running.countDown();
		MvcResult started = this.mvc.perform(get("/" + path)).andReturn();
		assertThat(started.getAsyncResult(LONG)).isInstanceOf(IOException.class);
		assertThat(this.advised.event().outcome()).isEqualTo("error");
		assertThat(this.advised.event().failure()).isInstanceOf(IOException.class);
	}

	@Test
	void deferredResultWhenItIsSetIsRecordedAndKeepsItsCallbacks() throws Exception {
		MvcResult started = this.mvc.perform(get("/deferred")).andReturn();
		assertThat(this.advised.names()).isEmpty();
		this.controller.deferred.setResult("done");
		assertThat(started.getAsyncResult(LONG)).isEqualTo("done");
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
		complete(started);
		assertThat(this.controller.callbacks).containsExactly("completed");
		assertThat(this.advised.names()).hasSize(1);
	}

	@Test
	void deferredResultWhenItIsAnErrorIsRecordedAsFailure() throws Exception {
		MvcResult started = this.mvc.perform(get("/deferred")).andReturn();
		this.controller.deferred.setErrorResult(new IOException());
		started.getAsyncResult(LONG);
		assertThat(this.advised.event().failure()).isInstanceOf(IOException.class);
	}

	@Test
	void deferredResultWhenItTimesOutIsRecordedAsFailure() throws Exception {
		MvcResult started = this.mvc.perform(get("/deferred")).andReturn();
		for (AsyncListener listener : listeners(started)) {
			listener.onTimeout(new AsyncEvent(started.getRequest().getAsyncContext()));
		}
		assertThat(this.advised.event().outcome()).isEqualTo("error");
		assertThat(this.controller.callbacks).containsExactly("timed out");
	}

	@ParameterizedTest
	@ValueSource(strings = { "deferred", "task", "emitter", "events" })
	void resultWhenTheClientGoesAwayIsRecordedAsCancelled(String path) throws Exception {
		MvcResult started = this.mvc.perform(get("/" + path)).andReturn();
		for (AsyncListener listener : listeners(started)) {
			listener.onError(new AsyncEvent(started.getRequest().getAsyncContext(), new IOException("Broken pipe")));
		}
		complete(started);
		assertThat(this.advised.event().outcome()).isEqualTo("cancelled");
		this.running.countDown();
	}

	@ParameterizedTest
	@ValueSource(strings = { "emitter", "events", "entity-emitter" })
	void emitterWhenItCompletesIsRecorded(String path) throws Exception {
		MvcResult started = this.mvc.perform(get("/" + path)).andReturn();
		this.controller.emitter.send("done");
		assertThat(this.advised.names()).isEmpty();
		this.controller.emitter.complete();
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
		assertThat(started.getResponse().getContentAsString()).contains("done");
	}

	@ParameterizedTest
	@ValueSource(strings = { "emitter", "events", "entity-emitter" })
	void emitterWhenItCompletesWithAnErrorIsRecordedAsFailure(String path) throws Exception {
		this.mvc.perform(get("/" + path));
		this.controller.emitter.completeWithError(new IOException());
		assertThat(this.advised.event().outcome()).isEqualTo("error");
	}

	@Test
	void emitterWhenItIsCompleteAlreadyIsRecorded() throws Exception {
		this.mvc.perform(get("/completed"));
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
	}

	@Test
	void entityWhenItsBodyIsDeferredIsTheSameButForTheBody() {
		ResponseEntity<StreamingResponseBody> entity = this.proxy.entityStreaming();
		assertThat(entity.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
		assertThat(entity.getHeaders().getFirst("x-own")).isEqualTo("own");
		assertThat(this.advised.names()).isEmpty();
	}

	@Test
	void entityWhenItsBodyIsThereIsRecordedAtOnceAndIsTheSame() {
		HttpEntity<List<String>> entity = new HttpEntity<>(List.of("a"));
		assertThat(this.proxy.entity(entity)).isSameAs(entity);
		assertThat(this.advised.names()).containsExactly("page.read");
	}

	@Test
	void resultWhenThereIsNoRequestIsOneProblemAndNotRecorded() {
		this.proxy.deferred();
		this.proxy.deferred();
		assertThat(this.advised.names()).isEmpty();
		assertThat(this.advised.problems).extracting(Problem::property)
			.containsExactly(Controller.class.getName() + "#deferred");
	}

	@Test
	void streamingBodyWhenWrittenTwiceIsRecordedTwice() throws Exception {
		this.running.countDown();
		StreamingResponseBody body = this.proxy.streaming();
		body.writeTo(new java.io.ByteArrayOutputStream());
		body.writeTo(new java.io.ByteArrayOutputStream());
		StreamingResponseBody failing = this.proxy.streamingFails();
		assertThat(catchThrowable(() -> failing.writeTo(new java.io.ByteArrayOutputStream())))
			.isInstanceOf(IOException.class);
		assertThat(this.advised.context.events()).extracting(Recorded::outcome).containsExactly("ok", "ok", "error");
	}

	private static List<AsyncListener> listeners(MvcResult started) {
		return ((MockAsyncContext) started.getRequest().getAsyncContext()).getListeners();
	}

	private static void complete(MvcResult started) throws IOException {
		for (AsyncListener listener : listeners(started)) {
			listener.onComplete(new AsyncEvent(started.getRequest().getAsyncContext()));
		}
	}

	@RestController
	static class Controller {

		final List<String> callbacks = new java.util.concurrent.CopyOnWriteArrayList<>();

		private final CountDownLatch running;

		DeferredResult<String> deferred = new DeferredResult<>();

		ResponseBodyEmitter emitter = new ResponseBodyEmitter();

		Controller(CountDownLatch running) {
			this.running = running;
		}

		private String work() throws Exception {
			if (!this.running.await(LONG, TimeUnit.MILLISECONDS)) {
				throw new AssertionError("the test did not let the work run");
			}
			return "done";
		}

		@GetMapping("/callable")
		@TelemetryEvent("page.read")
		public Callable<String> callable() {
			return this::work;
		}

		@GetMapping("/callable-fails")
		@TelemetryEvent("page.read")
		public Callable<String> callableFails() {
			return () -> {
				throw new IOException();
			};
		}

		@GetMapping("/task")
		@TelemetryEvent("page.read")
		public WebAsyncTask<String> task() {
			return new WebAsyncTask<>(this::work);
		}

		@GetMapping("/task-fails")
		@TelemetryEvent("page.read")
		public WebAsyncTask<String> taskFails() {
			return new WebAsyncTask<>(() -> {
				throw new IOException();
			});
		}

		@GetMapping("/streaming")
		@TelemetryEvent("page.read")
		public StreamingResponseBody streaming() {
			return (out) -> {
				try {
					out.write(work().getBytes(StandardCharsets.UTF_8));
				}
				catch (Exception ex) {
					throw new IOException(ex);
				}
			};
		}

		@GetMapping("/streaming-fails")
		@TelemetryEvent("page.read")
		public StreamingResponseBody streamingFails() {
			return (out) -> {
				throw new IOException();
			};
		}

		@GetMapping("/entity-streaming")
		@TelemetryEvent("page.read")
		public ResponseEntity<StreamingResponseBody> entityStreaming() {
			return ResponseEntity.accepted().header("x-own", "own").body(streaming());
		}

		@TelemetryEvent("page.read")
		public HttpEntity<List<String>> entity(HttpEntity<List<String>> entity) {
			return entity;
		}

		@GetMapping("/deferred")
		@TelemetryEvent("page.read")
		public DeferredResult<String> deferred() {
			this.deferred.onCompletion(() -> this.callbacks.add("completed"));
			this.deferred.onTimeout(() -> this.callbacks.add("timed out"));
			return this.deferred;
		}

		@GetMapping("/emitter")
		@TelemetryEvent("page.read")
		public ResponseBodyEmitter emitter() {
			return this.emitter;
		}

		@GetMapping("/events")
		@TelemetryEvent("page.read")
		public SseEmitter events() {
			SseEmitter events = new SseEmitter();
			this.emitter = events;
			return events;
		}

		@GetMapping("/entity-emitter")
		@TelemetryEvent("page.read")
		public ResponseEntity<ResponseBodyEmitter> entityEmitter() {
			return new ResponseEntity<>(this.emitter, new HttpHeaders(), HttpStatus.OK);
		}

		@GetMapping("/completed")
		@TelemetryEvent("page.read")
		public ResponseBodyEmitter completed() {
			this.emitter.complete();
			return this.emitter;
		}

	}

}
