package dev.telemetry.deletion;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;

import dev.telemetry.Internal;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.http.HttpAnswer;
import dev.telemetry.sink.http.HttpAnswers;
import dev.telemetry.sink.http.HttpBody;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.HttpTransport;
import dev.telemetry.sink.http.TlsSource;
import org.jspecify.annotations.Nullable;

/**
 * Posts requests for deletion as JSON: {@code machine_id}, {@code request_id} and
 * {@code tool}, and nothing else. Follows no redirect, uses no proxy and keeps no cookie.
 * Any 2xx is the acknowledgement unless a page for people comes with it, as from a proxy
 * or a login page; nothing that an answer says in its body is shown.
 */
@Internal
public final class HttpDeletionRequestor implements DeletionRequestor {

	private static final String PROPERTY = "telemetry.deletion.http.url";

	private final HttpSettings settings;

	private final HttpAnswers answers;

	private @Nullable HttpTransport transport;

	/**
	 * Create a requestor; nothing is opened or looked up.
	 * @param url where to post: https, or http to this machine
	 */
	public HttpDeletionRequestor(URI url) {
		this(url, HttpSettings.DEFAULT_EXPORT_TIMEOUT, SentLog.OFF);
	}

	/**
	 * Create a requestor whose requests are remembered.
	 * @param url where to post: https, or http to this machine
	 * @param log remembers what was sent
	 */
	public HttpDeletionRequestor(URI url, SentLog log) {
		this(url, HttpSettings.DEFAULT_EXPORT_TIMEOUT, log);
	}

	HttpDeletionRequestor(URI url, Duration timeout) {
		this(url, timeout, SentLog.OFF);
	}

	private HttpDeletionRequestor(URI url, Duration timeout, SentLog log) {
		this.settings = new HttpSettings(url, HttpHeaders.NONE, false, timeout, PROPERTY, log.of("deletion"));
		this.answers = new HttpAnswers(this.settings, Kind.HTTP, "takes JSON by POST", (body) -> "");
	}

	@Override
	public DeletionAnswer request(DeletionRequest request) {
		try {
			if (CloudMetadataAddresses.isAnyOf(InetAddress.getAllByName(host()))) {
				return DeletionAnswer.refused(host() + " is an address of this link or of the cloud's own");
			}
			return answer(transport().post(new Json(request)));
		}
		catch (UnknownHostException ex) {
			return DeletionAnswer.later("the name " + host() + " cannot be resolved", null);
		}
	}

	private String host() {
		return this.settings.endpoint().getHost();
	}

	private HttpTransport transport() {
		if (this.transport == null) {
			this.transport = new HttpTransport(this.settings, TlsSource.JAVA);
		}
		return this.transport;
	}

	private DeletionAnswer answer(HttpAnswer answer) {
		@Nullable TelemetryException failure = this.answers.failure(answer);
		if (failure == null) {
			return DeletionAnswer.acknowledged();
		}
		int status = answer.status();
		if (status == 0 || status / 100 == 2) {
			// Also what has to be fixed: there may be no user who could report the fix
			return DeletionAnswer.later(String.valueOf(failure.getMessage()), null);
		}
		String said = host() + " answered " + status;
		return switch (failure.reaction()) {
			case RETRY, DOUBT -> DeletionAnswer.later(said, failure.retryAfter());
			case HOLD, BISECT ->
				DeletionAnswer.refused((status / 100 == 3) ? said + ", and redirects are not followed" : said);
		};
	}

	@Override
	public void release() {
		if (this.transport != null) {
			this.transport.close();
			this.transport = null;
		}
	}

	/** What is posted. */
	private record Json(DeletionRequest request) implements HttpBody {

		private byte[] bytes() {
			return DeletionFormat.write(this.request);
		}

		@Override
		public int length() {
			return bytes().length;
		}

		@Override
		public Map<String, String> fields() {
			return Map.of("Content-Type", "application/json", "Idempotency-Key", this.request.requestId().toString());
		}

		@Override
		public void writeTo(OutputStream out) throws IOException {
			out.write(bytes());
		}

	}

}
