package dev.telemetry.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that uses up all threads its user may have, grants consent, gives the
 * threads back and asks for status again. Prints what status says each time.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(TelemetryAutoConfiguration.class)
class ThreadlessProcess {

	public static void main(String[] arguments) throws InterruptedException {
		SpringApplication application = new SpringApplication(ThreadlessProcess.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		ConfigurableApplicationContext context = application.run(arguments);
		ConsentGate gate = context.getBean(ConsentGate.class);
		TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
		CountDownLatch release = new CountDownLatch(1);
		List<Thread> hoard = hoard(release);
		gate.enable(ConsentScope.EXPORT, null, "command");
		telemetry.context().record("order.placed");
		print("without", telemetry);
		release.countDown();
		for (Thread thread : hoard) {
			Patience.end(thread);
		}
		// The system counts a thread for a moment after Java has joined it
		Patience.until("threads", Duration.ofSeconds(20), () -> {
			gate.refresh();
			return telemetry.status().problems().isEmpty();
		});
		telemetry.context().record("order.placed");
		telemetry.flush(Duration.ofSeconds(10));
		print("with", telemetry);
		context.close();
	}

	private static List<Thread> hoard(CountDownLatch release) {
		List<Thread> hoard = new ArrayList<>();
		try {
			while (true) {
				Thread thread = new Thread(() -> await(release), "hoard");
				thread.setDaemon(true);
				thread.start();
				hoard.add(thread);
			}
		}
		catch (OutOfMemoryError ex) {
			return hoard;
		}
	}

	private static void await(CountDownLatch release) {
		try {
			release.await(3, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void print(String when, TelemetrySdk telemetry) {
		TelemetryStatus status = telemetry.status();
		System.out.println(when + ": collecting=" + status.collecting() + " " + status.consent().state() + " "
				+ status.consent().scope() + " cap=" + status.consent().cap() + " " + status.problems());
		status.sinks()
			.forEach((sink) -> System.out.println(when + ": " + sink.name() + " accepted=" + sink.accepted()));
	}

}
