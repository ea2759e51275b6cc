package dev.telemetry.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.event.Event;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.MemorySink;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/**
 * A small application with Boot's whole auto-configuration. Runs in a class loader of its
 * own, so it is reached through types of the JDK only: takes properties, returns the
 * delivered events, the sinks and the problems, one line each.
 */
public final class MissingLibraryApplication implements Function<Map<String, Object>, List<String>> {

	@Override
	public List<String> apply(Map<String, Object> properties) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.setClassLoader(getClass().getClassLoader());
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
			context.register(Beans.class);
			context.refresh();
			context.getBean(Orders.class).place();
			TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
			telemetry.context().record("order.viewed");
			List<DeliveryStatus> sinks = telemetry.status().sinks();
			List<Problem> problems = telemetry.status().problems();
			telemetry.close();
			return Stream
				.of(context.getBean(MemorySink.class).events().stream().map(Event::name).map("event "::concat),
						sinks.stream().map(DeliveryStatus::name).map("sink "::concat),
						problems.stream().map(Problem::toString).map("problem "::concat))
				.flatMap(Function.identity())
				.toList();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = { "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
			"org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration" })
	static class Beans {

		@Bean
		MemorySink memorySink() {
			return new MemorySink();
		}

		@Bean
		Orders orders() {
			return new Orders();
		}

	}

	static class Orders {

		@TelemetryEvent("order.placed")
		public void place() {
		}

	}

}
