package dev.telemetry.actuate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.telemetry.actuate.GuardedPaths.Area;
import org.jspecify.annotations.Nullable;

/**
 * Keeps foreign pages in a browser away from the telemetry endpoints: cross-origin
 * writes, and reads through a host name rebound to this machine. Programs, which send
 * neither {@code Origin} nor {@code Sec-Fetch-Site}, may write.
 * <p>
 * Writes are refused here, by path. What a read may show is decided by the operation: the
 * guard only vouches for the host, by a request parameter with a value nobody else knows.
 * An operation that is reached past the guard therefore shows less, never more.
 */
public final class BrowserGuard {

	/** The name of the request parameter by which the guard vouches. */
	static final String VOUCHER_PARAMETER = "voucher";

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
		if (isAllowed(request.site())) {
			return GuardVerdict.VOUCH;
		}
		return (request.area() == Area.CONSOLE) ? GuardVerdict.HOST_NOT_ALLOWED : GuardVerdict.PASS;
	}

	private GuardVerdict judgeWrite(GuardedRequest request) {
		if (request.isFromBrowser() && !isAllowed(request.site())) {
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

	private boolean isAllowed(@Nullable Site site) {
		return site != null && (site.isLocalhostOrLiteral() || this.allowedHosts.contains(site.host()));
	}

	String voucher() {
		return this.voucher;
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
