package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.sent.SentHead;
import dev.telemetry.sent.SentHead.Protocol;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.http.HttpAnswer;
import dev.telemetry.sink.http.HttpBody;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.RequestNote;
import dev.telemetry.sink.http.Tls;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.WireBody;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelRegistry;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Calls a method of a gRPC service with an encoded message: no retries, no proxy, no
 * service configuration from elsewhere, one time limit from connecting to the status. Of
 * gRPC it needs the API and any transport, which brings threads of its own; they end
 * about a second after the channel was closed.
 */
final class GrpcTransport {

	/*
	 * The lane's sending thread calls and closes; any thread may abort. "lock" guards the
	 * call in flight, its channel and the fact that there must be no more. Whom to trust
	 * is asked for without it: that may read files. gRPC's threads only complete the
	 * answer of a call.
	 */

	private static final String USER_AGENT = "telemetry-spring-boot-starter";

	private static final int MAX_ANSWER_BYTES = 64 * 1024;

	/** What gRPC sends with every call. */
	private static final List<String> OWN_HEADERS = List.of("content-type", "te", "user-agent", "grpc-accept-encoding");

	private final HttpSettings settings;

	private final TlsSource tls;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private ManagedChannel channel;

	/** What {@link #channel} was made with. */
	@GuardedBy("lock")
	private @Nullable Tls used;

	@GuardedBy("lock")
	private @Nullable GrpcCall inFlight;

	@GuardedBy("lock")
	private boolean aborted;

	/**
	 * Create a transport, which connects at the first call.
	 * @param settings where and how to send; of the address scheme, host and port count
	 * @param tls whom to trust and what to show, asked before each call
	 * @throws TelemetryException if there is no transport of gRPC, a header field that
	 * gRPC does not take, or nothing that can be used for TLS
	 */
	GrpcTransport(HttpSettings settings, TlsSource tls) throws TelemetryException {
		this.settings = settings;
		this.tls = settings.isSecure() ? tls : TlsSource.JAVA;
		this.used = this.tls.tls();
		this.channel = open(settings, this.used);
	}

	private static ManagedChannel open(HttpSettings settings, @Nullable Tls tls) throws TelemetryException {
		try {
			metadata(settings.headers());
			return channel(settings, tls);
		}
		catch (ManagedChannelRegistry.ProviderNotFoundException ex) {
			throw new TelemetryException(Kind.OTLP, "no transport of gRPC can be used; the OTLP sink needs "
					+ OtlpSinkFactory.GRPC + ((tls != null) ? ", and a usable SSL bundle" : ""), false, ex);
		}
		catch (IllegalArgumentException ex) {
			// Its message may hold a value
			throw new TelemetryException(Kind.OTLP,
					"gRPC does not take one of the header fields; a name must not end in '-bin'", false, null);
		}
	}

	private static ManagedChannel channel(HttpSettings settings, @Nullable Tls tls) {
		URI endpoint = settings.endpoint();
		boolean secure = settings.isSecure();
		int port = (endpoint.getPort() >= 0) ? endpoint.getPort() : secure ? 443 : 80;
		return Grpc
			.newChannelBuilderForAddress(endpoint.getHost(), port,
					secure ? credentials(tls) : InsecureChannelCredentials.create())
			.proxyDetector((address) -> null)
			.disableRetry()
			.disableServiceConfigLookUp()
			.userAgent(USER_AGENT)
			.compressorRegistry(Compressed.REGISTRY)
			.maxInboundMessageSize(MAX_ANSWER_BYTES)
			.directExecutor()
			.build();
	}

	private static ChannelCredentials credentials(@Nullable Tls tls) {
		if (tls == null) {
			return TlsChannelCredentials.create();
		}
		TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder()
			.trustManager(tls.trustManagers().toArray(TrustManager[]::new));
		if (!tls.keyManagers().isEmpty()) {
			credentials.keyManager(tls.keyManagers().toArray(KeyManager[]::new));
		}
		return credentials.build();
	}

