package dev.telemetry.command;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application that {@link TelemetryCommandLineTests} starts as a process. */
@SpringBootConfiguration
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = { "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
		"org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration" })
class CommandApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(CommandApplication.class, arguments);
		System.out.println("started");
	}

}
