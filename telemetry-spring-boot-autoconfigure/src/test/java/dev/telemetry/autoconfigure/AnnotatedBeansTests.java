package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.problem.Problem;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.ProxyType;
import org.springframework.context.annotation.Proxyable;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a bean declares is told from its class, however it is proxied. All here drop what
 * is not declared.
 */
class AnnotatedBeansTests {

	@TempDir
	Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home)
			.withPropertyValues(TestApplication.YES, "telemetry.undeclared=drop")
			.withBean(MemorySink.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenOnTheMethodOfTheClassIsDeclared(String proxyTargetClass) {
		run(proxyTargetClass, Orders.class, (context) -> {
			assertThat(context.getBean(Desk.class).place(3)).isEqualTo(3);
			assertDelivered(context, "order.placed", 3L);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenOnTheClassIsDeclared(String proxyTargetClass) {
		run(proxyTargetClass, AnnotatedOrders.class, (context) -> {
			context.getBean(Desk.class).place(3);
			assertThat(TestApplication.deliveredNames(context)).containsExactly("order.place");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenOnTheInterfaceIsDeclared(String proxyTargetClass) {
		run(proxyTargetClass, OwnStock.class, (context) -> {
			context.getBean(Stock.class).count(3);
			assertDelivered(context, "stock.counted", 3L);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenOnTheSuperclassIsDeclared(String proxyTargetClass) {
		run(proxyTargetClass, SpecialOrders.class, (context) -> {
			context.getBean(Desk.class).place(3);
			assertDelivered(context, "order.placed", 3L);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenOnAMethodBehindABridgeIsDeclared(String proxyTargetClass) {
		run(proxyTargetClass, Numbers.class, (context) -> {
			@SuppressWarnings("unchecked")
			Handler<Integer> handler = context.getBean(Handler.class);
			handler.handle(3);
			assertDelivered(context, "number.handled", 3L);
			assertThat(definition(context, "number.handled").properties().get("items").type()).hasToString("NUMBER");
		});
	}

	@Test
	void annotationWhenOnAMethodOfAConfigurationIsDeclared() {
		this.runner.withUserConfiguration(AnnotatedConfiguration.class).run((context) -> {
			context.getBean(AnnotatedConfiguration.class).refresh(3);
			assertDelivered(context, "configuration.refreshed", 3L);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenTheBeanIsAPrototypeThatWasMadeAlreadyIsDeclared(String proxyTargetClass) {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=" + proxyTargetClass)
			.withBean("orders", Orders.class, Orders::new,
					(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
			.withUserConfiguration(NeedsADesk.class)
			.run((context) -> {
				context.getBean(Desk.class).place(3);
				assertDelivered(context, "order.placed", 3L);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenTheBeanIsScopedIsDeclared(String proxyTargetClass) {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=" + proxyTargetClass)
			.withInitializer(
					(context) -> context.getBeanFactory().registerScope("thread-scope", new SimpleThreadScope()))
			.withUserConfiguration(Scoped.class)
			.run((context) -> {
				context.getBean(ScopedOrders.class).place(3);
				assertDelivered(context, "order.scoped", 3L);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenTheBeanIsMadeByAFactoryIsDeclared(String proxyTargetClass) {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=" + proxyTargetClass)
			.withUserConfiguration(OrdersFactory.class, NeedsADesk.class)
			.run((context) -> {
				context.getBean(Desk.class).place(3);
				assertDelivered(context, "order.placed", 3L);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenTheBeanIsMadeByAMethodThatHidesItsClassIsDeclared(String proxyTargetClass) {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=" + proxyTargetClass)
			.withBean("desk", Desk.class, Orders::new)
			.run((context) -> {
				context.getBean(Desk.class).place(3);
				assertDelivered(context, "order.placed", 3L);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenOnARepositoryIsDeclared(String proxyTargetClass) {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=" + proxyTargetClass)
			.withUserConfiguration(RepositoryFactory.class)
			.run((context) -> {
				context.getBean(OrderRepository.class).findByItems(3);
				context.getBean(OrderRepository.class).save(4);
				assertThat(TestApplication.deliveredNames(context)).containsExactly("orders.found", "orders.saved");
				assertThat(TestApplication.delivered(context)).extracting((event) -> event.attribute("items"))
					.containsExactly(3L, 4L);
				assertThat(TestApplication.problems(context)).isEmpty();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void annotationWhenTwoCreatorsProxyTheBeanIsDeclaredAndRecordedOnce(String proxyTargetClass) {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=" + proxyTargetClass)
			.withUserConfiguration(SecondCreator.class)
			.withBean("orders", Orders.class)
			.run((context) -> {
				context.getBean(Desk.class).place(3);
				assertDelivered(context, "order.placed", 3L);
			});
	}

	@Test
	void callWhenAnOwnProxyLiesInFrontOfTheBeanIsRecordedOnce() {
		this.runner.withUserConfiguration(OwnProxy.class).run((context) -> {
			context.getBean("front", Orders.class).place(3);
			assertThat(TestApplication.deliveredNames(context)).containsExactly("order.placed");
			context.getBean("back", Orders.class).place(3);
			assertThat(TestApplication.deliveredNames(context)).as("past the own proxy").hasSize(2);
		});
	}

	@Test
	void annotationWhenTheClassAsksForASubclassIsDeclared() {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withUserConfiguration(AsksForASubclass.class)
			.run((context) -> {
				context.getBean(AskingOrders.class).close(3);
				assertDelivered(context, "order.closed", 3L);
			});
	}

	@Test
	void annotationWhenTheMethodIsOutOfReachIsAProblemAndIsNotDeclared() {
		run("false", OutOfReach.class, (context) -> {
			assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Desk.class))).isTrue();
			assertThat(TestApplication.problems(context)).extracting(Problem::property)
				.containsExactly(OutOfReach.class.getName() + "#close");
			assertThat(context.getBean(TelemetrySpecRegistry.class).events()).extracting(EventDefinition::name)
				.as("the annotation of the class means what can be called")
				.containsExactly("shop.place");
		});
	}

	@Test
	void applicationWhenTheKindOfProxiesIsWrongStarts() {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=perhaps")
			.withBean("orders", Orders.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void beanWhenLazyIsNotMadeInOrderToLookAtIt() {
		this.runner.withUserConfiguration(LazyBeans.class).run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("lazyOrders")).isFalse();
			context.getBean(Orders.class).place(3);
			assertDelivered(context, "order.placed", 3L);
		});
	}

	private void run(String proxyTargetClass, Class<?> bean, Consumer<AssertableApplicationContext> check) {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=" + proxyTargetClass)
			.withBean(bean)
			.run(check::accept);
	}

	private static void assertDelivered(AssertableApplicationContext context, String name, long items) {
		assertThat(TestApplication.delivered(context)).singleElement().satisfies((event) -> {
			assertThat(event.name()).isEqualTo(name);
			assertThat(event.attribute("items")).isEqualTo(items);
		});
		assertThat(TestApplication.problems(context)).isEmpty();
	}

	private static EventDefinition definition(AssertableApplicationContext context, String name) {
		return context.getBean(TelemetrySpecRegistry.class).findEvent(name);
	}

	interface Desk {

		int place(int items);

	}

	static class Orders implements Desk {

		@Override
		@TelemetryEvent("order.placed")
		public int place(@TelemetryAttribute("items") int items) {
			return items;
		}

	}

	static class SpecialOrders extends Orders {

		@Override
		public int place(int items) {
			return super.place(items);
		}

	}

	@TelemetryEvent("order")
	static class AnnotatedOrders implements Desk {

		@Override
		public int place(int items) {
			return items;
		}

	}

	interface Stock {

		@TelemetryEvent("stock.counted")
		int count(@TelemetryAttribute("items") int items);

	}

	static class OwnStock implements Stock {

		@Override
		public int count(int items) {
			return items;
		}

	}

	interface Handler<T> {

		T handle(T value);

	}

	static class Numbers implements Handler<Integer> {

		@Override
		@TelemetryEvent("number.handled")
		public Integer handle(@TelemetryAttribute("items") Integer value) {
			return value;
		}

	}

	@Configuration
	static class AnnotatedConfiguration {

		@TelemetryEvent("configuration.refreshed")
		public void refresh(@TelemetryAttribute("items") int items) {
		}

		@Bean
		String name() {
			return "name";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsADesk {

		@Bean
		Supplier<Desk> deskHolder(Desk desk) {
			return () -> desk;
		}

	}

	static class ScopedOrders implements Desk {

		@Override
		@TelemetryEvent("order.scoped")
		public int place(@TelemetryAttribute("items") int items) {
			return items;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "thread-scope", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ScopedOrders scopedOrders() {
			return new ScopedOrders();
		}

	}

	static class OrdersFactory implements FactoryBean<Desk> {

		@Override
		public Desk getObject() {
			return new Orders();
		}

		@Override
		public Class<?> getObjectType() {
			return Desk.class;
		}

	}

	interface CrudRepository<T> {

		@TelemetryEvent("orders.saved")
		T save(@TelemetryAttribute("items") T entity);

	}

	interface OrderRepository extends CrudRepository<Integer> {

		@TelemetryEvent("orders.found")
		List<Integer> findByItems(@TelemetryAttribute("items") int items);

	}

	/** Makes what Spring Data makes: a proxy whose target has a part of its methods. */
	static class RepositoryFactory implements FactoryBean<OrderRepository> {

		@Override
		public OrderRepository getObject() {
			ProxyFactory factory = new ProxyFactory();
			factory.setInterfaces(OrderRepository.class);
			factory.setTarget(new SimpleRepository());
			factory.addAdvice((MethodInterceptor) (call) -> call.getMethod().getName().equals("save")
					? call.getArguments()[0] : List.of());
			return (OrderRepository) factory.getProxy();
		}

		@Override
		public Class<?> getObjectType() {
			return OrderRepository.class;
		}

	}

	static class SimpleRepository implements CrudRepository<Integer> {

		@Override
		public Integer save(Integer entity) {
			return entity;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondCreator {

		@Bean
		static DefaultAdvisorAutoProxyCreator secondCreator() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			return creator;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnProxy {

		@Bean
		Orders back() {
			return new Orders();
		}

		@Bean
		ProxyFactoryBean front() {
			ProxyFactoryBean front = new ProxyFactoryBean();
			front.setTargetName("back");
			front.setProxyTargetClass(true);
			front.setInterceptorNames("telemetryEventAdvisor");
			return front;
		}

	}

	static class AskingOrders implements Desk {

		@Override
		public int place(int items) {
			return items;
		}

		@TelemetryEvent("order.closed")
		public void close(@TelemetryAttribute("items") int items) {
		}

	}

	@Proxyable(ProxyType.TARGET_CLASS)
	static class ProxyableOrders extends AskingOrders {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ProxyableOrders.class)
	static class AsksForASubclass {

	}

	@TelemetryEvent("shop")
	static class OutOfReach implements Desk {

		@Override
		public int place(int items) {
			return items;
		}

		@TelemetryEvent("shop.closed")
		public void close() {
		}

		public void open() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBeans {

		@Bean
		@Lazy
		@Primary
		Orders lazyOrders() {
			return new Orders();
		}

	}

}
