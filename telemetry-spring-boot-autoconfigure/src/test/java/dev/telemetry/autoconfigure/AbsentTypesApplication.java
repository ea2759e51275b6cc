package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.command.TelemetryCommandLine;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.sdk.TelemetrySdk;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/**
 * A small application with our auto-configurations alone, for a class loader or a runtime
 * that has not everything. Returns what it saw, one line each.
 */
public final class AbsentTypesApplication implements Function<Map<String, Object>, List<String>> {

	/** Starts as a process of its own, with properties as arguments. */
	public static void main(String[] arguments) {
		List<String> properties = List.of(arguments);
		Map<String, Object> map = new java.util.LinkedHashMap<>();
		properties
			.forEach((each) -> map.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1)));
		new AbsentTypesApplication().apply(map).forEach(System.out::println);
	}

	@Override
	public List<String> apply(Map<String, Object> properties) {
		List<String> seen = new ArrayList<>();
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.setClassLoader(getClass().getClassLoader());
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
			context.register(Beans.class);
			if (properties.containsKey("plant")) {
				context.register(Planted.class);
			}
			context.refresh();
			context.getBean(Orders.class).place();
			TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
			telemetry.flush(TestApplication.LONG);
			telemetry.status().sinks().stream().map(AbsentTypesApplication::delivered).forEach(seen::add);
			telemetry.status().problems().forEach((problem) -> seen.add("problem " + problem));
			introspect(context);
		}
		return seen;
	}

	private static String delivered(DeliveryStatus sink) {
		return "sink " + sink.name() + " " + sink.delivered();
	}

	/** As Spring does, and others who look at the beans of an application. */
	private static void introspect(AnnotationConfigApplicationContext context) {
		for (String name : context.getBeanDefinitionNames()) {
			Class<?> type = context.getType(name);
			if (type != null && type.getName().startsWith("dev.telemetry.")) {
				introspect(type);
			}
		}
		introspect(TelemetryCommandLine.class);
	}

	private static void introspect(Class<?> type) {
		type.getMethods();
		type.getDeclaredMethods();
		type.getDeclaredConstructors();
		type.getDeclaredFields();
		for (Class<?> each : type.getInterfaces()) {
			each.getDeclaredMethods();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AopAutoConfiguration.class, TelemetryAspectAutoConfiguration.class,
			TelemetryAutoConfiguration.class, TelemetryBatchAutoConfiguration.class,
			TelemetryChildContextAutoConfiguration.class, TelemetryCommandAutoConfiguration.class,
			TelemetryCommandEventsAutoConfiguration.class, TelemetryEndpointAutoConfiguration.class,
			TelemetryHealthAutoConfiguration.class, TelemetryInfoAutoConfiguration.class,
			TelemetryJdbcConsentAutoConfiguration.class, TelemetryKafkaAutoConfiguration.class,
			TelemetryMetricsAutoConfiguration.class, TelemetrySanitizingAutoConfiguration.class })
	static class Beans {

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

	/** What must not be: types of a module that may be absent, in signatures. */
	@Configuration(proxyBeanMethods = false)
	static class Planted {

		@Bean
		String planted(org.springframework.beans.factory.ObjectProvider<javax.sql.DataSource> dataSource) {
			return "planted";
		}

	}

}
