package dev.telemetry.bare;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * A web application that refers to no type of ours, so that it runs with the starter on
 * its class path and without it. It starts, answers nobody, and ends.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareApplication {

	public static void main(String[] args) {
		System.exit(SpringApplication.exit(SpringApplication.run(BareApplication.class, args)));
	}

}
