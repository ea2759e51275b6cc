package dev.telemetry.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** Hints for what is read by reflection although it is no bean. */
final class TelemetryRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(TelemetryProperties.class).registerHints(hints, classLoader);
		hints.resources().registerPattern("dev/telemetry/telemetry.yaml.template");
		hints.resources().registerPattern("telemetry/*.telemetry.yaml");
		hints.resources().registerPattern("dev/telemetry/consent/schema-*.sql");
	}

}
