package dev.telemetry.aspect;

import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowCollector;
import org.jspecify.annotations.Nullable;

/**
 * Collects from another flow, in the caller's own context, and records when that ends.
 * Not made by way of a publisher: what is collected would run in another context.
 *
 * @param <T> the type of the values
 * @param source the flow the method returned
 * @param call the call
 */
record RecordedFlow<T>(Flow<T> source, RecordedCall call) implements Flow<T> {

	@Override
	public @Nullable Object collect(FlowCollector<? super T> collector, Continuation<? super Unit> completion) {
		if (!this.call.isCollecting()) {
			return this.source.collect(collector, completion);
		}
		Recording recording = this.call.begin();
		recording.readArguments();
		Object result;
		try {
			result = this.source.collect(collector, new RecordedCompletion(completion, recording));
		}
		catch (Throwable ex) {
			recording.endedWith(ex);
			throw ex;
		}
		if (result != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
			recording.succeeded(null);
		}
		return result;
	}

	/**
	 * Goes on with the caller when a collection that was suspended has ended.
	 *
	 * @param caller the caller
	 * @param recording the recording of the collection
	 */
	private record RecordedCompletion(Continuation<? super Unit> caller,
			Recording recording) implements Continuation<Unit> {

		@Override
		public CoroutineContext getContext() {
			return this.caller.getContext();
		}

		@Override
		public void resumeWith(Object result) {
			try {
				ResultKt.throwOnFailure(result);
				this.recording.succeeded(null);
			}
			catch (Throwable ex) {
				this.recording.endedWith(ex);
			}
			this.caller.resumeWith(result);
		}

	}

}
