package dev.telemetry.aspect;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Calls that end when the method returns. */
class TelemetryEventAdvisorTests {

	private final Advised advised = new Advised();

	@Test
	void callWhenMethodReturnsRecordsSuccessAndReturnsSameInstance() {
		Object result = new Object();
		assertThat(this.advised.proxy(new Orders()).place(result)).isSameAs(result);
		assertThat(this.advised.event().name()).isEqualTo("order.placed");
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
		assertThat(this.advised.event().attributes()).isEmpty();
	}

	@Test
	void callWhenMethodThrowsRecordsFailureAndRethrowsSameInstance() {
		IOException failure = new IOException("secret");
		assertThat(catchThrowable(() -> this.advised.proxy(new Orders()).fail(failure))).isSameAs(failure);
		assertThat(this.advised.event().outcome()).isEqualTo("error");
		assertThat(this.advised.event().failure()).isSameAs(failure);
	}

	@Test
	void callWhenMethodThrowsErrorRecordsFailureAndRethrowsSameInstance() {
		Error failure = new StackOverflowError();
		assertThat(catchThrowable(() -> this.advised.proxy(new Orders()).fail(failure))).isSameAs(failure);
		assertThat(this.advised.event().failure()).isSameAs(failure);
	}

	@Test
	void callWhenFailureIsWrappedRecordsItsCauseAndRethrowsTheWrapper() {
		IOException cause = new IOException();
		Exception failure = new ExecutionException(new CompletionException(cause));
		assertThat(catchThrowable(() -> this.advised.proxy(new Orders()).fail(failure))).isSameAs(failure);
		assertThat(this.advised.event().failure()).isSameAs(cause);
	}

	@Test
	void callWhenWrapperHasNoCauseRecordsTheWrapper() {
		Exception failure = new ExecutionException("no cause", null);
		assertThat(catchThrowable(() -> this.advised.proxy(new Orders()).fail(failure))).isSameAs(failure);
		assertThat(this.advised.event().failure()).isSameAs(failure);
	}

	@Test
	void callWhenMethodBearsNoAnnotationRecordsNothing() {
		this.advised.proxy(new Orders()).other();
		assertThat(this.advised.context.started()).isZero();
	}

	@Test
	void callWhenNotCollectingReadsNothingAndStartsNothing() {
		this.advised.context.collecting(false);
		Orders orders = this.advised.proxy(new Orders());
		Witness witness = new Witness();
		orders.read(witness);
		assertThat(witness.reads).isZero();
		assertThat(this.advised.context.started()).isZero();
		// The control: the same call is read once something is collected
		this.advised.context.collecting(true);
		orders.read(witness);
		assertThat(witness.reads).isEqualTo(1);
	}

	@Test
	void callWhenConsentIsGivenDuringItIsNotRecorded() {
		this.advised.context.collecting(false);
		this.advised.proxy(new Orders()).run(() -> this.advised.context.collecting(true));
		assertThat(this.advised.names()).isEmpty();
		this.advised.proxy(new Orders()).run(() -> {
		});
		assertThat(this.advised.names()).containsExactly("order.run");
	}

	@Test
	void callWhenMadeThroughThisIsNotRecorded() {
		Orders orders = this.advised.proxy(new Orders());
		orders.callsItself();
		assertThat(this.advised.names()).isEmpty();
		orders.run(() -> {
		});
		assertThat(this.advised.names()).containsExactly("order.run");
	}

	@Test
	void callWhenNestedRecordsInnerAndOuter() {
		Orders inner = this.advised.proxy(new Orders());
		this.advised.proxy(new Orders()).run(() -> inner.place("x"));
		assertThat(this.advised.names()).containsExactly("order.placed", "order.run");
	}

	@Test
	void callWhenMethodIsPackagePrivateIsRecorded() {
		this.advised.proxy(new Orders()).packagePrivate();
		assertThat(this.advised.names()).containsExactly("order.package_private");
	}

	@Test
	void callWhenProxiedByInterfaceIsRecorded() {
		Runnable proxy = this.advised.proxy(Runnable.class, new Job());
		proxy.run();
		assertThat(this.advised.names()).containsExactly("job.run");
	}

	static class Orders {

		@TelemetryEvent("order.placed")
		public Object place(Object order) {
			return order;
		}

		@TelemetryEvent("order.failed")
		public void fail(Throwable failure) throws Throwable {
			throw failure;
		}

		@TelemetryEvent("order.read")
		public void read(@TelemetryAttribute(value = "value", path = "value") Witness witness) {
		}

		@TelemetryEvent("order.run")
		public void run(Runnable work) {
			work.run();
		}

		@TelemetryEvent("order.package_private")
		void packagePrivate() {
		}

		public void callsItself() {
			run(() -> {
			});
		}

		public void other() {
		}

	}

	public static class Witness {

		private int reads;

		public int getValue() {
			return ++this.reads;
		}

	}

	static final class Job implements Runnable {

		@Override
		@TelemetryEvent("job.run")
		public void run() {
		}

	}

}