	/** Header fields of one call, which gRPC adds to. */
	private static Metadata metadata(HttpHeaders headers) {
		Metadata metadata = new Metadata();
		headers.forEach((name, value) -> metadata
			.put(Metadata.Key.of(name.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER), value));
		return metadata;
	}

	/**
	 * Call a method and wait for the answer. Never throws.
	 * @param method the full name of the method
	 * @param body the encoded message
	 * @return the answer or the failure; {@link HttpAnswer#TOO_LARGE} as the failure if
	 * nothing was sent because the message exceeds what a request may hold
	 */
	GrpcAnswer call(String method, HttpBody body) {
		boolean interrupted = Thread.interrupted();
		try {
			byte @Nullable [] wire = WireBody.of(body, this.settings.gzip());
			return (wire != null) ? exchange(method, body, wire) : GrpcAnswer.unanswered(HttpAnswer.TOO_LARGE);
		}
		catch (IOException | TelemetryException | OutOfMemoryError ex) {
			// The latter when the system provides no thread
			return GrpcAnswer.failed(ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private GrpcAnswer exchange(String method, HttpBody body, byte[] wire) throws IOException, TelemetryException {
		@Nullable Tls tls = this.tls.tls();
		RequestNote note = RequestNote.of(this.settings, body, wire,
				(destination) -> describe(method, body.events(), destination));
		GrpcAnswer answer = exchange(method, wire, tls, note);
		@Nullable HttpAnswer unanswered = answer.unanswered();
		if (unanswered != null) {
			note.ended(unanswered);
		}
		else {
			note.answered(answer.code());
		}
		return answer;
	}

	private SentHead describe(String method, int events, String destination) {
		List<String> names = new ArrayList<>(OWN_HEADERS);
		if (this.settings.gzip()) {
			names.add("grpc-encoding");
		}
		this.settings.headers().forEach((name, value) -> names.add(name.toLowerCase(Locale.ROOT)));
		return new SentHead(destination, this.settings.target(), Protocol.GRPC, "POST", "/" + method, names, events);
	}

	private GrpcAnswer exchange(String method, byte[] wire, @Nullable Tls tls, RequestNote note)
			throws TelemetryException {
		GrpcCall pending;
		synchronized (this.lock) {
			if (this.aborted) {
				return GrpcAnswer.failed(new CancellationException());
			}
			use(tls);
			if (this.channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
				// Else it would fail by what it knows, without trying, until its own
				// backoff ends
				this.channel.enterIdle();
			}
			pending = new GrpcCall(this.channel, method, options());
			this.inFlight = pending;
			note.begin();
			pending.start(metadata(this.settings.headers()), wire);
		}
		return pending.await(this.settings.exportTimeout().toNanos());
	}

	/** Between calls, so nothing is in flight on the channel that this one replaces. */
	@GuardedBy("lock")
	private void use(@Nullable Tls tls) throws TelemetryException {
		if (Objects.equals(this.used, tls)) {
			return;
		}
		ManagedChannel next = open(this.settings, tls);
		this.channel.shutdownNow();
		this.channel = next;
		this.used = tls;
	}

	private CallOptions options() {
		return this.settings.gzip() ? CallOptions.DEFAULT.withCompression(Compressed.GZIP.getMessageEncoding())
				: CallOptions.DEFAULT;
	}

	/** Close the connection, also under a call in flight, and begin no other. */
	void abort() {
		synchronized (this.lock) {
			this.aborted = true;
			if (this.inFlight != null) {
				this.inFlight.cancel();
			}
			this.channel.shutdownNow();
		}
	}

	/** Names the encoding of what is compressed already: its size had to be known. */
	private enum Compressed implements Compressor {

		GZIP;

		private static final CompressorRegistry REGISTRY = CompressorRegistry.newEmptyInstance();

		static {
			REGISTRY.register(GZIP);
		}

		@Override
		public String getMessageEncoding() {
			return "gzip";
		}

		@Override
		public OutputStream compress(OutputStream out) {
			return out;
		}

	}

}
