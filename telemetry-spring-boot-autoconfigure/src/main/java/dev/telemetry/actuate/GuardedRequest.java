package dev.telemetry.actuate;

import java.util.List;
import java.util.Locale;

import dev.telemetry.actuate.GuardedPaths.Area;
import org.jspecify.annotations.Nullable;

/**
 * What the guard looks at in a request, the same for servlets and WebFlux.
 *
 * @param area what the path leads to
 * @param method the HTTP method
 * @param query whether there is a query string
 * @param contentTypes each value of {@code Content-Type}
 * @param origins each value of {@code Origin}
 * @param fetchSites each value of {@code Sec-Fetch-Site}
 * @param site the server after any forwarded headers the application honours;
 * {@code null} if it cannot be told
 * @param addressed the server as the client itself addressed it; {@code null} if it
 * cannot be told
 */
record GuardedRequest(Area area, String method, boolean query, List<String> contentTypes, List<String> origins,
		List<String> fetchSites, @Nullable WebOrigin site, @Nullable WebOrigin addressed) {

	GuardedRequest {
		contentTypes = List.copyOf(contentTypes);
		origins = List.copyOf(origins);
		fetchSites = List.copyOf(fetchSites);
	}

	boolean isRead() {
		return this.method.equals("GET") || this.method.equals("HEAD");
	}

	/**
	 * Return whether it only asks what is allowed and reaches no operation.
	 * @return whether it is a preflight request or its like
	 */
	boolean isOptions() {
		return this.method.equals("OPTIONS");
	}

	/**
	 * Return whether a browser sent it; programs send neither header.
	 * @return whether it bears a browser's marks
	 */
	boolean isFromBrowser() {
		return !this.origins.isEmpty() || !this.fetchSites.isEmpty();
	}

	boolean isSameOrigin() {
		return hasOwnFetchSite() && hasOwnOrigin();
	}

	private boolean hasOwnFetchSite() {
		return this.fetchSites.isEmpty() || (this.fetchSites.size() == 1
				&& (this.fetchSites.get(0).equals("same-origin") || this.fetchSites.get(0).equals("none")));
	}

	private boolean hasOwnOrigin() {
		if (this.origins.isEmpty()) {
			return true;
		}
		@Nullable WebOrigin origin = (this.origins.size() == 1) ? WebOrigin.parse(this.origins.get(0)) : null;
		return origin != null && this.site != null && origin.hasHostAndPortOf(this.site);
	}

	boolean isJsonOrUntyped() {
		return this.contentTypes.isEmpty() || (this.contentTypes.size() == 1 && isJson(this.contentTypes.get(0)));
	}

	private static boolean isJson(String contentType) {
		int end = contentType.indexOf(';');
		String type = ((end < 0) ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
		return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
	}

}
