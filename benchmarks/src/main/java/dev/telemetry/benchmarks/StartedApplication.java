package dev.telemetry.benchmarks;

import java.time.Duration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application without a bean that records. Names no type of ours. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartedApplication {

	/** Before the processor time of the process. */
	static final String SPENT = "spent ";

	public static void main(String[] arguments) {
		start(StartedApplication.class, arguments);
	}

	static void start(Class<?> application, String[] arguments) {
		try (ConfigurableApplicationContext context = SpringApplication.run(application, arguments)) {
			System.out.println(SPENT + ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
		}
	}

	@Bean
	Greeting greeting() {
		return new Greeting();
	}

	/** Says hello. */
	static class Greeting {

	}

}
