package dev.telemetry.aspect;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.telemetry.aspect.FakeTelemetryContext.Recorded;
import dev.telemetry.problem.Problem;

import org.springframework.aop.framework.ProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects behind Spring's proxies with the advisor, and what it recorded of them. */
final class Advised {

	final FakeTelemetryContext context = new FakeTelemetryContext();

	final List<Problem> problems = new CopyOnWriteArrayList<>();

	final TelemetryEventAdvisor bySubclass = advisor(true);

	final TelemetryEventAdvisor byInterface = advisor(false);

	private TelemetryEventAdvisor advisor(boolean proxyTargetClass) {
		return new TelemetryEventAdvisor(new TelemetryEventScanner(proxyTargetClass, this.problems::add),
				() -> this.context, () -> 0, TelemetryEventAdvisor.DEFAULT_ORDER);
	}

	/** Proxies by a subclass. */
	@SuppressWarnings("unchecked")
	<T> T proxy(T target) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.setProxyTargetClass(true);
		factory.addAdvisor(this.bySubclass);
		return (T) factory.getProxy();
	}

	/** Proxies by an interface. */
	<T> T proxy(Class<T> type, T target) {
		ProxyFactory factory = new ProxyFactory();
		factory.addInterface(type);
		factory.setTarget(target);
		factory.addAdvisor(this.byInterface);
		return type.cast(factory.getProxy());
	}

	List<String> names() {
		return this.context.events().stream().map(Recorded::name).toList();
	}

	/** The one event that was recorded. */
	Recorded event() {
		assertThat(this.context.events()).hasSize(1);
		return this.context.events().get(0);
	}

}
