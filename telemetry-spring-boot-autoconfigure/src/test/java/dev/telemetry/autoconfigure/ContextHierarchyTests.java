package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.aspect.TelemetryEventAdvisor;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.problem.Problem;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

/** Contexts with a parent: one telemetry for all of them, and none of them is stopped. */
class ContextHierarchyTests {

	private static final String CHILD = Shipping.class.getName();

	@TempDir
	Path home;

	private ApplicationContextRunner parent;

	private ApplicationContextRunner child;

	@BeforeEach
	void createRunners() {
		this.parent = TestApplication.runner(this.home).withBean(MemorySink.class).withBean(Orders.class);
		this.child = TestApplication.runner(this.home);
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void childWhenItHasAnAnnotatedBeanStarts(String enabled) {
		this.parent.withPropertyValues("telemetry.enabled=" + enabled)
			.run((parent) -> this.child.withParent(parent)
				.withBean(Shipping.class)
				.run((child) -> assertThat(child).hasNotFailed()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "record", "drop" })
	void eventWhenDeclaredInAChildIsDroppedWithAProblemThatNamesTheClass(String undeclared) {
		granted().withPropertyValues("telemetry.undeclared=" + undeclared)
			.run((parent) -> this.child.withParent(parent).withBean(Shipping.class).run((child) -> {
				child.getBean(Shipping.class).ship(3);
				child.getBean(Orders.class).place();
				assertThat(TestApplication.deliveredNames(parent)).containsExactly("order.placed");
				assertThat(dropped(parent)).containsEntry("undeclared", 1L);
				assertThat(TestApplication.problems(parent)).singleElement()
					.satisfies((problem) -> assertThat(problem.toString()).contains("event order.shipped")
						.contains(CHILD)
						.contains("register " + CHILD + " in the parent context"));
			}));
	}

	@Test
	void eventWhenDeclaredInTheParentAsWellIsRecordedInTheChild() {
		granted().withBean("template", Shipping.class)
			.run((parent) -> this.child.withParent(parent).withBean("shipping", Shipping.class).run((child) -> {
				child.getBean("shipping", Shipping.class).ship(3);
				assertThat(TestApplication.delivered(parent)).singleElement()
					.satisfies((event) -> assertThat(event.attribute("items")).isEqualTo(3L));
				assertThat(TestApplication.problems(parent)).isEmpty();
			}));
	}

	@Test
	void eventWhenTheParentDeclaresItByABeanIsRecordedInTheChild() {
		granted()
			.withBean(EventDefinition.class,
					() -> EventDefinition.builder("order.shipped").property("items", PropertyType.NUMBER).build())
			.run((parent) -> this.child.withParent(parent).withBean(Shipping.class).run((child) -> {
				child.getBean(Shipping.class).ship(3);
				assertThat(TestApplication.deliveredNames(parent)).containsExactly("order.shipped");
				assertThat(TestApplication.problems(parent)).isEmpty();
			}));
	}

	@Test
	void attributeWhenOnlyTheChildDeclaresItIsDropped() {
		granted().withBean(EventDefinition.class, () -> EventDefinition.builder("order.shipped").build())
			.run((parent) -> this.child.withParent(parent).withBean(Shipping.class).run((child) -> {
				child.getBean(Shipping.class).ship(3);
				assertThat(TestApplication.delivered(parent)).singleElement().satisfies((event) -> {
					assertThat(event.attribute("items")).isNull();
					assertThat(event.attribute("success")).isEqualTo(true);
				});
				assertThat(TestApplication.problems(parent)).hasSize(1);
			}));
	}

	@Test
	void definitionWhenItIsABeanOfAChildIsDroppedWithAProblemThatNamesTheBean() {
		EventDefinition definition = EventDefinition.builder("order.returned").build();
		granted().run((parent) -> this.child.withParent(parent)
			.withBean("orderReturned", EventDefinition.class, () -> definition)
			.run((child) -> {
				TestApplication.telemetry(child).context().event(EventType.of(definition)).record();
				TestApplication.telemetry(child).context().record("order.returned", Map.of("a", 1));
				TestApplication.telemetry(child).context().record("order.undeclared");
				assertThat(TestApplication.deliveredNames(parent)).as("the others are as they are elsewhere")
					.containsExactly("order.undeclared");
				assertThat(TestApplication.problems(parent)).singleElement()
					.satisfies((problem) -> assertThat(problem.toString()).contains("bean 'orderReturned'")
						.contains("parent"));
			}));
	}

	@Test
	void beanWhenItIsMeantForTelemetryAndInAChildIsAProblem() {
		granted().run((parent) -> this.child.withParent(parent)
			.withBean("veto", ConsentSource.class, () -> List::of)
			.withBean("masking", EventProcessor.class, () -> (event) -> event)
			.withBean("ownSink", MemorySink.class)
			.run((child) -> assertThat(TestApplication.problems(parent)).extracting(Problem::property)
				.containsExactlyInAnyOrder("bean 'veto'", "bean 'masking'", "bean 'ownSink'")));
	}

	@Test
	void childHasNoTelemetryOfItsOwn() {
		String[] exposure = { "spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=telemetry" };
		granted().withPropertyValues(exposure)
			.run((parent) -> this.child.withPropertyValues(exposure).withParent(parent).run((child) -> {
				for (Class<?> type : List.of(TelemetryContext.class, ConsentGate.class, TelemetrySettings.class,
						TelemetryLifecycle.class, TelemetryStorage.class, TelemetryEndpoint.class)) {
					assertThat(child.getBeanFactory().getBeanNamesForType(type)).as(type.getName()).isEmpty();
					assertThat(parent.getBeanFactory().getBeanNamesForType(type)).as("the control: " + type.getName())
						.hasSize(1);
				}
			}));
	}

	@Test
	void parentWhenAChildIsClosedGoesOn() {
		granted().run((parent) -> {
			this.child.withParent(parent).withBean(Shipping.class).run((child) -> assertThat(child).hasNotFailed());
			assertThat(TestApplication.telemetry(parent).context().isCollecting()).isTrue();
			parent.getBean(Orders.class).place();
			assertThat(TestApplication.deliveredNames(parent)).containsExactly("order.placed");
		});
	}

	@Test
	void eventWhenDeclaredInAGrandchildIsDropped() {
		granted().run((parent) -> this.child.withParent(parent)
			.run((child) -> TestApplication.runner(this.home)
				.withParent(child)
				.withBean(Shipping.class)
				.run((grandchild) -> {
					assertThat(grandchild).hasNotFailed();
					grandchild.getBean(Shipping.class).ship(3);
					assertThat(TestApplication.delivered(parent)).isEmpty();
					assertThat(TestApplication.problems(parent)).hasSize(1);
				})));
	}

	@Test
	void eventWhenDeclaredInAChildThatIsMadeLaterWithoutUsIsDropped() {
		granted().run((parent) -> {
			try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
				child.setParent(parent);
				child.register(OwnCreator.class, Shipping.class);
				child.refresh();
				assertThat(AopUtils.isAopProxy(child.getBean(Shipping.class))).isTrue();
				child.getBean(Shipping.class).ship(3);
				assertThat(TestApplication.delivered(parent)).isEmpty();
				assertThat(TestApplication.problems(parent)).singleElement()
					.satisfies((problem) -> assertThat(problem.toString()).contains(CHILD).contains("parent"));
			}
		});
	}

	@Test
	void beanWhenLazyInAChildIsAProblemAtTheStart() {
		granted()
			.run((parent) -> this.child.withParent(parent).withUserConfiguration(LazyShipping.class).run((child) -> {
				assertThat(TestApplication.problems(parent)).hasSize(1);
				child.getBean(Shipping.class).ship(3);
				assertThat(TestApplication.delivered(parent)).isEmpty();
			}));
	}

	@Test
	void beanWhenItsClassIsMetLateInTheParentCountsAsUndeclared() {
		granted().withUserConfiguration(HiddenShipping.class).run((parent) -> {
			parent.getBean(Carrier.class).ship(3);
			assertThat(TestApplication.deliveredNames(parent)).containsExactly("order.shipped");
			assertThat(TestApplication.problems(parent)).singleElement()
				.satisfies((problem) -> assertThat(problem.toString()).contains("order.shipped")
					.contains("undeclared")
					.doesNotContain("child"));
		});
	}

	@Test
	void beanWhenItsClassIsMetLateInTheParentOfAChildCountsAsUndeclared() {
		granted().withUserConfiguration(HiddenShipping.class)
			.run((parent) -> this.child.withParent(parent).run((child) -> {
				child.getBean(Carrier.class).ship(3);
				assertThat(TestApplication.deliveredNames(parent)).containsExactly("order.shipped");
			}));
	}

	@Test
	void contextsWhenTheyAreSiblingsRecordEachForItself() {
		granted().run((one) -> granted().run((other) -> {
			one.getBean(Orders.class).place();
			other.getBean(Orders.class).place();
			assertThat(TestApplication.deliveredNames(one)).containsExactly("order.placed");
			assertThat(TestApplication.deliveredNames(other)).containsExactly("order.placed");
		}));
	}

	@Test
	void applicationWhenBuiltOfParentAndChildrenHasOneTelemetry() {
		String[] properties = TestApplication.properties(this.home);
		SpringApplicationBuilder children = new SpringApplicationBuilder(ParentApplication.class)
			.web(WebApplicationType.NONE)
			.properties(properties)
			.properties(TestApplication.YES, "server.port=0")
			.child(ChildApplication.class);
		try (ConfigurableApplicationContext one = children.run();
				ConfigurableApplicationContext other = children.sibling(OtherChildApplication.class).run()) {
			assertThat(TestApplication.telemetry(one)).isSameAs(TestApplication.telemetry(other));
			one.getBean(Shipping.class).ship(3);
			other.getBean(Orders.class).place();
			ApplicationContext root = one.getParent();
			assertThat(root).isNotNull();
			assertThat(TestApplication.deliveredNames(root)).isEmpty();
			assertThat(TestApplication.problems(root)).extracting(Problem::origin)
				.containsExactlyInAnyOrder(CHILD, Orders.class.getName());
		}
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void endpointWhenTheChildIsTheWebApplicationIsThereOnceAndGuarded(WebApplicationType type)
			throws IOException, InterruptedException {
		SpringApplicationBuilder child = new SpringApplicationBuilder(ParentApplication.class)
			.web(WebApplicationType.NONE)
			.properties(TestApplication.properties(this.home))
			.properties(TestApplication.YES, "server.port=0", "management.endpoints.web.exposure.include=telemetry")
			.child(ChildApplication.class)
			.web(type);
		try (ConfigurableApplicationContext web = child.run()) {
			String port = web.getEnvironment().getProperty("local.server.port");
			HttpResponse<String> status = send(request(port, "").GET());
			assertThat(status.statusCode()).isEqualTo(200);
			assertThat(status.body()).contains("\"collecting\":true", "\"machineId\":\"", CHILD);
			HttpRequest.Builder disable = request(port, "/disable").POST(BodyPublishers.noBody());
			assertThat(send(disable.copy().header("Sec-Fetch-Site", "cross-site")).statusCode()).isEqualTo(403);
			assertThat(TestApplication.telemetry(web).context().isCollecting()).isTrue();
			assertThat(send(disable).statusCode()).isEqualTo(200);
			assertThat(TestApplication.telemetry(web).context().isCollecting()).isFalse();
		}
	}

	private static HttpRequest.Builder request(String port, String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/telemetry" + path))
			.timeout(TestApplication.LONG);
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
	}

	@ParameterizedTest
	@ValueSource(classes = { TelemetryAutoConfiguration.class, TelemetryAspectAutoConfiguration.class,
			TelemetryBatchAutoConfiguration.class, TelemetryCommandAutoConfiguration.class,
			TelemetryCommandEventsAutoConfiguration.class, TelemetryEndpointAutoConfiguration.class,
			TelemetryJdbcConsentAutoConfiguration.class, TelemetryKafkaAutoConfiguration.class,
			TelemetryChildContextAutoConfiguration.class })
	void applicationWhenOneOfOursIsExcludedStarts(Class<?> excluded) {
		new ApplicationContextRunner().withPropertyValues(TestApplication.properties(this.home))
			.withPropertyValues(TestApplication.YES, "spring.autoconfigure.exclude=" + excluded.getName())
			.withUserConfiguration(ParentApplication.class)
			.withBean(Shipping.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(Shipping.class).ship(3);
			});
	}

	@Test
	void advisorIsOneOfEachContext() {
		granted().run((parent) -> this.child.withParent(parent)
			.run((child) -> assertThat(child.getBean(TelemetryEventAdvisor.class))
				.isNotSameAs(parent.getBean(TelemetryEventAdvisor.class))));
	}

	private ApplicationContextRunner granted() {
		return this.parent.withPropertyValues(TestApplication.YES);
	}

	private static Map<String, Long> dropped(ApplicationContext context) {
		return TestApplication.telemetry(context).status().dropped();
	}

	static class Orders {

		@TelemetryEvent("order.placed")
		public void place() {
		}

	}

	interface Carrier {

		void ship(int items);

	}

	static class Shipping implements Carrier {

		@Override
		@TelemetryEvent("order.shipped")
		public void ship(@TelemetryAttribute("items") int items) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyShipping {

		@Bean
		@Lazy
		Shipping shipping() {
			return new Shipping();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HiddenShipping {

		@Bean
		@Lazy
		Carrier carrier() {
			return new Shipping();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCreator {

		@Bean
		static DefaultAdvisorAutoProxyCreator ownCreator() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			return creator;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ParentApplication {

		@Bean
		MemorySink memorySink() {
			return new MemorySink();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ChildApplication {

		@Bean
		Shipping shipping() {
			return new Shipping();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OtherChildApplication {

		@Bean
		Orders orders() {
			return new Orders();
		}

	}

}
