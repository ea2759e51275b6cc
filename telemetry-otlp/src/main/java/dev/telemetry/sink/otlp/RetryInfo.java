package dev.telemetry.sink.otlp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code google.rpc.RetryInfo} from the details of a {@code google.rpc.Status}: how
 * long a destination asks to wait.
 */
final class RetryInfo {

	private static final String TYPE = "/google.rpc.RetryInfo";

	/** The field of Status with its details, each an Any. */
	private static final int DETAILS = 3;

	/** The fields of Any. */
	private static final int TYPE_URL = 1;

	private static final int VALUE = 2;

	/** The fields of RetryInfo, and of the Duration in it. */
	private static final int RETRY_DELAY = 1;

	private static final int SECONDS = 1;

	private static final int NANOS = 2;

	private static final long MAX_NANOS = 999_999_999;

	private RetryInfo() {
	}

	/**
	 * Read the delay.
	 * @param status the encoded Status
	 * @return the delay, or {@code null} if there is none that makes sense
	 */
	static @Nullable Duration read(byte[] status) {
		ProtobufReader reader = new ProtobufReader(status, 0, status.length);
		while (reader.next()) {
			if (reader.field() == DETAILS && reader.isBytes()) {
				Duration delay = detail(reader.inner());
				if (delay != null) {
					return delay;
				}
			}
		}
		return null;
	}

	private static @Nullable Duration detail(ProtobufReader any) {
		boolean retryInfo = false;
		@Nullable Duration delay = null;
		while (any.next()) {
			if (any.field() == TYPE_URL && any.isBytes()) {
				retryInfo = any.text().endsWith(TYPE);
			}
			else if (any.field() == VALUE && any.isBytes()) {
				delay = delay(any.inner());
			}
		}
		return retryInfo ? delay : null;
	}

	private static Duration delay(ProtobufReader retryInfo) {
		long seconds = 0;
		long nanos = 0;
		while (retryInfo.next()) {
			if (retryInfo.field() == RETRY_DELAY && retryInfo.isBytes()) {
				ProtobufReader duration = retryInfo.inner();
				while (duration.next()) {
					if (duration.field() == SECONDS && !duration.isBytes()) {
						seconds = Math.max(0, duration.number());
					}
					else if (duration.field() == NANOS && !duration.isBytes()) {
						nanos = Math.max(0, Math.min(duration.number(), MAX_NANOS));
					}
				}
			}
		}
		return Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE), nanos);
	}

}
