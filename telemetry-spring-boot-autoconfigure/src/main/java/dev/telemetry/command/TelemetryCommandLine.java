package dev.telemetry.command;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/**
 * Answers {@code --telemetry.command=…} on an application's own command line and ends the
 * application: no web server is started, none of its runners runs, and its beans are made
 * only where telemetry needs them. Standard output holds the answer and nothing else;
 * everything the application prints goes to standard error.
 */
@Internal
public final class TelemetryCommandLine implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	/** Before configuration is read and logging is set up. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 5;

	private static final Map<String, Object> QUIET = Map.of("spring.main.lazy-initialization", "true",
			"spring.main.banner-mode", "off", "spring.main.log-startup-info", "false", "spring.main.keep-alive",
			"false", "logging.level.root", "warn");

	private static final Map<String, Object> NO_WEB = Map.of("spring.main.web-application-type", "none");

	/**
	 * Bean definitions made ahead of time are those of a web application and need its
	 * context. Its server is started by a lifecycle that {@link CommandLifecycle} leaves
	 * out, and would not listen if it were.
	 */
	private static final Map<String, Object> NO_PORT = Map.of("server.port", "-1", "management.server.port", "-1");

	private final IntConsumer exit;

	public TelemetryCommandLine() {
		this(System::exit);
	}

	TelemetryCommandLine(IntConsumer exit) {
		this.exit = exit;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		@Nullable CommandRequest request;
		try {
			request = CommandRequest.parse(event.getArgs());
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			this.exit.accept(TelemetryCommandRunner.USAGE);
			return;
		}
		if (request != null) {
			Map<String, Object> settings = new HashMap<>(QUIET);
			settings.putAll(AotDetector.useGeneratedArtifacts() ? NO_PORT : NO_WEB);
			event.getEnvironment().getPropertySources().addFirst(new MapPropertySource("telemetryCommand", settings));
			prepare(event.getSpringApplication(), request);
		}
	}

	private void prepare(SpringApplication application, CommandRequest request) {
		PrintStream answer = System.out;
		System.setOut(System.err);
		// When all bean definitions are known, those made ahead of time included
		application.addInitializers((context) -> context.addBeanFactoryPostProcessor(TelemetryCommandLine::silence));
		application.addListeners(new Run(request, answer));
	}

	private static void silence(ConfigurableListableBeanFactory beans) {
		String name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME;
		if (beans instanceof BeanDefinitionRegistry registry && registry.containsBeanDefinition(name)) {
			registry.removeBeanDefinition(name);
		}
		beans.registerSingleton(name, new CommandLifecycle(() -> beans.getBean("telemetryLifecycle", Lifecycle.class)));
	}

	/** Runs when the context stands, before the application's runners. */
	private final class Run implements ApplicationListener<ApplicationStartedEvent>, Ordered {

		private final CommandRequest request;

		private final PrintStream answer;

		Run(CommandRequest request, PrintStream answer) {
			this.request = request;
			this.answer = answer;
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void onApplicationEvent(ApplicationStartedEvent event) {
			ConfigurableApplicationContext context = event.getApplicationContext();
			int code = context.getBean(TelemetryCommandRunner.class).run(this.request, this.answer);
			context.close();
			TelemetryCommandLine.this.exit.accept(code);
		}

	}

}
