package dev.telemetry.demo;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.SmartLifecycle;

/**
 * A bean of the application that tells when it is started and when it runs. Added by
 * {@code --spring.main.sources}.
 */
final class RunnerProbe implements ApplicationRunner, SmartLifecycle {

	static final String ARGUMENT = "--spring.main.sources=" + RunnerProbe.class.getName();

	static final String STARTED = "probe started";

	static final String RAN = "probe ran";

	private volatile boolean running;

	@Override
	public void run(ApplicationArguments arguments) {
		System.err.println(RAN);
	}

	@Override
	public void start() {
		System.err.println(STARTED);
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
