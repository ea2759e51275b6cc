package dev.telemetry.command;

import java.util.function.Supplier;

import org.springframework.context.Lifecycle;
import org.springframework.context.LifecycleProcessor;

/**
 * Starts telemetry alone, in place of everything an application starts: no listener, no
 * scheduler, no server of it runs while a command is carried out.
 */
final class CommandLifecycle implements LifecycleProcessor {

	private final Supplier<Lifecycle> telemetry;

	private volatile boolean running;

	CommandLifecycle(Supplier<Lifecycle> telemetry) {
		this.telemetry = telemetry;
	}

	@Override
	public void start() {
		this.telemetry.get().start();
		this.running = true;
	}

	@Override
	public void stop() {
		if (this.running) {
			this.running = false;
			this.telemetry.get().stop();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void onRefresh() {
		start();
	}

	@Override
	public void onClose() {
		stop();
	}

}
