package dev.telemetry.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** Hints for what is read by reflection although it is no bean. */
final class TelemetryRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(PropertyTree.RECORDS.toArray(Class<?>[]::new))
			.registerHints(hints, classLoader);
		for (Property property : PropertyTree.ALL.list()) {
			Class<?> syntax = property.syntax();
			if (syntax != null) {
				hints.reflection().registerType(syntax, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
			}
		}
		hints.resources().registerPattern("dev/telemetry/telemetry.yaml.template");
		hints.resources().registerPattern("telemetry/*.telemetry.yaml");
		hints.resources().registerPattern("telemetry/notice*.properties");
		hints.resources().registerPattern("dev/telemetry/consent/notice/*.properties");
		hints.resources().registerPattern("dev/telemetry/storage/library.properties");
		hints.resources().registerPattern("dev/telemetry/consent/schema-*.sql");
		hints.resources().registerPattern("dev/telemetry/consent/build-services.txt");
	}

}
