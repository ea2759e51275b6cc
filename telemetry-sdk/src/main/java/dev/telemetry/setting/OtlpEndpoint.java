package dev.telemetry.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import dev.telemetry.net.HostName;
import org.jspecify.annotations.Nullable;

/**
 * The address of an OTLP destination.
 *
 * @param uri the address: scheme, host, port, and over HTTP the path of the signal
 * @param signal what is sent there
 */
public record OtlpEndpoint(URI uri, OtlpSignal signal) {

	private static final int MAX_LENGTH = 2048;

	private static final int MAX_PORT = 65535;

	private static final String ACTION = "use an address such as 'https://collector.example.com'";

	/**
	 * Parse an address. See the OTLP specification, "Endpoint URLs for OTLP/HTTP".
	 * @param text the address of a signal or the base address of all
	 * @param declared the signal that was asked for, or {@code null}
	 * @return the endpoint
	 * @throws WrongValueException if the address cannot be used
	 */
	public static OtlpEndpoint parse(String text, @Nullable OtlpSignal declared) {
		URI base = checked(text);
		String path = withoutTrailingSlashes((base.getRawPath() != null) ? base.getRawPath() : "");
		if (path.endsWith("/v1/metrics")) {
			throw new WrongValueException("is an address for metrics", "end it in /v1/logs or /v1/traces");
		}
		for (OtlpSignal signal : OtlpSignal.values()) {
			if (path.endsWith(path(signal))) {
				return new OtlpEndpoint(withPath(base, path), agreed(signal, declared));
			}
		}
		OtlpSignal signal = (declared != null) ? declared : OtlpSignal.LOGS;
		return new OtlpEndpoint(withPath(base, path + path(signal)), signal);
	}

	/**
	 * Parse the address of a destination that speaks gRPC.
	 * @param text scheme, host and port
	 * @param declared the signal that was asked for, or {@code null}
	 * @return the endpoint
	 * @throws WrongValueException if the address cannot be used
	 */
	public static OtlpEndpoint parseGrpc(String text, @Nullable OtlpSignal declared) {
		URI base = checked(text);
		if (base.getRawPath() != null && !withoutTrailingSlashes(base.getRawPath()).isEmpty()) {
			throw new WrongValueException("has a path, which gRPC has not",
					"end it with the port, or remove telemetry.protocol");
		}
		return new OtlpEndpoint(withPath(base, ""), (declared != null) ? declared : OtlpSignal.LOGS);
	}

	/**
	 * Return whether events would travel in plain text beyond this machine.
	 * @param uri an address that was checked
	 * @return {@code true} for http to anything but {@code localhost} or the literal of a
	 * loopback address; names are never looked up
	 */
	public static boolean isInsecure(URI uri) {
		return "http".equalsIgnoreCase(uri.getScheme()) && !isLoopback(uri.getHost());
	}

	private static OtlpSignal agreed(OtlpSignal signal, @Nullable OtlpSignal declared) {
		if (declared != null && declared != signal) {
			throw new WrongValueException("has a path that contradicts telemetry.signal",
					"remove telemetry.signal, or the path");
		}
		return signal;
	}

	/**
	 * Check an address of any destination.
	 * @param text the address
	 * @return the address, its scheme in lower case
	 * @throws WrongValueException if it is not http or https, or holds what does not
	 * belong there
	 */
	public static URI checked(String text) {
		// The message of a URISyntaxException quotes the address
		URI uri = parsed(text);
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		if (!scheme.equals("https") && !scheme.equals("http")) {
			throw new WrongValueException("is not an absolute http or https address", ACTION);
		}
		if (uri.getRawUserInfo() != null || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
			throw new WrongValueException("has user information", "put credentials into telemetry.headers");
		}
		if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
			throw new WrongValueException("has no valid host and port", ACTION + "; host names have no underscores");
		}
		if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new WrongValueException("has a query or fragment", "put credentials into telemetry.headers");
		}
		// Libraries compare it as it is written
		return URI.create(scheme + uri.toString().substring(scheme.length()));
	}

	/**
	 * Return an address with more of a path.
	 * @param base an address that was checked
	 * @param path what is added, with a slash before it
	 * @return the address
	 */
	public static URI below(URI base, String path) {
		return withPath(base, withoutTrailingSlashes((base.getRawPath() != null) ? base.getRawPath() : "") + path);
	}

	private static URI parsed(String text) {
		try {
			if (text.length() <= MAX_LENGTH && text.chars().allMatch((c) -> c > ' ' && c <= '~')) {
				return new URI(text);
			}
		}
		catch (URISyntaxException ex) {
			// Said below
		}
		throw new WrongValueException("is not an address of at most " + MAX_LENGTH + " ASCII characters", ACTION);
	}

	private static URI withPath(URI base, String path) {
		return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path);
	}

	private static String withoutTrailingSlashes(String path) {
		int end = path.length();
		while (end > 0 && path.charAt(end - 1) == '/') {
			end--;
		}
		return path.substring(0, end);
	}

	private static String path(OtlpSignal signal) {
		return (signal == OtlpSignal.TRACES) ? "/v1/traces" : "/v1/logs";
	}

	/**
	 * Return whether a host is this machine, by its name alone.
	 * @param host a name or the literal of an address
	 * @return {@code true} for {@code localhost} and the literals of loopback addresses
	 */
	public static boolean isLoopback(String host) {
		return HostName.isLoopback(host);
	}

}
