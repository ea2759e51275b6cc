package dev.telemetry.actuate;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The server as the client itself addressed it: by {@code Host}, whatever forwarded
 * headers say, which a page may send as well as a proxy.
 */
final class AddressedHost {

	private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-Host", "X-Forwarded-Server");

	/** Writes a forwarded host into {@code Host}, so that both look the same. */
	private static final String JETTY = "org.eclipse.jetty.";

	private AddressedHost() {
	}

	/**
	 * Read the host.
	 * @param effective the server after forwarded headers, or {@code null}
	 * @param headers gives the values of a header
	 * @param server the request of the server itself
	 * @return the server as it was addressed, or {@code null} if that cannot be told
	 */
	static @Nullable WebOrigin of(@Nullable WebOrigin effective, Function<String, List<String>> headers,
			Object server) {
		List<String> hosts = headers.apply("Host");
		if (hosts.isEmpty() || effective == null) {
			// Without the header nothing but the connection says where to
			return effective;
		}
		WebOrigin host = (hosts.size() == 1) ? WebOrigin.parse(effective.scheme(), hosts.get(0).strip()) : null;
		return (host != null && isOverwritten(host, headers, server)) ? null : host;
	}

	private static boolean isOverwritten(WebOrigin host, Function<String, List<String>> headers, Object server) {
		return server.getClass().getName().startsWith(JETTY) && FORWARDED.stream()
			.flatMap((name) -> headers.apply(name).stream())
			.anyMatch((value) -> value.toLowerCase(Locale.ROOT).contains(host.host()));
	}

}
