package dev.telemetry.actuate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.telemetry.actuate.GuardedPaths.Area;
import org.jspecify.annotations.Nullable;

/**
 * Keeps foreign pages in a browser away from the telemetry endpoints: cross-origin
 * writes, and reads through a host name rebound to this machine. Programs, which send
 * neither {@code Origin} nor {@code Sec-Fetch-Site}, may write.
 * <p>
 * Writes are refused here, by path. What a read may show is decided by the operation: the
 * guard only vouches for the host, by a request parameter with a value that only the
 * guard knows. An operation that is reached past the guard therefore shows less, never
 * more.
 */
public final class BrowserGuard {

	/** The name of the request parameter by which the guard vouches. */
	static final String VOUCHER_PARAMETER = "voucher";

	/** The name of the request parameter by which operations learn the language. */
	static final String LANGUAGE_PARAMETER = "language";

	/**
	 * The name of the request parameter by which the guard tells what stands before the
	 * paths of the endpoints in the address of a request, for links.
	 */
	static final String PREFIX_PARAMETER = "prefix";

	/** What is not like this could be taken for a host. */
	private static final Pattern PREFIX = Pattern.compile("(/[\\w.~%-]+)+");

	private final GuardedPaths paths;

	private final Set<String> allowedHosts;

	private final String voucher;

	/**
	 * Create a guard.
	 * @param endpointPath the path of the endpoint {@code telemetry}, base path included
	 * @param consolePath the path of the endpoint {@code telemetryconsole}, likewise
	 * @param allowedHosts host names, without scheme or port, from which browsers may
	 * come beside {@code localhost} and address literals
	 * @param voucher a random value of this process, not blank
	 */
	public BrowserGuard(String endpointPath, String consolePath, Collection<String> allowedHosts, String voucher) {
		if (voucher.isBlank()) {
			throw new IllegalArgumentException("'voucher' must not be blank");
		}
		this.paths = new GuardedPaths(endpointPath, consolePath);
		this.allowedHosts = allowedHosts.stream()
			.map((host) -> host.strip().toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
		this.voucher = voucher;
	}

	Area area(List<String> paths) {
		return this.paths.match(paths);
	}

	GuardVerdict judge(GuardedRequest request) {
		if (request.area() == Area.NONE || request.isOptions()) {
			return GuardVerdict.PASS;
		}
		return request.isRead() ? judgeRead(request) : judgeWrite(request);
	}

	/**
	 * Return whether a request that passed is a command, whose body is judged too.
	 * @param request the request
	 * @return whether its body has to be read
	 */
	static boolean isCommand(GuardedRequest request) {
		return request.area() == Area.ENDPOINT && !request.isRead() && !request.isOptions();
	}

	private GuardVerdict judgeRead(GuardedRequest request) {
		if (isAllowed(request)) {
			return GuardVerdict.VOUCH;
		}
		return (request.area() == Area.CONSOLE) ? GuardVerdict.HOST_NOT_ALLOWED : GuardVerdict.PASS;
	}

	private GuardVerdict judgeWrite(GuardedRequest request) {
		if (request.isFromBrowser() && !isAllowed(request)) {
			return GuardVerdict.HOST_NOT_ALLOWED;
		}
		if (!request.isSameOrigin()) {
			return GuardVerdict.CROSS_ORIGIN;
		}
		if (!request.isJsonOrUntyped()) {
			return GuardVerdict.NOT_JSON;
		}
		return request.query() ? GuardVerdict.QUERY_NOT_TAKEN : GuardVerdict.PASS;
	}

	/** A page can send forwarded headers of its own, but no {@code Host}. */
	private boolean isAllowed(GuardedRequest request) {
		return isAllowed(request.site()) && isAllowed(request.addressed());
	}

	private boolean isAllowed(@Nullable WebOrigin site) {
		return site != null && (site.isLocalhostOrLiteral() || this.allowedHosts.contains(site.host()));
	}

	/**
	 * Return the request parameters that operations get with a request that passed: they
	 * see neither headers nor paths.
	 * @param request the request
	 * @param verdict the verdict on it
	 * @param languages the values of {@code Accept-Language}
	 * @param prefix what stands before the paths of the endpoints in its address
	 * @return the parameters by their names, which replace those of the client
	 */
	Map<String, String> parameters(GuardedRequest request, GuardVerdict verdict, List<String> languages,
			String prefix) {
		Map<String, String> parameters = new LinkedHashMap<>();
		if (verdict == GuardVerdict.VOUCH) {
			parameters.put(VOUCHER_PARAMETER, this.voucher);
			parameters.put(PREFIX_PARAMETER, PREFIX.matcher(prefix).matches() ? prefix : "");
		}
		if (request.area() == Area.ENDPOINT && request.isRead() && !languages.isEmpty()) {
			parameters.put(LANGUAGE_PARAMETER, String.join(",", languages));
		}
		return parameters;
	}

	/**
	 * Return whether the guard vouched for a request.
	 * @param value the value of the request parameter, if any
	 * @return whether it is this guard's
	 */
	boolean vouchedBy(@Nullable String value) {
		return value != null && MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8),
				this.voucher.getBytes(StandardCharsets.UTF_8));
	}

}
