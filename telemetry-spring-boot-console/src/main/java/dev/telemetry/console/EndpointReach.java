package dev.telemetry.console;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What the page can do with the endpoint {@code telemetry}, and if it is less than
 * everything, by which property.
 *
 * @param path the path of the endpoint, or {@code null} when it cannot be called
 * @param property what to change so that the page can do more, or {@code null} when it
 * can do everything
 */
record EndpointReach(@Nullable String path, @Nullable String property) {

	private static final EndpointId TELEMETRY = EndpointId.of("telemetry");

	private static final String EXPOSURE = "management.endpoints.web.exposure.";

	private static final String ACCESS = "management.endpoint.telemetry.access";

	private static final String MAX_PERMITTED = "management.endpoints.access.max-permitted";

	static EndpointReach of(PathMappedEndpoints paths, EndpointAccessResolver resolver, Environment environment) {
		Access access = resolver.accessFor(TELEMETRY, Access.UNRESTRICTED);
		String path = paths.getPath(TELEMETRY);
		if (access != Access.UNRESTRICTED) {
			return new EndpointReach(path, accessProperty(environment));
		}
		return new EndpointReach(path, (path != null) ? null : exposureProperty(environment));
	}

	private static String accessProperty(Environment environment) {
		Access permitted = Binder.get(environment).bind(MAX_PERMITTED, Access.class).orElse(Access.UNRESTRICTED);
		if (permitted != Access.UNRESTRICTED) {
			return MAX_PERMITTED;
		}
		return environment.containsProperty(ACCESS) ? ACCESS : "management.endpoints.access.default";
	}

	private static String exposureProperty(Environment environment) {
		boolean excluded = Binder.get(environment)
			.bind(EXPOSURE + "exclude", Bindable.setOf(String.class))
			.map((names) -> names.contains("*") || names.contains("telemetry"))
			.orElse(false);
		return EXPOSURE + (excluded ? "exclude" : "include");
	}

}
