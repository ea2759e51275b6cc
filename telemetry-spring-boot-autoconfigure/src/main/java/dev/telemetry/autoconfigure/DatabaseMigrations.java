package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Knows the beans that bring an application's database up to date, as Spring Boot detects
 * them: Flyway, Liquibase, scripts and whatever else has a detector. None is made for us,
 * since it is the application's choice when its migrations run.
 */
final class DatabaseMigrations {

	private final ConfigurableListableBeanFactory beans;

	private final Environment environment;

	private volatile @Nullable List<String> left;

	DatabaseMigrations(ConfigurableListableBeanFactory beans, Environment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	/** Return whether all of them exist: each does its work before it does. */
	boolean areDone() {
		List<String> names = this.left;
		if (names == null) {
			names = detect();
		}
		names.removeIf(this.beans::containsSingleton);
		this.left = names;
		return names.isEmpty();
	}

	private List<String> detect() {
		List<String> names = new ArrayList<>();
		SpringFactoriesLoader.forDefaultResourceLocation(this.beans.getBeanClassLoader())
			.load(DatabaseInitializerDetector.class, ArgumentResolver.of(Environment.class, this.environment))
			.forEach((detector) -> detector.detect(this.beans)
				.forEach((name) -> names.add(BeanFactoryUtils.transformedBeanName(name))));
		return names;
	}

}
