package dev.telemetry.aspect;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Records each subscription to another publisher, and passes on everything.
 *
 * @param <T> the type of the values
 * @param source the other publisher
 * @param call the call
 * @param single whether its first value is its end
 */
record RecordedPublisher<T>(Publisher<T> source, RecordedCall call, boolean single) implements Publisher<T> {

	@Override
	public void subscribe(Subscriber<? super T> subscriber) {
		if (!this.call.isCollecting()) {
			this.source.subscribe(subscriber);
			return;
		}
		Recording recording = this.call.begin();
		recording.readArguments();
		this.source.subscribe(new RecordedSubscriber<>(subscriber, recording, this.single));
	}

	/**
	 * Listens in between.
	 *
	 * @param <T> the type of the values
	 * @param subscriber the subscriber
	 * @param recording the recording of the subscription
	 * @param single whether the first value is the end
	 */
	private record RecordedSubscriber<T>(Subscriber<T> subscriber, Recording recording,
			boolean single) implements Subscriber<T> {

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscriber.onSubscribe(new Subscription() {

				@Override
				public void request(long values) {
					subscription.request(values);
				}

				@Override
				public void cancel() {
					RecordedSubscriber.this.recording.cancelled();
					subscription.cancel();
				}

			});
		}

		@Override
		public void onNext(T value) {
			if (this.single) {
				this.recording.succeeded(value);
			}
			this.subscriber.onNext(value);
		}

		@Override
		public void onError(Throwable failure) {
			this.recording.endedWith(failure);
			this.subscriber.onError(failure);
		}

		@Override
		public void onComplete() {
			this.recording.succeeded(null);
			this.subscriber.onComplete();
		}

	}

}
