package dev.telemetry.consent;

import java.util.Comparator;

/**
 * A receiver beyond this machine, as a notice names it.
 *
 * @param protocol what is spoken, for example {@code otlp}; of a sink that the
 * application brings its name
 * @param scheme for example {@code https}; {@code sink} for one that has no address
 * @param host the host; of a sink without an address its target
 * @param port the port; 0 without an address
 */
public record NoticeDestination(String protocol, String scheme, String host,
		long port) implements Comparable<NoticeDestination> {

	private static final Comparator<NoticeDestination> ORDER = Comparator.comparing(NoticeDestination::protocol)
		.thenComparing(NoticeDestination::host)
		.thenComparing(NoticeDestination::scheme)
		.thenComparingLong(NoticeDestination::port);

	/** Return whether what may be sent here may be sent there instead. */
	boolean covers(NoticeDestination other) {
		if (!this.protocol.equals(other.protocol) || !this.host.equals(other.host)) {
			return false;
		}
		boolean samePort = this.port == other.port;
		if (this.scheme.equals(other.scheme)) {
			return samePort;
		}
		// The same receiver, and nobody on the way reads along any more
		return this.scheme.equals("http") && other.scheme.equals("https")
				&& (samePort || (this.port == 80 && other.port == 443));
	}

	@Override
	public int compareTo(NoticeDestination other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.scheme.equals("sink") ? this.protocol + " (" + this.host + ")"
				: this.protocol + " at " + this.scheme + "://" + this.host + ":" + this.port;
	}

}
