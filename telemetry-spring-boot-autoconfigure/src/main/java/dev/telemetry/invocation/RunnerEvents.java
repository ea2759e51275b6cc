package dev.telemetry.invocation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.ExitCodeEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

/**
 * Records what the runners of an application do as one execution, from before the first
 * runner to the end of the application, under the names of their beans. Where a command
 * of a library was executed meanwhile, that is the command, and nothing is recorded here.
 * No runner is proxied: the class of an application may be one.
 */
@Internal
public final class RunnerEvents implements GenericApplicationListener {

	private static final List<Class<? extends ApplicationEvent>> EVENTS = List.of(ApplicationStartedEvent.class,
			ApplicationReadyEvent.class, ApplicationFailedEvent.class, ExitCodeEvent.class, ContextClosedEvent.class);

	private final ApplicationContext context;

	private final CommandRecording recording;

	private volatile @Nullable CommandExecution execution;

	private volatile @Nullable Thread runner;

	private volatile long others;

	private volatile boolean finished;

	private volatile @Nullable Integer exitCode;

	private volatile @Nullable Throwable failure;

	/**
	 * Create a listener.
	 * @param context the context whose runners are meant
	 * @param recording records executions
	 */
	public RunnerEvents(ApplicationContext context, CommandRecording recording) {
		this.context = context;
		this.recording = recording;
	}

	@Override
	public boolean supportsEventType(ResolvableType eventType) {
		return EVENTS.stream().anyMatch((type) -> type.isAssignableFrom(eventType.toClass()));
	}

	/** Last before the runners and, when the application ends, after all that listens. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationStartedEvent started && started.getApplicationContext() == this.context) {
			begin();
		}
		else if (event instanceof ApplicationReadyEvent ready && ready.getApplicationContext() == this.context) {
			this.finished = true;
		}
		else if (event instanceof ApplicationFailedEvent failed && failed.getApplicationContext() == this.context) {
			this.failure = failed.getException();
		}
		else if (event instanceof ExitCodeEvent exit) {
			this.exitCode = exit.getExitCode();
		}
		else if (event instanceof ContextClosedEvent closed && closed.getApplicationContext() == this.context) {
			end();
		}
	}

	private void begin() {
		Set<String> names = new LinkedHashSet<>(List.of(this.context.getBeanNamesForType(ApplicationRunner.class)));
		names.addAll(List.of(this.context.getBeanNamesForType(CommandLineRunner.class)));
		if (!names.isEmpty()) {
			this.runner = Thread.currentThread();
			this.execution = this.recording.begin(() -> String.join("+", names));
			this.others = this.recording.begun();
		}
	}

	private void end() {
		CommandExecution ended = this.execution;
		this.execution = null;
		// An event scope that is never closed records nothing
		if (ended != null && this.recording.begun() == this.others) {
			end(ended);
		}
	}

	private void end(CommandExecution ended) {
		Throwable thrown = this.failure;
		Integer told = this.exitCode;
		if (thrown != null) {
			ended.failed((told != null) ? told : ExitCodes.UNCAUGHT, thrown);
		}
		else if (told != null) {
			ended.ended(told);
		}
		else if (this.finished) {
			ended.ended(isBySystemExit() ? null : 0);
		}
		else {
			ended.cancelled();
		}
	}

	/**
	 * Whether the JVM was told to exit with a code that is not seen here: then the thread
	 * that ran the runners still lives and another one closes the context. After a return
	 * from the main method that thread is dead, and SpringApplication.exit closes on its
	 * own.
	 */
	private boolean isBySystemExit() {
		Thread thread = this.runner;
		return thread != null && thread != Thread.currentThread() && thread.isAlive();
	}

}
