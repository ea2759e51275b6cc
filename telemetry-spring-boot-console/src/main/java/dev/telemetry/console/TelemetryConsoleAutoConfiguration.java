package dev.telemetry.console;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.telemetry.autoconfigure.BrowserGuardConfiguration;
import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryEndpointAutoConfiguration;
import dev.telemetry.sdk.TelemetrySdk;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * {@link AutoConfiguration Auto-configuration} for the console, where the endpoint
 * {@code telemetryconsole} is exposed over HTTP; never without the browser guard. Before
 * the management context, which looks for the guard.
 */
@AutoConfiguration(before = ManagementContextAutoConfiguration.class,
		after = { TelemetryAutoConfiguration.class, TelemetryEndpointAutoConfiguration.class })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnWebApplication
@ConditionalOnBean(TelemetrySdk.class)
@ConditionalOnAvailableEndpoint(endpoint = TelemetryConsoleEndpoint.class, exposure = EndpointExposure.WEB)
@Import(BrowserGuardConfiguration.class)
public final class TelemetryConsoleAutoConfiguration {

	private static final EndpointId CONSOLE = EndpointId.of("telemetryconsole");

	@Bean
	@ConditionalOnMissingBean
	TelemetryConsoleEndpoint telemetryConsoleEndpoint(ObjectProvider<PathMappedEndpoints> paths,
			EndpointAccessResolver access, Environment environment) {
		Supplier<String> console = () -> Objects.requireNonNull(paths.getObject().getPath(CONSOLE));
		return new TelemetryConsoleEndpoint(
				new ConsolePage(console, () -> EndpointReach.of(paths.getObject(), access, environment)),
				isPresent("org.springframework.security.web.csrf.CsrfToken") ? new ServletRequestToken()
						: () -> RequestToken.NONE);
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, TelemetryConsoleAutoConfiguration.class.getClassLoader());
	}

	/** The console on WebFlux. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ReactiveTelemetryConsoleWebExtension reactiveTelemetryConsoleWebExtension(TelemetryConsoleEndpoint endpoint) {
			Function<ContextView, Mono<RequestToken>> token = isPresent(
					"org.springframework.security.web.server.csrf.CsrfToken") ? new ReactiveRequestToken()
							: (context) -> Mono.just(RequestToken.NONE);
			return new ReactiveTelemetryConsoleWebExtension(endpoint, token);
		}

	}

}
