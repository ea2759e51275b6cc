package dev.telemetry.sink.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import dev.telemetry.problem.CauseChain;
import dev.telemetry.problem.ThreadShortage;
import dev.telemetry.sink.TelemetryException.Reaction;
import org.jspecify.annotations.Nullable;

/**
 * Why there was no answer, told from the exceptions of Java and of gRPC's transports. Why
 * there is no TLS session: {@link dev.telemetry.sink.TlsFailure}.
 */
enum ConnectionFailure {

	NAME("the name of %1$s cannot be resolved; check '%2$s' and the name server"),

	NAME_TIMEOUT("the name of %1$s is not resolved in time"),

	REFUSED("no connection to %1$s: refused; nothing listens there"),

	UNREACHABLE("no connection to %1$s: no route; check the network of this machine"),

	CONNECT_TIMEOUT("no connection to %1$s in time; a firewall may drop what is sent there"),

	HANDSHAKE_TIMEOUT(
			"no TLS session with %1$s in time; check that it speaks TLS, and the scheme and the port of '%2$s'"),

	TIMEOUT("no answer from %1$s in time"),

	NOT_HTTP("what answers at %1$s does not speak the protocol; check the scheme and the port of '%2$s'",
			Reaction.HOLD),

	THREAD("no thread can be started to reach %1$s; raise the limit of processes and threads: 'ulimit -u'"
			+ " of the user, or the pids limit of the container", Reaction.HOLD),

	FILES("no socket can be opened to reach %1$s; raise the limit of open files of this process"),

	BROKEN_HANDSHAKE("the connection to %1$s broke with the TLS handshake; it may ask for a client certificate or for"
			+ " another version of TLS, or not speak TLS"),

	ABORTED("sending to %1$s was aborted"),

	BROKEN("the connection to %1$s broke");

	private final String text;

	private final Reaction reaction;

	ConnectionFailure(String text) {
		this(text, Reaction.RETRY);
	}

	ConnectionFailure(String text, Reaction reaction) {
		this.text = text;
		this.reaction = reaction;
	}

	static ConnectionFailure of(Throwable failure) {
		if (failure instanceof StepTimeoutException timeout) {
			return of(timeout);
		}
		if (failure instanceof NotHttpException) {
			return NOT_HTTP;
		}
		if (ThreadShortage.isCauseOf(failure)) {
			return THREAD;
		}
		@Nullable ConnectionFailure connection = connection(failure);
		if (connection != null) {
			return connection;
		}
		if (has(failure, BrokenHandshakeException.class)) {
			return BROKEN_HANDSHAKE;
		}
		return has(failure, CancellationException.class) ? ABORTED : BROKEN;
	}

	private static ConnectionFailure of(StepTimeoutException timeout) {
		return switch (timeout.step()) {
			case LOOKUP -> NAME_TIMEOUT;
			case CONNECT -> CONNECT_TIMEOUT;
			case HANDSHAKE -> HANDSHAKE_TIMEOUT;
			case ANSWER -> TIMEOUT;
		};
	}

	private static @Nullable ConnectionFailure connection(Throwable failure) {
		if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
			return NAME;
		}
		if (has(failure, NoRouteToHostException.class) || says(failure, "unreachable")) {
			return UNREACHABLE;
		}
		if (says(failure, "too many open files")) {
			return FILES;
		}
		if (has(failure, ConnectException.class)) {
			return says(failure, "timed out") ? CONNECT_TIMEOUT : REFUSED;
		}
		return has(failure, TimeoutException.class) ? TIMEOUT : null;
	}

	private static boolean has(Throwable failure, Class<? extends Throwable> type) {
		return CauseChain.has(failure, type::isInstance);
	}

	/** What the system says has no type of its own. */
	private static boolean says(Throwable failure, String text) {
		return CauseChain.has(failure,
				(cause) -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(text));
	}

	Reaction reaction() {
		return this.reaction;
	}

	String describe(HttpSettings settings) {
		return String.format(Locale.ROOT, this.text, settings.hostAndPort(), settings.property());
	}

}
